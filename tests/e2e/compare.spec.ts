// The fleet at T1 against T2: by switch, handle and address; counts, attributes with blame, the difference as a file.
import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";

const BETWEEN = "#v=1&view=resources&at=2026-06-01T00:00:00Z&since=2026-03-01T00:00:00Z";

test.describe("the fleet at T1 against T2", () => {
  test("is compared by a switch, from where the range begins, and left by it", async ({ page, lifeline }) => {
    await lifeline.open("#v=1&view=resources");
    await page.getByRole("switch", { name: "Compare T1 with T2" }).check();
    await lifeline.idle();
    await expect(page.getByRole("slider", { name: /compared with/ })).toBeVisible();
    await expect(page.getByLabel("At T1")).not.toHaveValue("");
    expect(page.url()).toContain("since=");
    await page.getByRole("switch", { name: "Compare T1 with T2" }).uncheck();
    await lifeline.idle();
    await expect(page.getByRole("grid", { name: "Resources at T" })).toBeVisible();
    expect(page.url()).not.toContain("since=");
  });

  test("counts each sort of change and lists it by a press", async ({ page, lifeline }) => {
    await lifeline.open(BETWEEN);
    const kinds = page.getByRole("group", { name: "Sorts of change" });
    const born = kinds.getByRole("button", { name: /\d+ born/ });
    const n = Number((await born.innerText()).replace(/\D/g, ""));
    expect(n).toBeGreaterThan(0);
    await born.click();
    await lifeline.idle();
    await expect(page.locator(".compare-one")).toHaveCount(Math.min(n, 100));
    await expect(page.locator(".compare-one").first()).toContainText("Not born yet");
    await kinds.getByRole("button", { name: /same/ }).click();
    await lifeline.idle();
    await expect(page.locator(".compare-one .compare-badge").first()).toHaveText("same");
  });

  test("tells attribute by attribute who set it through which event", async ({ page, lifeline }) => {
    await lifeline.open(BETWEEN);
    await page.getByRole("group", { name: "Sorts of change" }).getByRole("button", { name: /power/ }).click();
    await lifeline.idle();
    const more = page.locator(".compare-more").first();
    await more.focus();
    await page.keyboard.press("Enter");
    await expect(more).toHaveAttribute("aria-expanded", "true");
    await expect(page.locator(".compare-details li", { hasText: "Power" }).first()).toContainText(/→.*(set by|seen|implied)/);
  });

  test("moves T1 by keys, and a swapped pair is put in order", async ({ page, lifeline }) => {
    await lifeline.open(BETWEEN);
    const before = await page.getByLabel("At T1").inputValue();
    await page.getByRole("slider", { name: /compared with/ }).focus();
    await page.keyboard.press("ArrowRight");
    await lifeline.idle();
    expect(await page.getByLabel("At T1").inputValue()).not.toBe(before);
    const said = await page.locator(".compare-said").innerText();
    await lifeline.open("#v=1&view=resources&since=2026-06-01T00:00:00Z&at=2026-03-01T00:00:00Z");
    const swapped = await page.locator(".compare-said").innerText();
    await lifeline.open(BETWEEN);
    expect(await page.locator(".compare-said").innerText()).toBe(swapped);
    expect(said).not.toBe("");
  });

  test("goes into a file, a line an attribute", async ({ page, lifeline }) => {
    await lifeline.open(BETWEEN);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export the difference" }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^demo-difference-2026-03-01.*\.csv$/);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).toBe("t1,t2,name,id,kind,region,change,attribute,before,after,at,by,act,event,basis,carried");
    expect(lines.length).toBeGreaterThan(100);
    expect(lines[1]).toMatch(/^2026-03-01T00:00:00Z,2026-06-01T00:00:00Z,/);
  });

  for (const [name, width, height] of [["desk", 1440, 900], ["phone", 390, 844]] as const)
    test(`has nothing that axe finds, ${name}`, async ({ page, lifeline }) => {
      await page.setViewportSize({ width, height });
      await lifeline.open(BETWEEN);
      await page.locator(".compare-more").first().click();
      expect(await lifeline.accessibilityFindings()).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
});

test("a timeline and a resource's page lead to the fleet at the instant that one is on", async ({ page, lifeline }) => {
  await lifeline.open("#v=1&view=timeline");
  await page.keyboard.press("i");
  await expect(page.getByText("Choose an instant first")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("i");
  await lifeline.idle();
  expect(page.url()).toMatch(/view=resources&.*at=20/);
  await expect(page.getByRole("grid", { name: "Resources at T" })).toBeVisible();
});
