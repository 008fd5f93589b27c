// Pictures of every view, light and dark, wide and narrow, in shots/: to be looked at beside the design's pictures.
import { join, resolve } from "node:path";
import { test } from "./fixtures.ts";
import type { LifelinePage } from "./page.ts";

interface View {
  name: string;
  open(lifeline: LifelinePage): Promise<void>;
}

/** A new view needs one line here. */
export const VIEWS: View[] = [{ name: "start", open: (lifeline) => lifeline.start() }];

const SIZES = [
  { name: "wide", width: 1440, height: 900 },
  { name: "narrow", width: 390, height: 844 },
];
const folder = resolve(import.meta.dirname ?? ".", "../../shots");

for (const view of VIEWS)
  for (const { name, ...viewport } of SIZES)
    for (const colorScheme of ["light", "dark"] as const)
      test(`${view.name} ${name} ${colorScheme}`, async ({ page, lifeline }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await view.open(lifeline);
        await page.screenshot({ path: join(folder, `${view.name}-${name}-${colorScheme}.png`) });
      });
