// What holds however much there is: crowds of events are counted and open, and late answers harm nothing.
import { expect, test } from "./fixtures.ts";

const MINUTE = 60_000;

test.describe("at any scale", { tag: "@root-only" }, () => {
  test("a lane too crowded to tell events apart counts them, and a press looks closer", async ({ page, lifeline }) => {
    const from = Date.parse("2026-03-01T00:00:00Z");
    const lines = Array.from({ length: 6000 }, (_, n) =>
      JSON.stringify({
        id: `e${n}`, eventTime: new Date(from + n * MINUTE).toISOString(), action: "audit-log.vsi.reboot",
        outcome: n % 50 ? "success" : "failure", initiator: { name: "jane" },
        target: { id: "118", name: "web-7", typeURI: "audit-log/vsi" },
      }),
    );
    await lifeline.open();
    await lifeline.dropFiles([{ name: "crowd.ndjson", text: lines.join("\n") }]);
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.keyboard.press("w");
    await expect.poll(() => lifeline.window).toBeTruthy();
    await lifeline.idle();
    const before = lifeline.window!;
    const { x, y } = await lifeline.pointOnLane("web-7", from + 3000 * MINUTE);
    // A pill or the gap beside it.
    for (let px = 0; px < 60 && !(await lifeline.card.isVisible()); px += 6) {
      await page.mouse.move(x + px, y);
      await lifeline.idle();
    }
    await expect(lifeline.card).toContainText(/\d+ events, \d+ failed/);
    await page.mouse.down();
    await page.mouse.up();
    await lifeline.idle();
    const { from: left, to: right } = lifeline.window!;
    expect(right - left).toBeLessThan((before.to - before.from) / 4);
    await page.getByRole("button", { name: "Show as table" }).click();
    await lifeline.idle();
    await expect(page.getByRole("button", { name: /^(Zoom in|Open): / }).first()).toBeVisible();
  });

  test("answers that come late and in another order replace no newer one, and no list goes empty", async ({ page, lifeline }) => {
    await page.addInitScript(() => {
      const late = [90, 5, 40, 0, 70];
      let n = 0;
      const heard = Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage")!;
      Object.defineProperty(Worker.prototype, "onmessage", {
        ...heard,
        set(hear: ((event: MessageEvent) => void) | null) {
          const slow = () => (globalThis as { isSlow?: boolean }).isSlow;
          heard.set!.call(this, hear && ((event: MessageEvent) => (slow() ? setTimeout(() => hear(event), late[n++ % late.length]) : hear(event))));
        },
      });
    });
    await lifeline.open();
    const fewestRows = await lifeline.countRows();
    await page.evaluate(() => ((globalThis as { isSlow?: boolean }).isSlow = true));
    const box = (await lifeline.brush.boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 200, y);
    await page.mouse.down();
    for (let step = 1; step <= 40; step++) await page.mouse.move(box.x + 200 + step * 9, y);
    await page.mouse.up();
    await lifeline.idle();
    const words = await lifeline.brushWords.textContent();
    expect(words).toContain("match");
    expect(await fewestRows()).toBeGreaterThan(5);
    await page.reload();
    await lifeline.idle();
    expect(await lifeline.brushWords.textContent()).toBe(words);
  });
});
