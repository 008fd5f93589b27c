// Pictures of every view, light and dark, wide and narrow, in shots/: to be looked at beside the design's pictures.
import { join, resolve } from "node:path";
import { test } from "./fixtures.ts";
import { SIZES, THEMES, VIEWS } from "./views.ts";

const folder = resolve(import.meta.dirname ?? ".", "../../shots");

for (const view of VIEWS)
  for (const { name, ...viewport } of SIZES)
    for (const colorScheme of THEMES)
      test(`${view.name} ${name} ${colorScheme}`, async ({ page, lifeline }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await view.open(lifeline);
        await page.screenshot({ path: join(folder, `${view.name}-${name}-${colorScheme}.png`) });
      });
