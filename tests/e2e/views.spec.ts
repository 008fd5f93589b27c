// Every view, wide and narrow, in both themes: accessible, and nothing cut or overlapping.
import { expect, test } from "./fixtures.ts";
import { layoutFaults } from "./layout.ts";
import { LifelinePage } from "./page.ts";
import { LAYERS, SIZES, THEMES, VIEWS } from "./views.ts";

for (const view of VIEWS)
  for (const { name, ...viewport } of SIZES)
    test(`${view.name}, ${name}: no serious accessibility finding in either theme, nothing cut, nothing overlapping @root-only`, async ({ page, lifeline }) => {
      await page.setViewportSize(viewport);
      await view.open(lifeline);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        expect(await lifeline.accessibilityFindings(), colorScheme).toEqual([]);
      }
      expect(await layoutFaults(page)).toEqual([]);
    });

for (const view of VIEWS)
  test(`${view.name}: nothing cut, nothing overlapping on pages between phone and desk @root-only`, async ({ page, lifeline }) => {
    await view.open(lifeline);
    for (const width of [1200, 1024, 900, 768, 640]) {
      await page.setViewportSize({ width, height: 900 });
      await lifeline.idle();
      expect(await layoutFaults(page), `${width} px`).toEqual([]);
    }
  });

for (const layer of LAYERS)
  for (const { name, ...viewport } of SIZES.filter(({ name }) => name === "wide" || !layer.wideOnly))
    test(`${layer.name}, ${name}: accessible in both themes, inside the window, nothing cut or overlapping @root-only`, async ({ page, lifeline }) => {
      await page.setViewportSize(viewport);
      await layer.open(lifeline);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        expect(await lifeline.accessibilityFindings("layer"), colorScheme).toEqual([]);
      }
      expect(await layoutFaults(page)).toEqual([]);
    });

test("the demo's first row is on screen soon after navigation", async ({ page, lifeline }) => {
  await page.goto(lifeline.url);
  await lifeline.rows.first().waitFor();
  const first = await page.evaluate(() => performance.now());
  await lifeline.idle();
  const all = await page.evaluate(() => performance.now());
  console.log(`first row ${first.toFixed(0)} ms after navigation, the whole demo ${all.toFixed(0)} ms after`);
  expect(await lifeline.rows.count()).toBeGreaterThan(10);
});

test("the text and the facets are two views of the same clauses", async ({ page, lifeline }) => {
  await lifeline.open();
  const search = page.getByRole("combobox", { name: /search/i });
  await search.fill("outcome:failure");
  await search.press("Enter");
  await lifeline.idle();
  const failure = page.getByRole("checkbox", { name: /failure/i }).first();
  await expect(failure).toBeChecked();
  await failure.click();
  await lifeline.idle();
  await expect(search).toHaveValue("");
});

test("a query that can't be read marks its place, and the last good answer stays", async ({ page, lifeline }) => {
  await lifeline.open();
  const search = page.getByRole("combobox", { name: /search/i });
  await search.fill("outcome:failure");
  await search.press("Enter");
  await lifeline.idle();
  const held = await lifeline.rows.count();
  await search.fill("outcome:failure AND (who:jane");
  await search.press("Enter");
  await lifeline.idle();
  await expect(page.getByText(/never closed/)).toBeVisible();
  expect(await lifeline.rows.count()).toBe(held);
});

test("the address brings the same screen back", async ({ page, context, lifeline }) => {
  await lifeline.open("v=1&view=events&q=outcome:failure");
  await lifeline.rows.nth(2).click();
  await lifeline.idle();
  const words = await lifeline.detailTitle.textContent();
  expect(page.url()).toContain("sel=");
  const other = new LifelinePage(await context.newPage(), lifeline.url);
  await other.page.goto(page.url());
  await other.idle();
  await expect(other.detailTitle).toHaveText(words ?? "");
  expect(other.page.url()).toBe(page.url());
});

test("keys go through views, rows and back", async ({ page, lifeline }) => {
  await lifeline.open();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await lifeline.idle();
  await expect(page).toHaveURL(/view=timeline/);
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await lifeline.idle();
  await expect(page).toHaveURL(/view=resources/);
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await lifeline.idle();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await lifeline.idle();
  await expect(page).toHaveURL(/event=|sel=/);
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: /search/i })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
});
