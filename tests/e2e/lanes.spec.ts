// What the timeline does with lanes: some stay under the axis, events of one correlation are joined across them, all of
// them are told in short at the foot, and two are laid over each other at one event of each.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "./fixtures.ts";
import { demoFiles, inspect } from "./inspect.ts";
import type { LifelinePage } from "./page.ts";

const pinned = (lifeline: LifelinePage) => lifeline.app.getByRole("list", { name: "Pinned" }).locator(".tl-lane-name");
const names = (lifeline: LifelinePage) => lifeline.lanes.locator(".tl-lane-name").allTextContents();

/** The correlation of the demo that is about the most servers, and how many events it has. */
function aRollout(): { id: string; n: number; events: any[] } {
  const targets = new Map<string, Set<string>>();
  for (const file of demoFiles().filter((file) => file.endsWith(".gz"))) {
    for (const line of gunzipSync(readFileSync(file)).toString().split("\n")) {
      const [, id] = line.match(/"correlationId":"([^"]+)"/) ?? [];
      const [, target] = line.match(/"target":\{[^}]*?"id":"([^"]+)"/) ?? [];
      if (id && target) targets.set(id, (targets.get(id) ?? new Set()).add(target));
    }
  }
  const [id] = [...targets].sort(([, a], [, b]) => b.size - a.size)[0]!;
  const { query } = inspect(demoFiles(), "--query", `correlationId:"${id}"`);
  return { id, n: query.matching, events: query.events };
}

