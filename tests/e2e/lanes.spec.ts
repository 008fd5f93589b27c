// What the timeline does with lanes: some stay under the axis, events of one correlation are joined across them, all of
// them are told in short at the foot, and two are laid over each other at one event of each.
import { expect, test } from "./fixtures.ts";
import type { LifelinePage } from "./page.ts";

const pinned = (lifeline: LifelinePage) => lifeline.app.getByRole("list", { name: "Pinned" }).locator(".tl-lane-name");
const names = (lifeline: LifelinePage) => lifeline.lanes.locator(".tl-lane-name").allTextContents();

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
});
