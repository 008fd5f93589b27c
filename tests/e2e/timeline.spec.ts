// The timeline: lanes by region, what a mark is, zoom and pan by hand, wheel and keys, and the same as a table; held
// against what the command-line reader says of the same files.
import { expect, test } from "./fixtures.ts";
import { demoFiles, inspect } from "./inspect.ts";
import type { LifelinePage } from "./page.ts";

const DAY = 86_400_000;
/** A server of the demo with a life worth looking at: some events, of which some failed, and a name of its own. */
function aServer(): any {
  const files = demoFiles();
  const { resources } = inspect(files, "--at", inspect(files).last).at;
  const named = (name: string) => resources.filter((one: any) => one.name === name).length;
  for (const one of resources) {
    if (one.kind !== "vsi" || one.existence !== "live" || !one.name || named(one.name) > 1) continue;
    const life = inspect(files, "--resource", one.id, "--query", `what:"${one.name}" outcome:failure`);
    const { tracks, events } = life.resource;
    if (events.length < 20 || events.length > 60 || tracks.name.length > 2 || life.query.matching === 0) continue;
    return { ...one, ...life.resource, failure: life.query.events[0] };
  }
  throw new Error("the demo has no such server");
}
let server: any;
test.beforeAll(() => {
  server = aServer();
});

const at = (time: number) => new Date(time).toISOString();
/** The view of one lane around an instant. */
const around = (time: string, millis = 10 * DAY) => {
  const middle = Date.parse(time);
  return `v=1&view=timeline&find=${server.name}&win=${at(middle - millis / 2)}..${at(middle + millis / 2)}`;
};
const width = (lifeline: LifelinePage) => lifeline.window!.to - lifeline.window!.from;