test.describe("lanes of the timeline", { tag: "@root-only" }, () => {
  test("a pinned lane stays under the axis while lanes are scrolled, sorted and searched, and in the address", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline");
    const [, second] = await names(lifeline);
    const lane = lifeline.lanes.nth(1);
    await lane.hover();
    await lane.getByRole("button", { name: /^Pin / }).click();
    await lifeline.idle();
    await expect(pinned(lifeline)).toHaveText([second!]);
    expect(lifeline.addressOf("pin")).toBeTruthy();

    await page.locator(".tl-scroll").evaluate((element) => element.scrollTo(0, 1200));
    await lifeline.idle();
    await expect(pinned(lifeline)).toBeInViewport();
    await page.getByLabel("Order of lanes").selectOption("Last event first");
    await page.getByLabel("Find a lane").fill("us-east");
    await lifeline.idle();
    await expect(pinned(lifeline)).toHaveText([second!]);
    await page.reload();
    await lifeline.idle();
    await expect(pinned(lifeline)).toHaveText([second!]);

    await page.getByRole("list", { name: "Pinned" }).getByRole("button", { name: /^Pin / }).click();
    await lifeline.idle();
    await expect(pinned(lifeline)).toHaveCount(0);
    expect(lifeline.addressOf("pin")).toBeNull();
  });

  test("p pins the lane of the cursor and takes it away again", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline");
    await page.keyboard.press("p");
    await expect(page.getByText("Choose a lane first")).toBeVisible();
    await lifeline.timelineChart.focus();
    await page.keyboard.press("ArrowDown");
    await lifeline.idle();
    const name = (await lifeline.chosenLane.locator(".tl-lane-name").textContent())!;
    await page.keyboard.press("p");
    await lifeline.idle();
    await expect(pinned(lifeline)).toHaveText([name]);
    await page.keyboard.press("p");
    await expect(pinned(lifeline)).toHaveCount(0);
  });

  test("a pinned lane that the search hides says so instead of showing nothing", async ({ lifeline }) => {
    await lifeline.open("v=1&view=timeline&pin=name:nobody");
    await expect(lifeline.app.getByRole("list", { name: "Pinned" })).toContainText("not in this search");
  });

  test("c joins an event with those of its correlation, and says how many are out of sight and where", async ({ page, lifeline }) => {
    const { id, n, events } = aRollout();
    const times = events.map((one) => Date.parse(one.event_time));
    const [from, to] = [Math.min(...times) - 600_000, Math.max(...times) + 600_000].map((time) => new Date(time).toISOString());
    const bar = page.locator(".tl-bar-words");
    await lifeline.open(`v=1&view=timeline&q=correlationId:"${id}"&win=${from}..${to}`);
    await page.keyboard.press("c");
    await expect(page.getByText("Choose an event first")).toBeVisible();
    await lifeline.timelineChart.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("c");
    await lifeline.idle();
    await expect(bar).toHaveText(new RegExp(`^Same correlation: ${n} events\\. ${n - 1} joined here\\.$`));
    // Among all lanes, most of them are elsewhere.
    await page.getByRole("button", { name: "Stop joining" }).click();
    const one = events.find((event) => event.id).id;
    await lifeline.open(`v=1&view=timeline&win=${from}..${to}&sel=${one}`);
    await page.keyboard.press("c");
    await lifeline.idle();
    await expect(bar).toContainText(/more in \d+ lanes? out of sight \(/);
    await page.getByRole("button", { name: "Stop joining" }).click();
    await expect(bar).toHaveCount(0);
  });

  test("the strip at the foot tells all lanes, and its frame moves what is in sight by hand and by keys", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline&win=2026-03-01T00:00:00Z..2026-03-08T00:00:00Z");
    const strip = page.getByRole("slider", { name: "Time and lanes in sight, of all" });
    await expect(page.locator(".tl-mini-words")).toContainText(/^All \d+ lanes, .*Showing \d+ lanes, 7 days\./);
    const box = (await strip.boundingBox())!;
    const scrolled = () => page.locator(".tl-scroll").evaluate((element) => element.scrollTop);

    // A press goes there, in time and among the lanes.
    await page.mouse.click(box.x + box.width * 0.75, box.y + box.height - 6);
    await lifeline.idle();
    const gone = lifeline.window!;
    expect(gone.to - gone.from).toBe(7 * 86_400_000);
    expect(gone.from).toBeGreaterThan(Date.parse("2026-06-01"));
    const below = await scrolled();
    expect(below).toBeGreaterThan(1000);

    // A drag along the time leaves the lanes.
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height - 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height - 8, { steps: 5 });
    await page.mouse.up();
    await lifeline.idle();
    expect(lifeline.window!.from).toBeLessThan(gone.from);
    expect(await scrolled()).toBe(below);

    await strip.focus();
    const before = lifeline.window!;
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => lifeline.window!.from).toBe(before.from + (before.to - before.from) / 4);
  });

  test("two lanes are laid over each other at one event of each, on an axis of its own, until Escape", async ({ page, lifeline }) => {
    const { id, events } = aRollout();
    const times = events.map((one) => Date.parse(one.event_time));
    const [from, to] = [Math.min(...times) - 600_000, Math.max(...times) + 600_000].map((time) => new Date(time).toISOString());
    await lifeline.open(`v=1&view=timeline&q=correlationId:"${id}"&win=${from}..${to}`);
    await lifeline.timelineChart.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("l");
    await lifeline.idle();
    await expect(page.locator(".tl-bar-words")).toContainText("Choose an event of another lane");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("l");
    await lifeline.idle();
    await expect(page.locator(".tl-bar-words")).toContainText("Each lane has its own zero");
    // Both events stand at zero.
    const zeros = (await lifeline.tableLines("The aligned lanes as a table")).filter(([offset]) => offset === "0");
    expect(new Set(zeros.map(([, lane]) => lane)).size).toBe(2);
    const shown = await page.locator(".tl-aligned-title").allTextContents();
    await page.reload();
    await lifeline.idle();
    expect(await page.locator(".tl-aligned-title").allTextContents()).toEqual(shown);
    await page.keyboard.press("Escape");
    await lifeline.idle();
    await expect(lifeline.timelineChart).toBeVisible();
    expect(lifeline.addressOf("align")).toBeNull();
  });
});
