// The rules once more, read from events.md and rules.md alone and knowing nothing of the library: `node rules.mjs FILE…
// [--at TIME]…` prints one JSON object a line in `inspect`'s shapes, {"summary"}, {"rejections"}, then a {"resource"} for
// each, then an {"at"} for each time. tests/oracle.rs holds the library against it. Readings where the rules leave room
// are those that src/lifecycle states.
import { readFile, crn, shown, when } from "./read.mjs";
import { LIVED, resolve } from "./resources.mjs";
import { findings, operations } from "./findings.mjs";
import { inOrder, tracks } from "./tracks.mjs";

const files = [], times = [];
for (let args = process.argv.slice(2); args.length > 0; ) {
  const arg = args.shift();
  if (arg === "--at") times.push(args.shift());
  else files.push(arg);
}

const summary = { events: 0, copies: 0, conflicts: 0, rejected: 0, other_records: 0, undated: 0, resources: 0, first: null, last: null };
const rejections = [], read = [];
for (const file of files) readFile(file, (record) => {
  if (record.event) read.push(record.event);
  else if (record.other) summary.other_records++;
  else { summary.rejected++; rejections.push({ file, line: record.line, byte: record.byte }); }
});

// Same identity and content: one event. An unknown account is the one known, when there is one.
const accounts = new Set(read.map((x) => x.account).filter(Boolean));
const only = accounts.size === 1 ? [...accounts][0] : null;
const byContent = new Map(), byId = new Map();
for (const x of read) {
  const id = JSON.stringify([x.account ?? only, x.id ?? `#${x.hash}`]), content = id + x.hash;
  if (byContent.has(content)) { summary.copies++; continue; }
  byContent.set(content, x);
  byId.set(id, [...(byId.get(id) ?? []), x]);
}
const events = [...byContent.values()];
// Of one id all but one content conflict; a pending and its completion are two events and no conflict.
for (const same of byId.values()) {
  const pending = same.filter((x) => x.outcome === "pending"), rest = same.filter((x) => x.outcome !== "pending");
  const completes = pending.some((p) => rest.some((x) => x.action === p.action && ["success", "failure"].includes(x.outcome)));
  summary.conflicts += completes ? same.length - 2 : same.length - 1;
}
summary.events = events.length;
summary.undated = events.filter((x) => x.at === null).length;
const dated = events.filter((x) => x.at !== null).sort(inOrder);
summary.first = shown(dated[0]?.at ?? null);
summary.last = shown(dated.at(-1)?.at ?? null);

const CENTRES = { dal: "us-south", wdc: "us-east", tor: "ca-tor", mon: "ca-mon", sao: "br-sao", fra: "eu-de", lon: "eu-gb", mad: "eu-es",
  syd: "au-syd", tok: "jp-tok", osa: "jp-osa", che: "in-che", mum: "in-mum" };
const region = (raw) => /^(.+-.+)-\d+$/.exec(raw)?.[1] ?? CENTRES[/^([a-z]{3})\d+$/i.exec(raw)?.[1].toLowerCase()] ?? raw;
const regionOf = (x) => region(crn(x.source)?.[5] || crn(x.target.id)?.[5] || "unknown");

const resources = resolve(events);
summary.resources = resources.length;
const counted = (values) => {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
summary.action = counted(events.map((x) => x.action));
summary.outcome = counted(events.map((x) => x.outcome));
summary.region = counted(events.map(regionOf));
summary.kind = counted(events.map((x) => x.resource?.kind ?? "other"));

const words = (span) => ({ ...span, value: span.value ?? "unknown" });
const say = (object) => console.log(JSON.stringify(object));
say({ summary });
say({ rejections });
const newest = dated.at(-1)?.at ?? null;
const nameOf = (x) => (x ? x.id ?? `#${x.hash}` : null);
for (const r of resources) {
  r.operations = operations(r.events, newest);
  say({ operations: { kind: r.kind, id: r.id, all: r.operations.map(({ p, c, standing }) => ({ request: nameOf(p), completion: nameOf(c), standing })) } });
  r.events.sort(inOrder);
  r.tracks = tracks(r.kind, r.events);
  r.region = region(crn(r.id)?.[5] || "") || regionOf(r.events.at(-1));
  const printed = Object.fromEntries(Object.entries(r.tracks).map(([track, spans]) => [track, spans.map(words)]));
  say({ resource: { id: r.id, kind: r.kind, name: r.tracks.name?.at(-1).value ?? null, region: r.region,
    events: r.events.map((x) => x.id ?? `#${x.hash}`), tracks: printed } });
}
say({ findings: findings(resources, events) });
for (const time of times) {
  const t = when(time), out = { time: shown(t), resources: [], unrecorded: [] };
  // A change at exactly T has happened.
  const at = (spans) => spans?.findLast((span) => span.from === null || when(span.from) <= t) ?? null;
  for (const r of resources.filter((r) => LIVED.includes(r.kind))) {
    const existence = at(r.tracks.existence), name = at(r.tracks.name);
    if (!existence) continue;
    if (existence.value === null) { out.unrecorded.push(r.id); continue; }
    out.resources.push({ id: r.id, kind: r.kind, name: name?.value ?? null, region: r.region,
      existence: existence.value, power: r.tracks.power ? at(r.tracks.power)?.value ?? "unknown" : null });
  }
  say({ at: out });
}
