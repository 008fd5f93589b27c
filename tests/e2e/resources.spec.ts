// The fleet at an instant and the life of one resource, held against what the command-line reader says of the same files.
import { expect, test } from "./fixtures.ts";
import { demoFiles, inspect } from "./inspect.ts";

const MARCH = "2026-03-01T00:00:00Z";
let all: any;
let march: any;
let live: any[];
/** A live server with tracks beside existence, power and name. */
let server: any;

test.beforeAll(() => {
  const files = demoFiles();
  all = inspect(files, "--at", MARCH);
  march = all.at;
  live = march.resources.filter((one: any) => one.existence === "live");
  for (const one of live.filter(({ kind }) => kind === "vsi")) {
    server = inspect(files, "--resource", one.id).resource;
    if (Object.keys(server.tracks).length >= 5 && server.events.length >= 12) return;
  }
  throw new Error("the demo has no such server");
});
const words = (n: number) => n.toLocaleString("en-US");

// The address is told from its path elsewhere: once is enough.
test.describe("the resources", { tag: "@root-only" }, () => {
  test("the fleet at an instant is the record's: how many live, who is gone, whose existence nothing tells", async ({ page, lifeline }) => {
    await lifeline.open(`v=1&view=resources&at=${MARCH}`);
    await expect(lifeline.fleetCounts).toContainText(`${words(live.length)} live at T`);
    await expect(lifeline.fleetCounts).toContainText(`${words(march.resources.length - live.length)} reclaimed or deleted, not listed`);
    const rows = await lifeline.fleetColumn("name");
    const power = await lifeline.fleetColumn("power");
    expect(rows.length).toBeGreaterThan(10);
    for (const [i, name] of rows.entries()) {
      const said = live.filter((one: any) => one.name === name).map((one: any) => one.power ?? "none");
      if (said.length !== 1) continue;
      expect(power[i]!.toLowerCase(), name).toContain(said[0] === "unknown" ? "not recorded" : said[0]);
    }
    const unrecorded = page.getByRole("button", { name: /not recorded at T/ });
    await expect(unrecorded).toContainText(words(march.unrecorded.length));
    await unrecorded.click();
    await lifeline.idle();
    await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(march.unrecorded.length);
  });

  test("those that are gone are listed when asked for, and the address keeps it", async ({ page, lifeline }) => {
    await lifeline.open(`v=1&view=resources&at=${MARCH}`);
    await page.getByLabel("Include reclaimed").check();
    await lifeline.idle();
    expect(lifeline.addressOf("ended")).toBe("1");
    await expect(page.getByRole("grid", { name: "Resources at T" })).toHaveAttribute("aria-rowcount", String(march.resources.length + 1));
  });

  test("T moves by the keyboard on the histogram, and event by event", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=resources");
    await lifeline.instantHandle.focus();
    await page.keyboard.press("Home");
    await lifeline.idle();
    const first = Date.parse(lifeline.addressOf("at")!);
    expect(first).toBeLessThanOrEqual(Date.parse(all.first));
    await expect(page.getByText("Nothing is recorded at T")).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await lifeline.idle();
    expect(Date.parse(lifeline.addressOf("at")!)).toBeGreaterThan(first);
    const before = lifeline.addressOf("at")!;
    await page.getByRole("button", { name: "One event later" }).click();
    await lifeline.idle();
    const after = lifeline.addressOf("at")!;
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
    await page.getByRole("button", { name: "One event earlier" }).click();
    await page.getByRole("button", { name: "One event later" }).click();
    await lifeline.idle();
    expect(lifeline.addressOf("at")).toBe(after);
    await page.getByRole("button", { name: "Latest event" }).click();
    await lifeline.idle();
    expect(lifeline.addressOf("at")).toBeNull();
  });

  test("T is typed as a date or a time, and what is neither is said", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=resources");
    await lifeline.typeInstant("2026-03-01");
    expect(lifeline.addressOf("at")).toBe(MARCH);
    await expect(lifeline.fleetCounts).toContainText(`${words(live.length)} live at T`);
    await lifeline.typeInstant("soon");
    await expect(page.getByRole("alert")).toContainText("no date or time");
    expect(lifeline.addressOf("at")).toBe(MARCH);
  });

  test("the list sorts by its columns, and a reload shows the same order", async ({ page, lifeline }) => {
    await lifeline.open(`v=1&view=resources&at=${MARCH}`);
    const head = page.getByRole("columnheader", { name: "Last change" });
    await head.getByRole("button").click();
    await lifeline.idle();
    await expect(head).toHaveAttribute("aria-sort", "descending");
    expect(lifeline.addressOf("fleet-sort")).toBe("-last-change");
    const newest = await lifeline.fleetColumn("name");
    await page.reload();
    await lifeline.idle();
    await expect(head).toHaveAttribute("aria-sort", "descending");
    expect(await lifeline.fleetColumn("name")).toEqual(newest);
    await page.getByRole("columnheader", { name: "Region" }).getByRole("button").click();
    await lifeline.idle();
    const regions = await lifeline.fleetColumn("region");
    expect(regions).toEqual([...regions].sort());
  });

  test("the list is searched by name, and says when nothing is found", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=resources");
    const find = page.getByRole("textbox", { name: /Find a resource/ });
    await find.fill(server.name);
    await lifeline.idle();
    expect(await lifeline.fleetColumn("name")).toContain(server.name);
    await find.fill("nobody-of-that-name");
    await lifeline.idle();
    await expect(page.getByText("No resource matches")).toBeVisible();
    await page.getByRole("button", { name: "Show all resources" }).click();
    await lifeline.idle();
    expect(await lifeline.rows.count()).toBeGreaterThan(10);
  });

  test("a resource's tracks hold what the record says, with who set it", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const rows = await page.getByRole("table", { name: /What each track holds now/ }).locator("tbody tr").allInnerTexts();
    const tracks: any[][] = Object.values(server.tracks);
    expect(rows.length).toBe(tracks.length);
    const power = rows.find((row) => row.startsWith("Power"))!;
    const last = server.tracks.power.at(-1);
    expect(power.toLowerCase()).toContain(last.value === "unknown" ? "not recorded" : last.value);
    if (last.basis === "set") expect(power).toContain(last.initiator);
    // The table has every span of every track.
    await page.getByRole("button", { name: "As a table" }).click();
    await lifeline.idle();
    const lines = (await lifeline.tableLines("Tracks as a table")).filter((cells) => cells.length > 1 && cells[4] !== undefined);
    const spans = lines.filter(([, from]) => from !== "");
    const n_gaps = (await lifeline.tableLines("Tracks as a table")).some(([title]) => title === "Not fetched") ? 1 : 0;
    expect(spans.length - n_gaps).toBeGreaterThanOrEqual(tracks.flat().length);
    for (const span of tracks.flat().filter((span) => span.basis === "set" && span.initiator)) {
      const time = span.from.slice(11, 19);
      expect(lines.some(([, from, , how]) => from!.includes(time) && how!.includes(span.initiator)), `${span.value} from ${span.from}`).toBe(true);
    }
  });

  test("the list of a resource's events is whole, and steps with [ and ]", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const list = page.getByRole("grid", { name: /Events of this resource/ });
    while ((await lifeline.folds(false).count()) > 0) await lifeline.folds(false).first().click();
    await expect(list).toHaveAttribute("aria-rowcount", String(server.events.length + 1));
    const selected = list.locator("[aria-selected=true]");
    await page.keyboard.press("j");
    await expect(selected).toHaveAttribute("aria-rowindex", "2");
    await page.keyboard.press("[");
    await expect(selected).toHaveAttribute("aria-rowindex", "3");
    await page.keyboard.press("]");
    await expect(selected).toHaveAttribute("aria-rowindex", "2");
    await page.keyboard.press("Enter");
    await lifeline.idle();
    await expect(lifeline.detailTitle).toBeVisible();
    expect(lifeline.addressOf("sel")).toContain(server.events.at(-1).replace(/^#/, ""));
  });

  test("the tracks zoom with the wheel and the keys, and fit again", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const chart = (await page.getByRole("application", { name: /^Tracks\b/ }).boundingBox())!;
    await page.mouse.move(chart.x + chart.width / 2, chart.y + 10);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -120);
    await page.keyboard.up("Control");
    await lifeline.idle();
    await expect.poll(() => lifeline.window).toBeDefined();
    const zoomed = lifeline.window!;
    await page.keyboard.press("w");
    await expect.poll(() => lifeline.window!.to - lifeline.window!.from).toBeLessThan(zoomed.to - zoomed.from);
    await page.keyboard.press("0");
    await expect.poll(() => lifeline.window).toBeUndefined();
  });

  test("the card beside a span says what it is and who set it", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const chart = page.getByRole("application", { name: /^Tracks\b/ });
    await chart.focus();
    // The arrow keys begin at the newest span of power.
    await page.keyboard.press("ArrowRight");
    await lifeline.idle();
    const last = server.tracks.power.at(-1);
    await expect(lifeline.card).toContainText("Power");
    if (last.basis === "set") await expect(lifeline.card).toContainText(last.initiator);
    await page.keyboard.press("Enter");
    await lifeline.idle();
    await expect(page.getByRole("grid", { name: /Events of this resource/ }).locator("[aria-selected=true]")).toHaveCount(1);
  });

  test("on a phone a life runs down the page, with its tracks a press away", async ({ page, lifeline }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await lifeline.openHistory(server.id, server.kind);
    await expect(page.getByRole("heading", { level: 1, name: server.name })).toBeVisible();
    const events = page.getByRole("list", { name: "Events, newest first" }).locator("> li");
    while ((await lifeline.folds(false).count()) > 0) await lifeline.folds(false).first().click();
    expect(await events.count()).toBeGreaterThanOrEqual(Math.min(server.events.length, 20));
    const n_tracks = Object.keys(server.tracks).length;
    await page.getByRole("button", { name: `All ${n_tracks} tracks, side by side` }).click();
    await expect(page.getByRole("application", { name: /^Tracks\b/ })).toBeVisible();
  });

  test("a resource that is not held is said, with the way back", async ({ page, lifeline }) => {
    await lifeline.openHistory("no-such-server", "vsi");
    await expect(page.getByText("This resource is not here")).toBeVisible();
    await page.getByRole("button", { name: "Show all resources" }).click();
    await lifeline.idle();
    await expect(page).toHaveURL(/view=resources/);
  });
});
