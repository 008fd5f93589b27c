// One event and the ways from it: the panel's focus, its tabs, its filters, what Back brings, and what can be taken away.
import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "./fixtures.ts";
import { layoutFaults } from "./layout.ts";
import { inspect } from "./inspect.ts";
import { LifelinePage } from "./page.ts";
import { DIST } from "./server.ts";

const FAILURES = "v=1&view=events&q=outcome:failure";

/** Every file of the built-in demo account. */
function demoFiles(): string[] {
  const folder = resolve(DIST, "demo");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /[^/]\.[^/]+$/.test(name) && !name.endsWith("manifest.json"))
    .map((name) => join(folder, name))
    .sort();
}

/** The rows of a CSV as RFC 4180 has it. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    row.push(found[1].startsWith('"') ? found[1].slice(1, -1).replaceAll('""', '"') : found[1]);
    if (found[2] !== ",") {
      rows.push(row);
      row = [];
      if (cell.lastIndex >= text.length) return rows;
    }
  }
  throw new Error(`no CSV from character ${cell.lastIndex}`);
}

test("rows stand in their order, also after scrolling there and back", async ({ page, lifeline }) => {
  await lifeline.open(FAILURES);
  const inOrder = async () => {
    const places = await lifeline.places();
    expect(places.length).toBeGreaterThan(10);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    return places[0];
  };
  expect(await inOrder()).toBe(0);
  await lifeline.list.hover();
  for (const [by, least] of [[400, 5], [4000, 50], [-900, 20]]) {
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(200);
    await lifeline.idle();
    expect(await inOrder()).toBeGreaterThan(least);
  }
  await lifeline.list.focus();
  await lifeline.press("Home");
  expect(await inOrder()).toBe(0);
});

test("the focus stays on Next row while event after event is shown", async ({ page, lifeline }) => {
  await lifeline.open(FAILURES);
  await lifeline.openRow(2);
  const next = lifeline.detailButton("Next row");
  await next.focus();
  const seen = new Set([page.url()]);
  for (const key of ["Enter", "Space", "Enter"]) {
    await lifeline.press(key);
    await expect(next).toBeFocused();
    seen.add(page.url());
  }
  expect(seen.size).toBe(4);
});

test("the record's tabs are one stop of Tab, and arrow keys go through them", async ({ page, lifeline }) => {
  await lifeline.open(FAILURES);
  await lifeline.openRow(2);
  const [tree, raw, neighbours] = (["Tree", "Raw", "Neighbours"] as const).map((name) => lifeline.recordTab(name));
  await tree.focus();
  await expect(lifeline.recordPanel("Tree")).toBeVisible();
  await lifeline.press("ArrowRight");
  await expect(raw).toBeFocused();
  await expect(raw).toHaveAttribute("aria-selected", "true");
  await expect(tree).toHaveAttribute("tabindex", "-1");
  const record = JSON.parse((await lifeline.recordPanel("Raw").textContent()) ?? "");
  expect(record.outcome).toBe("failure");
  await lifeline.press("End");
  await expect(neighbours).toBeFocused();
  await expect(lifeline.recordPanel("Neighbours").getByRole("button")).toHaveCount(11);
  await lifeline.press("ArrowRight");
  await expect(tree).toBeFocused();
  await lifeline.press("ArrowLeft");
  await expect(neighbours).toBeFocused();
  await lifeline.press("Home");
  await expect(tree).toBeFocused();
  // From the tabs, Tab leads on to Copy and to what is shown.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(lifeline.recordPanel("Tree")).toBeFocused();
});

test("after Same correlation the browser's Back brings the former screen", async ({ page, lifeline }) => {
  await lifeline.open("v=1&view=events&q=outcome:pending");
  await lifeline.openRow(1);
  const [title, url, n] = [await lifeline.detailTitle.textContent(), page.url(), await lifeline.matching()];
  await lifeline.wayOn("Same correlation").click();
  await lifeline.idle();
  await expect(lifeline.search).toHaveValue(/^correlationId:/);
  expect(await lifeline.matching()).toBeLessThan(n);
  await expect(lifeline.detailTitle).toHaveText(title ?? "");
  await page.goBack();
  await lifeline.idle();
  await expect(lifeline.search).toHaveValue("outcome:pending");
  expect(await lifeline.matching()).toBe(n);
  expect(page.url()).toBe(url);
  await expect(lifeline.detailTitle).toHaveText(title ?? "");
});

test("Back and forth between views brings each as it was left", async ({ page, lifeline }) => {
  await lifeline.open(FAILURES);
  await lifeline.openRow(1);
  const title = await lifeline.detailTitle.textContent();
  for (const key of ["t", "r"]) {
    await page.keyboard.press("g");
    await lifeline.press(key);
  }
  await page.goBack();
  await lifeline.idle();
  await expect(page).toHaveURL(/view=timeline/);
  await page.goBack();
  await lifeline.idle();
  await expect(lifeline.detailTitle).toHaveText(title ?? "");
  await expect(lifeline.rows.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.goForward();
  await lifeline.idle();
  await expect(page).toHaveURL(/view=timeline/);
});

test("what was typed just before a step on is what Back brings", async ({ page, lifeline }) => {
  await lifeline.open("v=1&view=events");
  await lifeline.openRow(3);
  await lifeline.search.fill("outcome:success");
  await lifeline.wayOn("Other acts of this initiator").click();
  await lifeline.idle();
  await expect(lifeline.search).toHaveValue(/^who:/);
  await page.goBack();
  await lifeline.idle();
  await expect(lifeline.search).toHaveValue("outcome:success");
});

test("a closed panel gives the focus back to the list, with the cursor on its row", async ({ page, lifeline }) => {
  await lifeline.open(FAILURES);
  for (const close of [() => page.keyboard.press("Escape"), () => lifeline.detailButton("Close").click()]) {
    await lifeline.openRow(2);
    await lifeline.detailButton("Next row").focus();
    await lifeline.press("Enter");
    const title = await lifeline.detailTitle.textContent();
    await close();
    await lifeline.idle();
    await expect(lifeline.detail).toHaveCount(0);
    await expect(lifeline.list).toBeFocused();
    await expect(lifeline.rows.nth(3)).toHaveAttribute("aria-selected", "true");
    await lifeline.press("Enter");
    await expect(lifeline.detailTitle).toHaveText(title ?? "");
    await lifeline.press("Escape");
  }
});

test("a field of an event filters for its value and out", async ({ lifeline }) => {
  await lifeline.open("v=1&view=events");
  const all = await lifeline.matching();
  await lifeline.openRow(3);
  await lifeline.filterByField("for", "action");
  await expect(lifeline.search).toHaveValue(/^action:/);
  const of = await lifeline.matching();
  expect(of).toBeGreaterThan(0);
  expect(of).toBeLessThan(all);
  await lifeline.filterByField("out", "action");
  await expect(lifeline.search).toHaveValue(/^-action:/);
  expect(await lifeline.matching()).toBe(all - of);
});

test("a facet filters for its value and out, and keeps the focus", async ({ lifeline }) => {
  await lifeline.open("v=1&view=events");
  const all = await lifeline.matching();
  await lifeline.facet("Failure").focus();
  await lifeline.press("Space");
  await expect(lifeline.search).toHaveValue("outcome:failure");
  await expect(lifeline.facet("Failure")).toBeFocused();
  await expect(lifeline.facet("Failure")).toBeChecked();
  const failures = await lifeline.matching();
  await lifeline.press("Space");
  await expect(lifeline.search).toHaveValue("");
  await expect(lifeline.facet("Failure")).not.toBeChecked();
  await lifeline.leaveOut("Failure");
  await expect(lifeline.search).toHaveValue("-outcome:failure");
  expect(await lifeline.matching()).toBe(all - failures);
});

test("Ctrl+K does anything by its name", async ({ page, lifeline }) => {
  await lifeline.open("v=1&view=events");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Do anything" })).toBeVisible();
  await page.keyboard.type("only fail");
  await lifeline.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(lifeline.search).toHaveValue("outcome:failure");
});

test("arrow keys choose a part of the time on the histogram, Enter zooms to it", async ({ page, lifeline }) => {
  await lifeline.open("v=1&view=events");
  const all = await lifeline.matching();
  await lifeline.brush.focus();
  await lifeline.press("ArrowRight");
  await expect(page).toHaveURL(/win=/);
  const first = page.url();
  await lifeline.press("ArrowRight");
  expect(page.url()).not.toBe(first);
  await lifeline.press("Shift+ArrowRight");
  await lifeline.press("Enter");
  await expect(page).toHaveURL(/range=/);
  expect(page.url()).not.toContain("win=");
  const zoomed = await lifeline.matching();
  expect(zoomed).toBeGreaterThan(0);
  expect(zoomed).toBeLessThan(all);
});

test("a link to an event that the filter hides says so and offers to show it", async ({ page, context, lifeline }) => {
  await lifeline.open(FAILURES);
  await lifeline.openRow(2);
  const title = await lifeline.detailTitle.textContent();
  const other = new LifelinePage(await context.newPage(), lifeline.url);
  await other.page.goto(page.url().replace("outcome:failure", "outcome:success"));
  await other.idle();
  await expect(other.page.getByText("This link leads to an event the filter hides")).toBeVisible();
  await expect(other.detailTitle).toHaveText(title ?? "");
  await other.page.getByRole("button", { name: "Show it anyway" }).click();
  await other.idle();
  await expect(other.search).toHaveValue("");
  await expect(other.page.locator("[data-row][aria-selected=true]")).toBeVisible();
  await other.page.goBack();
  await other.idle();
  await expect(other.search).toHaveValue("outcome:success");
});

test("NDJSON and CSV hold each event that matches, as many as inspect counts", async ({ lifeline }) => {
  await lifeline.open(FAILURES);
  const { matching } = inspect(demoFiles(), "--query", "outcome:failure").query;
  expect(matching).toBeGreaterThan(100);
  expect(await lifeline.matching()).toBe(matching);

  const ndjson = await lifeline.exported("NDJSON");
  expect(ndjson.name).toMatch(/\.ndjson$/);
  const lines = ndjson.text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const about = lines.pop();
  expect(Object.keys(about)).toEqual(["lifeline_export"]);
  expect(lines.length).toBe(matching);
  expect(lines.filter(({ outcome }) => outcome !== "failure")).toEqual([]);

  const csv = await lifeline.exported("CSV");
  expect(csv.name).toMatch(/\.csv$/);
  const [head, ...rows] = csvRows(csv.text.replace(/^\uFEFF/, ""));
  expect(rows.length).toBe(matching);
  expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
});

test("a record whose file has changed says why in its tree, and what was read is still there", async ({ page, lifeline }) => {
  const file = join(mkdtempSync(join(tmpdir(), "lifeline-detail-")), "events.ndjson");
  const event = (n: number) => ({
    eventTime: `2026-03-01T0${n}:00:00Z`,
    id: `event-${n}`,
    action: "audit-log.vsi.power-off",
    outcome: "success",
    initiator: { name: "jane" },
    target: { id: "7", name: "web-7", typeURI: "audit-log/vsi" },
  });
  writeFileSync(file, [1, 2, 3].map((n) => `${JSON.stringify(event(n))}\n`).join(""));
  await lifeline.open();
  await lifeline.openFiles([file]);
  writeFileSync(file, `${JSON.stringify(event(4))}\n`);
  // Browsers look at whole seconds.
  utimesSync(file, 2_000_000_000, 2_000_000_000);
  await lifeline.openRow(1);
  await expect(lifeline.detailTitle).toHaveText("Power off, success");
  await expect(lifeline.recordPanel("Tree")).toContainText("can't be shown as received");
  await expect(lifeline.recordPanel("Tree")).not.toContainText("{}");
  await expect(page.getByRole("button", { name: "Copy", exact: true })).toHaveCount(0);
});

test.describe("in Kolkata", () => {
  test.use({ timezoneId: "Asia/Kolkata" });

  for (const view of ["events", "timeline", "resources", "resource"])
    test(`UTC or local: every time of the ${view} view follows`, async ({ lifeline }) => {
      await lifeline.open(`v=1&view=${view === "resource" ? "resources" : view}`);
      if (view === "resource") await lifeline.openResource(0);
      if (view === "events") {
        await lifeline.openRow(3);
        // What was recorded stays as it was recorded.
        await lifeline.recordTab("Neighbours").click();
      }
      expect(await lifeline.offsetsShown()).toEqual(["+00:00"]);
      const before = await lifeline.app.locator("#app").innerText();
      await lifeline.press("u");
      expect(await lifeline.offsetsShown()).toEqual(["+05:30"]);
      expect(await lifeline.app.locator("#app").innerText()).not.toContain("+00:00");
      await lifeline.press("u");
      expect(await lifeline.app.locator("#app").innerText()).toBe(before);
    });
});

test("when the reader of events stops, no other event stands in for the chosen one, and a new start finds it again @root-only", async ({ page, watch, lifeline }) => {
  watch.allow(/page error: out of memory/);
  await lifeline.open(FAILURES);
  await lifeline.openRow(2);
  const title = await lifeline.detailTitle.textContent();
  const address = page.url();
  const stop = async () => {
    await page.workers()[0]!.evaluate(() => void setTimeout(() => { throw new Error("out of memory"); }));
    await expect(lifeline.stopped).toContainText("out of memory");
  };
  await stop();
  await expect(lifeline.detailTitle).toHaveText(title ?? "");
  await lifeline.startAgain();
  await expect(lifeline.detailTitle).toHaveText(title ?? "");
  expect(page.url()).toBe(address);
  await stop();
  await lifeline.openRow(4);
  await expect(lifeline.detailTitle).toHaveText("This event can't be shown");
  await expect(lifeline.detail).toContainText("The reader of events stopped");
  await expect(lifeline.detail.getByRole("button", { name: /^Filter/ })).toHaveCount(0);
  expect(await lifeline.accessibilityFindings()).toEqual([]);
  expect(await layoutFaults(page)).toEqual([]);
  await lifeline.startAgain();
  expect(await lifeline.rows.count()).toBeGreaterThan(10);
});
