// Every view that there is, and how a person comes to it: what pictures, accessibility and layout checks go through.
import { demoFiles, inspect } from "./inspect.ts";
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
  {
    name: "resource-findings",
    open: async (lifeline) => {
      const one = inspect(demoFiles(), "--findings").findings.find(({ kind }: any) => kind === "failures-then-success");
      await lifeline.openHistory(one.resource, "vsi");
      await lifeline.findingBadge("firm").click();
      await lifeline.idle();
    },
  },
];

/** A menu or sheet over a view, and how a person opens it. */
export interface Layer extends View {
  /** Only where the page is wide: a phone has it elsewhere or not at all. */
  wideOnly?: true;
}

const overEvents = (name: string, act: (lifeline: LifelinePage) => Promise<void>, wideOnly?: true): Layer => ({
  name,
  open: async (lifeline) => {
    await lifeline.open("v=1&view=events");
    await act(lifeline);
    await lifeline.idle();
  },
  wideOnly,
});

/** A new menu or sheet needs one line here. */
export const LAYERS: Layer[] = [
  overEvents("the menu of everything else", (lifeline) => lifeline.openMenu("More")),
  overEvents("the menu of time ranges", (lifeline) => lifeline.openMenu(/^Time range/)),
  overEvents("the menu of time zones", (lifeline) => lifeline.openMenu(/^Time zone/), true),
  overEvents("the menu of columns", (lifeline) => lifeline.openMenu(/^Columns/), true),
  overEvents("the menu of exports", (lifeline) => lifeline.openMenu("Export")),
  overEvents("the completion of fields", (lifeline) => lifeline.typeQuery("o")),
  overEvents("the completion of values", (lifeline) => lifeline.typeQuery("who:")),
  overEvents("a query that can't be read", (lifeline) => lifeline.searchFor("outcome:failure AND (who:jane")),
  overEvents("the palette", (lifeline) => lifeline.press("Control+k")),
  overEvents("the sheet of sources", (lifeline) => lifeline.command("Sources")),
  overEvents("the sheet of rejected records", (lifeline) => lifeline.command("Rejected records")),
  overEvents("the sheet of keys", (lifeline) => lifeline.command("All keys")),
  overEvents("the sheet of search words", (lifeline) => lifeline.command("Search words")),
  {
    name: "the sheet of what isn't recorded",
    open: async (lifeline) => {
      await lifeline.open("v=1&view=resources&at=2025-11-02T00:00:00Z");
      await lifeline.openUnrecorded();
    },
  },
  {
    name: "the menu of pictures of the timeline",
    open: async (lifeline) => {
      await lifeline.open("v=1&view=timeline&q=audit-log");
      await lifeline.openMenu("Picture");
    },
  },
  {
    name: "the notes on a resource",
    open: async (lifeline) => {
      await lifeline.open("v=1&view=resources");
      await lifeline.openResource(0);
      await lifeline.openMenu("Notes on this record");
    },
    wideOnly: true,
  },
];

export const SIZES = [
  { name: "wide", width: 1440, height: 900 },
  { name: "narrow", width: 390, height: 844 },
];

export const THEMES = ["light", "dark"] as const;
