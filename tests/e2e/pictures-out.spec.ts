// Views that are taken away: what the files and the printed document hold.
import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";
import type { LifelinePage } from "./page.ts";

/** Opens the timeline's or a resource's picture menu and takes the file that an item gives. */
async function taken(lifeline: LifelinePage, item: "SVG" | "PNG", all = false): Promise<{ name: string; bytes: Buffer }> {
  await lifeline.openMenu("Picture");
  if (all) await lifeline.layer.getByRole("checkbox", { name: /^All lanes/ }).check();
  const [download] = await Promise.all([
    lifeline.page.waitForEvent("download"),
    lifeline.layer.getByRole("button", { name: new RegExp(`^${item}`) }).click(),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), bytes: await readFile(path) };
}

/** What the browser's reader of XML makes of a text; in a page of its own, since ours lets nobody read markup. */
async function parsed(lifeline: LifelinePage, text: string) {
  const reader = await lifeline.page.context().newPage();
  const read = await reader.evaluate((xml) => {
    const file = new DOMParser().parseFromString(xml, "image/svg+xml");
    const elements = Array.from(file.querySelectorAll("*"), (element) => element.localName);
    const attributes = Array.from(file.querySelectorAll("*")).flatMap((element) => Array.from(element.attributes, ({ name }) => name));
    return {
      isBroken: elements.includes("parsererror"),
      elements: [...new Set(elements)].sort(),
      attributes: [...new Set(attributes)],
      texts: Array.from(file.querySelectorAll("text"), (element) => element.textContent ?? ""),
      title: file.querySelector("title")?.textContent ?? "",
      description: file.querySelector("desc")?.textContent ?? "",
    };
  }, text);
  await reader.close();
  return read;
}

const OURS = ["circle", "defs", "desc", "linearGradient", "path", "rect", "stop", "svg", "text", "title"];

async function openResource(lifeline: LifelinePage): Promise<string> {
  await lifeline.open("v=1&view=resources");
  await lifeline.openResource(0);
  return (await lifeline.app.getByRole("heading", { level: 1 }).textContent()) ?? "";
}

/** Prints with the browser's dialog left out; the document stays as it would be on paper. */
async function printed(lifeline: LifelinePage) {
  await lifeline.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "");
  });
  await lifeline.openMenu("Picture");
  await lifeline.layer.getByRole("button", { name: /^Print/ }).click();
  await lifeline.page.locator("html[data-printed]").waitFor();
  return lifeline.paper;
}

test("a resource is taken away as an SVG that says its name and runs nothing", async ({ lifeline }) => {
  const name = await openResource(lifeline);
  const file = await taken(lifeline, "SVG");
  expect(file.name).toMatch(/^lifeline-demo-resource-.*\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.svg$/);
  const text = file.bytes.toString();
  const svg = await parsed(lifeline, text);
  expect(svg.isBroken).toBe(false);
  expect(svg.elements.filter((element) => !OURS.includes(element))).toEqual([]);
  expect(svg.attributes.filter((attribute) => attribute.startsWith("on") || attribute.includes("href") || attribute === "style")).toEqual([]);
  expect(svg.title).toContain(name);
  expect(svg.texts).toContain(name);
  expect(svg.texts).toContain("Demo data, no real account.");
  expect(text.match(/https?:/g)).toEqual(["http:"]);
  await expect(lifeline.toast).toHaveText(`${file.name} is ready.`);
});

test("the timeline is taken away as it stands, and whole when that is asked for", async ({ lifeline }) => {
  await lifeline.open("v=1&view=timeline");
  const inSight = await parsed(lifeline, (await taken(lifeline, "SVG")).bytes.toString());
  expect(inSight.description).toMatch(/Drawn: \d+ of \d+ lanes, from \S+ on\. The other \d+ are not in this picture\./);
  expect(inSight.texts.some((text) => /^all times [+-]\d\d:\d\d$/.test(text))).toBe(true);
  const whole = await taken(lifeline, "SVG", true);
  expect(whole.name).toMatch(/^lifeline-demo-timeline-.*\.svg$/);
  const all = await parsed(lifeline, whole.bytes.toString());
  expect(all.isBroken).toBe(false);
  expect(all.description).toContain("Drawn: all lanes");
  expect(all.texts.length).toBeGreaterThan(inSight.texts.length);
});

for (const view of ["timeline", "resource"] as const) {
  test(`the PNG of the ${view} is as large as it is said to be`, async ({ lifeline }) => {
    if (view === "timeline") await lifeline.open("v=1&view=timeline");
    else await openResource(lifeline);
    const { name, bytes } = await taken(lifeline, "PNG");
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    const said = (n: number) => n.toLocaleString("en-US");
    await expect(lifeline.toast).toHaveText(`${name} is ready, ${said(width)} by ${said(height)} pixels.`);
    expect(width).toBeGreaterThan(2000);
  });
}

test("the printed record holds every track, value and event, and goes when it is printed", async ({ lifeline }) => {
  const name = await openResource(lifeline);
  const tracks = await lifeline.trackLabels();
  const nEvents = await lifeline.eventsOfLife();
  expect(tracks.length).toBeGreaterThan(1);
  const paper = await printed(lifeline);
  await expect(paper.getByRole("heading", { level: 1, includeHidden: true })).toHaveText(name);
  await expect(paper.locator(".print-events tbody tr")).toHaveCount(nEvents);
  const told = await paper.locator(".print-track th").allTextContents();
  expect(told.map((label) => label.replace(" (inferred)", ""))).toEqual(tracks);
  await expect(paper.locator(".print-facts")).toContainText("As of");
  await expect(paper.locator(".print-facts")).toContainText(lifeline.page.url());
  expect(await paper.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(500);

  await lifeline.page.emulateMedia({ media: "print" });
  await expect(paper).toBeVisible();
  await expect(lifeline.app.locator("#app")).toBeHidden();
  expect(await paper.evaluate((sheet) => sheet.scrollWidth <= sheet.clientWidth)).toBe(true);
  await lifeline.page.emulateMedia({ media: null });
  await expect(paper).toBeHidden();
  await lifeline.page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(paper).toHaveCount(0);
  expect(await lifeline.page.title()).not.toContain("lifeline-demo");
});

test("the timeline is printed on sheets that each have their axis", async ({ lifeline }) => {
  await lifeline.open("v=1&view=timeline");
  await lifeline.openMenu("Picture");
  await lifeline.layer.getByRole("checkbox", { name: /^All lanes/ }).check();
  await lifeline.press("Escape");
  const paper = await printed(lifeline);
  expect(await paper.locator("img").count()).toBeGreaterThan(1);
});

for (const view of ["timeline", "resource"] as const) {
  test(`the menu of the ${view} is reached by keys and read by everybody`, async ({ lifeline }) => {
    if (view === "timeline") await lifeline.open("v=1&view=timeline");
    else await openResource(lifeline);
    await lifeline.app.getByRole("button", { name: "Picture", exact: true }).focus();
    await lifeline.press("Enter");
    expect(await lifeline.accessibilityFindings("layer")).toEqual([]);
    await lifeline.press("Tab");
    await expect(lifeline.layer.locator("button, input").first()).toBeFocused();
    await lifeline.press("Escape");
    await expect(lifeline.app.getByRole("button", { name: "Picture", exact: true })).toBeFocused();
  });
}
