// vis-timeline with the events as points in a group for each region; with its clusters, which are its way with many.
import { DataSet } from "vis-data/standalone";
import { Timeline } from "vis-timeline/standalone";
import css from "vis-timeline/styles/vis-timeline-graph2d.min.css";
import { recordsOf } from "./records.js";

/** Shows the events of a text. */
export async function show(pieces) {
  const items = new DataSet();
  const regions = new Set();
  for await (const records of recordsOf(pieces)) {
    items.add(records.map(({ id, time, region, outcome }) => ({ id, group: region, start: time, type: "point", content: "", className: outcome })));
    for (const { region } of records) regions.add(region);
  }
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const groups = new DataSet([...regions].map((id) => ({ id, content: id })));
  const place = document.body.appendChild(document.createElement("div"));
  new Timeline(place, items, groups, { height: 600, stack: false, zoomKey: "ctrlKey", cluster: { maxItems: 1 } });
  await painted();
  return { chart: ".vis-center" };
}

const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
