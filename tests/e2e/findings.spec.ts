// Findings on a resource's page: beside the events that raised them, dismissed with a reason, led to by the header; and
// events of one act, folded into one row. Held against what the command-line reader finds in the same files.
import { expect, test } from "./fixtures.ts";
import { demoFiles, inspect } from "./inspect.ts";

/** Raised by several events, all of them near each other. */
let found: any;
/** Of the same kind as the page names it. */
const KIND = "Failures, then success";
let server: any;
/** A server with requests and completions. */
let asked: any;

test.beforeAll(() => {
  const files = demoFiles();
  const findings: any[] = inspect(files, "--findings").findings;
  found = findings.find(({ kind }) => kind === "failures-then-success");
  server = inspect(files, "--resource", found.resource).resource;
  asked = inspect(files, "--resource", findings.find(({ kind }) => kind === "clock-disorder").resource).resource;
});

test.describe("findings of a resource", { tag: "@root-only" }, () => {
  test("a finding stands beside the event that raised it, joined to all its events", async ({ lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const card = await lifeline.goToFinding("firm", `Firm finding: ${KIND}`);
    await expect(card).toContainText(found.words);
    await expect(card).toContainText("Warning");
    const row = (await lifeline.resourceEvents.getByRole("row").filter({ hasText: found.time.slice(11, 19) }).boundingBox())!;
    const box = (await card.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(row.x + row.width);
    expect(box.y).toBeLessThan(row.y + row.height);
    expect(box.y + box.height).toBeGreaterThan(row.y);
    expect(await lifeline.joints.count()).toBe(await lifeline.findings().count());
    expect(await lifeline.jointDots.count()).toBeGreaterThanOrEqual(found.events.length);
  });

  test("cards never overlap, wherever the list stands", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    for (let i = 0; i < 12; i++) {
      const boxes = await lifeline.findings().evaluateAll((cards) =>
        cards.map((card) => card.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })),
      );
      boxes.sort((a, b) => a.top - b.top);
      for (const [n, box] of boxes.entries()) if (n > 0) expect(box.top).toBeGreaterThan(boxes[n - 1]!.bottom);
      await lifeline.resourceEvents.hover();
      await page.mouse.wheel(0, 200);
      await lifeline.idle();
    }
  });

  test("the events of a finding are shown in the list, and no more when asked again", async ({ lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const card = await lifeline.goToFinding("firm", `Firm finding: ${KIND}`);
    const show = card.getByRole("button", { name: `Show the ${found.events.length} events` });
    await show.click();
    await lifeline.idle();
    await expect(lifeline.shownEvents).toHaveCount(found.events.length);
    await expect(show).toHaveAttribute("aria-pressed", "true");
    await show.click();
    await expect(lifeline.shownEvents).toHaveCount(0);
  });

  test("why a finding is firm is said when asked", async ({ lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const card = await lifeline.goToFinding("firm", `Firm finding: ${KIND}`);
    await expect(card.getByRole("paragraph")).toHaveCount(1);
    await card.getByText("Why firm").click();
    await expect(card.getByRole("paragraph")).toHaveCount(2);
  });

  test("a finding is dismissed with a reason, counted apart, brought back, and stands again in another tab", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const address = page.url();
    const n_firm = async () => Number((await lifeline.findingBadge("firm").textContent())!.split(" ")[0]);
    const before = await n_firm();
    const card = await lifeline.goToFinding("firm", `Firm finding: ${KIND}`);
    await card.getByRole("button", { name: "Dismiss with a reason" }).click();
    const reason = card.getByRole("textbox", { name: "Why can it be put aside?" });
    await expect(reason).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(card.getByRole("alert")).toHaveText("A reason is needed.");
    await page.keyboard.type("planned tests of that morning");
    await page.keyboard.press("Enter");
    await expect(card).toContainText("Dismissed: planned tests of that morning");
    await expect(lifeline.findingBadge("dismissed")).toHaveText("1 dismissed");
    if (before > 1) expect(await n_firm()).toBe(before - 1);
    else await expect(lifeline.findingBadge("firm")).toHaveCount(0);
    expect(page.url()).not.toContain("planned");
    const back = card.getByRole("button", { name: "Bring back" });
    await expect(back).toBeFocused();
    await back.click();
    await expect(card).toContainText(found.words);
    expect(await n_firm()).toBe(before);
    await expect(lifeline.findingBadge("dismissed")).toHaveCount(0);
    // A dismissal is this page's alone, and only as long as it is open.
    await card.getByRole("button", { name: "Dismiss with a reason" }).click();
    await page.keyboard.type("for now");
    await page.keyboard.press("Enter");
    await expect(lifeline.findingBadge("dismissed")).toHaveCount(1);
    await page.goto("about:blank");
    await page.goto(address);
    await lifeline.idle();
    await expect(lifeline.findingBadge("dismissed")).toHaveCount(0);
    expect(await n_firm()).toBe(before);
  });

  test("the badges of the header lead from one finding to the next", async ({ lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const said = await lifeline.findingBadge("firm").textContent();
    const n = Number(said!.split(" ")[0]);
    const chosen = new Set<string>();
    for (let i = 0; i < n; i++) {
      await lifeline.findingBadge("firm").click();
      await lifeline.idle();
      chosen.add((await lifeline.chosenEvent.getAttribute("aria-rowindex"))!);
    }
    expect(chosen.size).toBeGreaterThan(0);
    expect(chosen.size).toBeLessThanOrEqual(n);
    // One more press begins at the top again.
    await lifeline.findingBadge("firm").click();
    await lifeline.idle();
    expect(chosen).toContain(await lifeline.chosenEvent.getAttribute("aria-rowindex"));
  });

  test("events of one act are one row that the arrow keys unfold and fold", async ({ page, lifeline }) => {
    await lifeline.openHistory(asked.id, asked.kind);
    const rows = async () => Number(await lifeline.resourceEvents.getAttribute("aria-rowcount"));
    const folded = await rows();
    const fold = lifeline.folds(false).first();
    const n = Number((await fold.getAttribute("aria-label"))!.match(/\d+/)![0]);
    const head = lifeline.resourceEvents.getByRole("row").filter({ has: page.locator("[aria-expanded]") }).first();
    const index = Number(await head.getAttribute("aria-rowindex"));
    await lifeline.resourceEvents.focus();
    for (let i = 1; i < index; i++) await page.keyboard.press("j");
    await expect(lifeline.chosenEvent).toHaveAttribute("aria-rowindex", String(index));
    await page.keyboard.press("ArrowRight");
    await lifeline.idle();
    expect(await rows()).toBe(folded + n);
    await expect(lifeline.folds(true)).toHaveCount(1);
    await page.keyboard.press("ArrowLeft");
    await lifeline.idle();
    expect(await rows()).toBe(folded);
    await expect(lifeline.folds(true)).toHaveCount(0);
  });

  test("a link to an event that is folded away unfolds it", async ({ page, lifeline }) => {
    await lifeline.openHistory(asked.id, asked.kind);
    await lifeline.folds(false).first().click();
    const part = lifeline.resourceEvents.locator(".is-part").first();
    const words = await part.innerText();
    await part.click();
    await lifeline.idle();
    const address = page.url();
    expect(address).toContain("sel=");
    await page.goto("about:blank");
    await page.goto(address);
    await lifeline.idle();
    await expect(lifeline.chosenEvent).toContainText(words.split("\n")[0]!);
  });

  test("a request says when it was done, and its completion when it was asked for", async ({ lifeline }) => {
    await lifeline.openHistory(asked.id, asked.kind);
    while ((await lifeline.folds(false).count()) > 0) await lifeline.folds(false).first().click();
    await expect(lifeline.resourceEvents).toContainText(/done [\d.]+ \w+( \d+ \w+)? later|its completion is dated/);
    await expect(lifeline.resourceEvents).toContainText(/requested [\d.]+ \w+( \d+ \w+)? before|its request is dated/);
  });

  test("the values are those of the instant that its handle is moved to", async ({ page, lifeline }) => {
    await lifeline.openHistory(server.id, server.kind);
    const values = page.getByRole("table", { name: /What each track holds/ });
    await lifeline.valuesInstant.focus();
    await expect(lifeline.valuesInstant).toHaveAttribute("aria-valuetext", "now");
    await page.keyboard.press("Home");
    await expect(values.getByRole("columnheader", { name: "Then" })).toBeAttached();
    const existence = values.getByRole("row", { name: /^Existence/ });
    const [first] = server.tracks.existence;
    if (first.value === "unknown") await expect(existence).toContainText(/not recorded.*before \d+ \w+/s);
    else await expect(existence).toContainText("not there yet");
    await page.keyboard.press("End");
    await expect(existence).toContainText(server.tracks.existence.at(-1).value);
    await page.keyboard.press("Escape");
    await expect(lifeline.valuesInstant).toHaveAttribute("aria-valuetext", "now");
  });

  test("on a phone findings stand below their events, and a badge leads there", async ({ page, lifeline }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await lifeline.openHistory(server.id, server.kind);
    const events = page.getByRole("list", { name: "Events, newest first" });
    const item = events.getByRole("listitem").filter({ hasText: found.words });
    await expect(item).toContainText(found.time.slice(11, 19));
    await expect(item.getByRole("article")).not.toBeInViewport();
    // One of the badge's presses leads there.
    await expect(async () => {
      await lifeline.findingBadge("firm").click();
      await expect(item.getByRole("article")).toBeInViewport({ timeout: 300 });
    }).toPass();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test("where no card has room the findings have a panel of their own", async ({ page, lifeline }) => {
    await page.setViewportSize({ width: 1000, height: 900 });
    await lifeline.openHistory(server.id, server.kind);
    await expect(lifeline.findings()).toHaveCount(0);
    await page.getByRole("button", { name: "Findings", exact: true }).click();
    await expect(lifeline.findings(`Firm finding: ${KIND}`)).toContainText(found.words);
  });
});
