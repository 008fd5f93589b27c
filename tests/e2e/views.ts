// Every view that there is, and how a person comes to it: what pictures, accessibility and layout checks go through.
import type { LifelinePage } from "./page.ts";

export interface View {
  name: string;
  open(lifeline: LifelinePage): Promise<void>;
}

/** A new view needs one line here. */
export const VIEWS: View[] = [
  { name: "events", open: (lifeline) => lifeline.open("v=1&view=events") },
  {
    name: "events-detail",
    open: async (lifeline) => {
      await lifeline.open("v=1&view=events&q=outcome:failure");
      await lifeline.rows.nth(3).click();
      await lifeline.idle();
    },
  },
  { name: "events-none", open: (lifeline) => lifeline.open("v=1&view=events&q=who:nobody-of-that-name") },
  { name: "timeline", open: (lifeline) => lifeline.open("v=1&view=timeline&q=audit-log") },
  { name: "resources", open: (lifeline) => lifeline.open("v=1&view=resources") },
  {
    name: "resource",
    open: async (lifeline) => {
      await lifeline.open("v=1&view=resources");
      await lifeline.openResource(0);
    },
  },
];

export const SIZES = [
  { name: "wide", width: 1440, height: 900 },
  { name: "narrow", width: 390, height: 844 },
];

export const THEMES = ["light", "dark"] as const;
