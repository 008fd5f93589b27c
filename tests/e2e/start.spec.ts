// The start: page and worker meet under the final headers, and where they can't, the page says why.
import { chromium } from "@playwright/test";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test, watchContext } from "./fixtures.ts";
import { LifelinePage } from "./page.ts";
import { DIST, serveAnswers } from "./server.ts";

test("page and worker shake hands under the final headers", async ({ page, lifeline, watch }) => {
  const answer = page.waitForResponse(lifeline.url);
  await lifeline.start();
  expect((await answer).headers()["content-security-policy"]).toContain("require-trusted-types-for 'script'");
  await expect(lifeline.startWords).toHaveCount(0);
  expect(watch.complaints).toEqual([]);
});

test("the policy refuses what it should: inline script, markup from text, scripts from elsewhere", async ({ page, lifeline, watch }) => {
  watch.allow(/policy violation|Content Security Policy|Trusted/i);
  await lifeline.start();
  const refused = await page.evaluate(() => {
    const throws = (act: () => unknown) => {
      try {
        act();
        return false;
      } catch {
        return true;
      }
    };
    return {
      markup: throws(() => (document.body.innerHTML = "<p>text</p>")),
      policy: throws(() => (globalThis as any).trustedTypes.createPolicy("other", {})),
      template: throws(() => (document.createElement("template").innerHTML = "<b>text</b>")),
      fragment: throws(() => document.createRange().createContextualFragment("<b>text</b>")),
      worker: throws(() => new Worker("https://example.org/worker.js")),
    };
  });
  expect(refused).toEqual({
    markup: true,
    policy: true,
    template: true,
    fragment: true,
    worker: true,
  });
});

test("in a frame of another site with storage denied, page and worker shake hands", async ({ served, launchOptions }) => {
  const portal = await serveAnswers((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<!doctype html><title>Portal</title><iframe width="1200" height="800" src="${served.url}" sandbox="allow-scripts allow-same-origin allow-downloads"></iframe>`,
    );
  });
  const profile = await mkdtemp(join(tmpdir(), "lifeline-profile-"));
  await mkdir(join(profile, "Default"));
  await writeFile(
    join(profile, "Default", "Preferences"),
    JSON.stringify({ profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } }),
  );
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  try {
    const watch = await watchContext(context);
    const page = await context.newPage();
    await page.goto(portal.url);
    const frame = page.frames()[1];
    await new LifelinePage(page, served.url, frame).started();
    const storage = await frame.evaluate(() => {
      try {
        localStorage.setItem("a", "b");
        return "given";
      } catch {
        return "denied";
      }
    });
    expect(storage).toBe("denied");
    expect(watch.complaints).toEqual([]);
  } finally {
    await context.close();
    await portal.close();
    await rm(profile, { recursive: true, force: true });
  }
});

test("over file:// the page says that it needs a web server @root-only", async ({ page, watch }) => {
  watch.allow(/CORS|Access to script|Failed to load resource|ERR_FAILED|policy violation|Content Security Policy/);
  await page.goto(pathToFileURL(join(DIST, "index.html")).href);
  await expect(page.getByText(/^Lifeline was opened from disk.*web server/)).toBeVisible();
});

test("without wasm SIMD the page says so @root-only", async ({ page, served }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto(served.url);
  await expect(page.getByText(/no WebAssembly SIMD/)).toBeVisible();
});

test("without JavaScript modules the page says so @root-only", async ({ page, served }) => {
  await page.addInitScript(() => {
    delete (HTMLScriptElement.prototype as { noModule?: boolean }).noModule;
  });
  await page.goto(served.url);
  await expect(page.getByText(/no JavaScript modules/)).toBeVisible();
});

test("with JavaScript off the page says so @root-only", async ({ browser, served }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(served.url);
  await expect(page.getByText(/needs JavaScript, which is turned off/)).toBeVisible();
  await context.close();
});

test("where its program can't be loaded, the page says so @root-only", async ({ page, served, watch }) => {
  watch.allow(/.*/);
  await page.route("**/app-*_bg.wasm", (route) => route.abort());
  await page.goto(served.url);
  await expect(page.getByText(/could not load its program/)).toBeVisible();
});

test.describe("the rest of the program", () => {
  const isRest = (url: string) => url.endsWith("_rest.wasm");

  test("a first visit doesn't ask for it, a moved pointer does @root-only", async ({ page, lifeline }) => {
    const asked: string[] = [];
    page.context().on("request", (request) => asked.push(request.url()));
    await lifeline.open();
    // What scripts/wire_size.mjs counts is all that comes from the page's own folder.
    const inFolder = (url: string) => url.startsWith(lifeline.url) && !url.slice(lifeline.url.length).includes("/");
    // How a page is printed is asked for when one is.
    const files = (await readdir(DIST)).filter((name) => name.includes(".") && !isRest(name) && name !== "print.css");
    const named = new Set(asked.filter(inFolder).map((url) => url.slice(lifeline.url.length) || "index.html"));
    expect([...named].sort()).toEqual(files.sort());

    const came = page.waitForResponse((response) => isRest(response.url()));
    await page.mouse.move(200, 200);
    expect((await came).status()).toBe(200);
  });

  test("who only has a keyboard and never moved anything gets what they asked for @root-only", async ({ page, lifeline }) => {
    await lifeline.open();
    await page.keyboard.press("?");
    await expect(lifeline.layer).toContainText("Keys");
  });

  test("a view of the address brings it along with the program @root-only", async ({ page, lifeline }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await lifeline.open("v1/timeline");
    expect(asked.filter(isRest)).toHaveLength(1);
  });

  test("where it can't be loaded, the page says so and the list stays @root-only", async ({ page, lifeline, watch }) => {
    watch.allow(/.*/);
    await page.context().route("**/app-*_rest.wasm", (route) => route.abort());
    await lifeline.open();
    for (const key of ["?", "?"]) await page.keyboard.press(key);
    await expect(page.getByRole("alert").filter({ hasText: "The rest of Lifeline's program could not be loaded" })).toHaveCount(1);
    await expect(page.getByRole("grid")).toBeVisible();
  });
});

test("no serious or critical accessibility finding, light and dark", async ({ page, lifeline }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await lifeline.start();
    expect(await lifeline.accessibilityFindings()).toEqual([]);
  }
});
