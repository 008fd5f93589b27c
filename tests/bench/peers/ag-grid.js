// AG Grid with the events as objects in its client-side row model.
import { AllCommunityModule, createGrid, ModuleRegistry } from "ag-grid-community";
import { recordsOf } from "./records.js";

const COLUMNS = ["time", "outcome", "action", "initiator", "target", "region", "address", "reason", "severity"];

/** Shows the events of a text. */
export async function show(pieces) {
  const rowData = [];
  for await (const records of recordsOf(pieces)) for (const record of records) rowData.push(record);
  ModuleRegistry.registerModules([AllCommunityModule]);
  const place = document.body.appendChild(document.createElement("div"));
  place.style.height = "800px";
  await new Promise((shown) => {
    createGrid(place, { columnDefs: COLUMNS.map((field) => ({ field })), rowData, rowHeight: 35, onFirstDataRendered: shown });
  });
  return { list: ".ag-grid-viewport", last: `[row-index="${rowData.length - 1}"]` };
}