// The address is told from its path elsewhere: once is enough.
test.describe("the timeline", { tag: "@root-only" }, () => {
  test("lanes stand under their regions, and a region folds and stays folded", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline&find=us-");
    const names = lifeline.laneGroups.locator(".tl-group-name");
    expect(await names.allTextContents()).toEqual(["us-south"]);
    await lifeline.laneGroups.first().click();
    await lifeline.idle();
    expect(await names.allTextContents()).toEqual(["us-south", "us-east"]);
    await expect(lifeline.laneGroups.first()).toHaveAttribute("aria-expanded", "false");
    expect(lifeline.addressOf("folded")).toBe("us-south");
    const first = await lifeline.lanes.first().textContent();
    await page.reload();
    await lifeline.idle();
    await expect(lifeline.laneGroups.first()).toHaveAttribute("aria-expanded", "false");
    expect(await lifeline.lanes.first().textContent()).toBe(first);
  });

  test("the card beside a mark says what it is, who did it and when", async ({ page, lifeline }) => {
    const { failure } = server;
    await lifeline.open(around(failure.event_time));
    const { x, y } = await lifeline.pointOnLane(server.name, Date.parse(failure.event_time));
    await page.mouse.move(x, y);
    await lifeline.idle();
    await expect(lifeline.card).toContainText(failure.initiator);
    await expect(lifeline.card).toContainText(failure.event_time.slice(11, 19));
    await expect(lifeline.card).toContainText(/refused|failed|conflict/i);
    await page.mouse.move(x, y + 300);
    await expect(lifeline.card).toHaveCount(0);
  });

  test("a press on a mark opens its detail, and the address names the event", async ({ page, lifeline }) => {
    const { failure } = server;
    await lifeline.open(around(failure.event_time));
    const { x, y } = await lifeline.pointOnLane(server.name, Date.parse(failure.event_time));
    await page.mouse.click(x, y);
    await lifeline.idle();
    await expect(lifeline.detailTitle).toBeVisible();
    expect(lifeline.addressOf("sel")).toContain(failure.id);
  });

  test("the wheel zooms about the pointer, a drag pans, keys do both, and the address follows", async ({ page, lifeline }) => {
    const middle = Date.parse(server.failure.event_time);
    await lifeline.open(around(server.failure.event_time));
    const chart = (await lifeline.timelineChart.boundingBox())!;
    const { x, y } = await lifeline.pointOnLane(server.name, middle);

    await page.mouse.move(x, y);
    await page.keyboard.down("Control");
    for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -120);
    await page.keyboard.up("Control");
    // Ten days, and three steps of the wheel: the last one leaves three.
    await expect.poll(() => width(lifeline)).toBeLessThan(3.5 * DAY);
    const zoomed = lifeline.window!;
    // What was under the pointer is there still: within two pixels.
    expect(Math.abs((zoomed.from + zoomed.to) / 2 - middle)).toBeLessThan((2 * width(lifeline)) / chart.width);

    await page.mouse.down();
    await page.mouse.move(x + chart.width / 4, y, { steps: 4 });
    await page.mouse.up();
    await lifeline.idle();
    const dragged = lifeline.window!;
    expect(dragged.to - dragged.from).toBe(zoomed.to - zoomed.from);
    expect((zoomed.from - dragged.from) / (zoomed.to - zoomed.from)).toBeCloseTo(0.25, 2);

    await page.keyboard.press("s");
    await expect.poll(() => width(lifeline)).toBeGreaterThan(dragged.to - dragged.from);
    const wider = lifeline.window!;
    await page.keyboard.press("d");
    await expect.poll(() => lifeline.window!.from).toBeGreaterThan(wider.from);
  });

  test("fit shows all there is again", async ({ page, lifeline }) => {
    await lifeline.open(around(server.failure.event_time));
    await page.keyboard.press("0");
    await lifeline.idle();
    expect(lifeline.window).toBeUndefined();
    await lifeline.open(around(server.failure.event_time));
    await page.getByRole("button", { name: /^Fit/ }).click();
    await lifeline.idle();
    expect(lifeline.window).toBeUndefined();
  });

  test("two fingers that part zoom in", async ({ page, lifeline }) => {
    await lifeline.open(around(server.failure.event_time));
    const { x, y } = await lifeline.pointOnLane(server.name, Date.parse(server.failure.event_time));
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...apart: number[]) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: apart.flatMap((px) => [{ x: x - px, y, id: 1 }, { x: x + px, y, id: 2 }]),
      });
    await touch("touchStart", 60);
    for (const px of [70, 90, 120]) await touch("touchMove", px);
    await touch("touchEnd");
    await lifeline.idle();
    expect(width(lifeline) / (10 * DAY)).toBeCloseTo(0.5, 1);
  });

  test("a trackpad's pinch in Safari's own events zooms in", async ({ page, lifeline }) => {
    await lifeline.open(around(server.failure.event_time));
    const at = await lifeline.pointOnLane(server.name, Date.parse(server.failure.event_time));
    const taken = await page.evaluate(({ x, y }) => {
      const pinch = (type: string, scale: number) => {
        const event = new Event(type, { bubbles: true, cancelable: true });
        return !document.elementFromPoint(x, y)!.dispatchEvent(Object.assign(event, { scale, clientX: x, clientY: y }));
      };
      return [pinch("gesturestart", 1), pinch("gesturechange", 1.3), pinch("gesturechange", 1.6), pinch("gesturechange", 2)];
    }, at);
    expect(taken).toEqual([true, true, true, true]);
    await expect.poll(() => width(lifeline) / (10 * DAY)).toBeCloseTo(0.5, 1);
  });

  test("the table says the same as the drawing, and as the record", async ({ page, lifeline }) => {
    await lifeline.open(`v=1&view=timeline&find=${server.name}`);
    await page.getByRole("button", { name: "Show as table" }).click();
    await lifeline.idle();
    const table = await lifeline.tableLines("The timeline as a table");
    // Its lane's lines: from the lane's head to the next.
    const head = table.findIndex(([title, ...rest]) => rest.length === 0 && title!.startsWith(`${server.name},`));
    const next = table.findIndex((cells, i) => i > head && cells.length === 1);
    const lines = table.slice(head + 1, next < 0 ? undefined : next);
    const kinds = (kind: string) => lines.filter(([first]) => first === kind);
    expect(kinds("Event").length).toBe(server.events.length);
    expect(kinds("State").length).toBe(server.tracks.power.length + server.tracks.existence.length);
    for (const span of server.tracks.power.filter((span: any) => span.from && span.value !== "unknown")) {
      const line = kinds("State").find(([, what, from]) => what!.startsWith(`Power: ${span.value}`) && from!.includes(span.from.slice(11, 19)));
      expect(line, `power ${span.value} from ${span.from}`).toBeDefined();
      if (span.basis === "set") expect(line![4]).toBe(`set by ${span.initiator}`);
    }
    // The choice is part of the address.
    await page.reload();
    await lifeline.idle();
    expect(await lifeline.tableLines("The timeline as a table")).toEqual(table);
  });

  test("a lane's title opens the resource's history", async ({ page, lifeline }) => {
    await lifeline.open(`v=1&view=timeline&find=${server.name}`);
    await lifeline.laneTitle(server.name).click();
    await lifeline.idle();
    await expect(page).toHaveURL(/view=resource&/);
    await expect(page.getByRole("heading", { level: 1, name: server.name })).toBeVisible();
  });

  test("stepping goes to events in lanes that are folded or far out of sight", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline&q=kind:vsi%20time:>=2026-01-01&lane-sort=last-event&folded=us-south,us-east,eu-de,au-syd");
    const seen = new Set<string>();
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press("e");
      await lifeline.idle();
      await expect(lifeline.chosenLane).toBeInViewport();
      seen.add((await lifeline.chosenLane.textContent())!);
    }
    expect(seen.size).toBeGreaterThan(1);
    expect(lifeline.addressOf("folded") ?? "").not.toContain("us-south,us-east");
  });

  test("the order of lanes is in the address, and a reload shows the same lanes", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline");
    await page.getByLabel("Order of lanes").selectOption("Failures first");
    await lifeline.idle();
    expect(lifeline.addressOf("lane-sort")).toBe("most-failures");
    const lanes = await lifeline.lanes.allTextContents();
    const failed = await lifeline.lanes.locator(".tl-failed").allTextContents();
    const counts = failed.slice(0, 8).map((text) => Number.parseInt(text.replaceAll(",", "")));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    await page.reload();
    await lifeline.idle();
    expect(await lifeline.lanes.allTextContents()).toEqual(lanes);
  });

  test("the arrow keys walk marks and lanes, and Enter opens one", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline&q=outcome:failure");
    await lifeline.timelineChart.focus();
    await page.keyboard.press("ArrowDown");
    await lifeline.idle();
    await expect(lifeline.card).toBeVisible();
    const first = await lifeline.chosenLane.textContent();
    await page.keyboard.press("ArrowDown");
    await lifeline.idle();
    expect(await lifeline.chosenLane.textContent()).not.toBe(first);
    await page.keyboard.press("Enter");
    await lifeline.idle();
    await expect(lifeline.detailTitle).toBeVisible();
  });

  test("where no lane is found, or no event has a time, the page says so", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=timeline&find=nobody-of-that-name");
    await expect(page.getByText("No lane matches")).toBeVisible();
    await page.getByRole("button", { name: "Show all lanes" }).click();
    await lifeline.idle();
    expect(await lifeline.lanes.count()).toBeGreaterThan(5);
    const undated = { action: "audit-log.vsi.power-on", outcome: "success", id: "1", target: { id: "7", typeURI: "audit-log/vsi" } };
    await lifeline.dropFiles([{ name: "undated.ndjson", text: JSON.stringify(undated) }]);
    await expect(page.getByText("1 event is held, none with a time")).toBeVisible();
  });
});
