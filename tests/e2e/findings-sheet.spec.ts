// The account's findings as a list over the page, and their counts in the fleet. Held against what the command-line reader
// finds in the same files.
import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";
import { demoFiles, inspect } from "./inspect.ts";

let all: any[];

test.beforeAll(() => {
  all = inspect(demoFiles(), "--findings").findings;
});

test.describe("the account's findings", { tag: "@root-only" }, () => {
  test("nothing is judged before somebody asks; then the link says how many there are", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=events");
    const link = page.getByRole("button", { name: /^[\d,]+ findings?$/ });
    await expect(link).toHaveCount(0);
    await lifeline.open("v=1&view=resources");
    await link.click();
    await lifeline.idle();
    await expect(page.getByRole("dialog", { name: "Findings" }).getByRole("status")).toContainText(`${all.length} findings`);
    expect(await lifeline.accessibilityFindings("layer")).toEqual([]);
  });

  test("a kind, a weight and firm ones alone narrow the list", async ({ page, lifeline }) => {
    await lifeline.openFindings();
    const sheet = page.getByRole("dialog", { name: "Findings" });
    const n_of = (kind: string) => all.filter((one) => one.kind === kind).length;
    const chip = sheet.getByRole("button", { name: /Failures, then success/ });
    await expect(chip).toContainText(String(n_of("failures-then-success")));
    await chip.click();
    await lifeline.idle();
    await expect(sheet.getByRole("article")).toHaveCount(n_of("failures-then-success"));
    await chip.click();
    await sheet.getByRole("button", { name: "High" }).click();
    await lifeline.idle();
    await expect(sheet.getByRole("article")).toHaveCount(all.filter((one) => one.severity === "high").length);
  });

  test("the resource of a finding leads to its page, at the event", async ({ page, lifeline }) => {
    await lifeline.openFindings();
    const sheet = page.getByRole("dialog", { name: "Findings" });
    await sheet.getByRole("button", { name: "Show in its history" }).first().click();
    await lifeline.idle();
    await expect(page).toHaveURL(/view=resource&/);
    await expect(lifeline.chosenEvent).toHaveCount(1);
  });

  test("a finding is dismissed with a reason, and the file has both", async ({ page, lifeline }) => {
    await lifeline.openFindings();
    const sheet = page.getByRole("dialog", { name: "Findings" });
    const first = sheet.getByRole("article").first();
    await first.getByRole("button", { name: "Dismiss with a reason" }).click();
    await first.getByRole("button", { name: "Dismiss", exact: true }).click();
    await expect(first.getByRole("alert")).toContainText("A reason is needed");
    await first.getByRole("textbox").fill("=planned");
    await first.getByRole("textbox").press("Enter");
    await expect(first).toContainText("Dismissed: =planned");
    const saved = page.waitForEvent("download");
    await sheet.getByRole("button", { name: "Export as CSV" }).click();
    const text = await readFile((await (await saved).path())!, "utf8");
    expect(text.trim().split("\r\n").length).toBe(all.length + 1);
    expect(text).toContain(`,dismissed,"'=planned",`);
    await first.getByRole("button", { name: "Bring back" }).click();
    await expect(first).not.toContainText("Dismissed");
  });

  test("the fleet counts the findings of each resource and sorts by them", async ({ page, lifeline }) => {
    await lifeline.open("v=1&view=resources&ended=1");
    await page.getByRole("columnheader", { name: "Findings" }).getByRole("button").click();
    await lifeline.idle();
    expect(lifeline.addressOf("fleet-sort")).toBe("-findings");
    const said = (await lifeline.fleetColumn("findings"))[0]!;
    expect(said).toMatch(/^\d+\s+firm/);
  });
});
