// Operations and findings once more, from FINDINGS.md alone: plain loops over events in order, as slow as they are.
import { readFileSync } from "node:fs";
import { shown, when } from "./read.mjs";
import { LIVED, listed, named, word } from "./resources.mjs";
import { given, inOrder } from "./tracks.mjs";

const SECOND = 1_000_000_000n, HOUR = 3_600n * SECOND, DAY = 24n * HOUR;
const table = (file) => readFileSync(new URL(`../../src/findings/${file}`, import.meta.url), "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#")).slice(1).map((line) => line.split("\t"));
const RULED_OUT = table("transitions.tsv"), STRENGTHS = table("strengths.tsv");

const name = (x) => x.id ?? `#${x.hash}`;
const text = (v) => (typeof v === "number" ? String(v) : typeof v === "string" && v !== "" ? v : null);
const object = (v) => (v !== null && typeof v === "object" && !Array.isArray(v) ? v : {});
/** The initiator's id, else its name, told apart from each other. */
const who = (x) => {
  const i = x.classic ? { id: x.body.userId, name: x.body.username } : object(x.body.initiator);
  return named(text(i.id)) ? `id ${text(i.id)}` : named(text(i.name)) ? `name ${text(i.name)}` : null;
};
const host = (x) => object(object(x.body.initiator).host);
const address = (x) => (x.classic ? text(x.body.ipAddress) : text(host(x).address));
const agent = (x) => (x.classic ? null : text(host(x).agent));
const credential = (x) => text(object(object(x.body.initiator).credential).type) ?? text(object(host(x).credential).type);
const authn = (x) => text(object(x.body.initiator).authnId);
const correlation = (x) => text(x.classic ? x.body.traceId : x.body.correlationId);
const code = (x) => String(object(x.body.reason).reasonCode ?? "").trim();
const target = (x) => (x.target.id ? `id ${x.target.id}` : x.target.name ? `name ${x.target.name}` : null);

const happened = (x) => x.outcome === "success" || (x.outcome === "none" && x.classic);
const isRefused = (x) => x.outcome === "failure" && ["401", "403"].includes(code(x));
const begins = (x) => happened(x) && !!x.act?.begins;
const ends = (x) => happened(x) && !!x.act?.ends;
/** The catalogue's name of an act. */
const actName = (x) => {
  const a = x.act;
  if (!a) return null;
  if (a.kind === "vsi" || a.kind === "bare-metal") return `audit-log.${a.kind}${a.part ? `-${a.part}` : ""}.${a.verb}`;
  return a.part || a.images ? x.action : `is.${a.kind}.${a.kind}.${a.verb}`;
};
const asText = (text) => (typeof text === "string" ? text : null);

/** Of one resource, completions without a request among them, by the events' order. */
export function operations(all, newest) {
  const events = all.filter((x) => x.at !== null).sort(inOrder), found = [];
  for (const action of new Set(events.map((x) => x.action))) {
    const same = events.filter((x) => x.action === action);
    let requests = same.filter((x) => x.outcome === "pending");
    let completions = same.filter((x) => ["success", "failure"].includes(x.outcome) && !x.classic);
    const both = (of) => (p, c) => of(p) !== null && of(p) === of(c);
    const steps = [both((x) => x.id), (p, c) => both(correlation)(p, c) && both(target)(p, c), both(correlation),
      (p, c) => both(who)(p, c) && c.at >= p.at && c.at - p.at <= DAY && !(correlation(p) && correlation(c))];
    for (const fits of steps) {
      const settled = new Set();
      for (const p of requests) {
        const theirs = completions.filter((c) => fits(p, c));
        const isPair = theirs.length === 1 && requests.filter((other) => fits(other, theirs[0])).length === 1;
        if (isPair) { found.push({ p, c: theirs[0], standing: "paired" }); settled.add(p).add(theirs[0]); }
        else if (theirs.length > 0) { found.push({ p, c: null, standing: "ambiguous" }); settled.add(p); }
      }
      for (const c of completions) if (!settled.has(c) && requests.some((p) => fits(p, c))) {
        found.push({ p: null, c, standing: "ambiguous" });
        settled.add(c);
      }
      requests = requests.filter((x) => !settled.has(x));
      completions = completions.filter((x) => !settled.has(x));
    }
    for (const p of requests) found.push({ p, c: null, standing: newest - p.at >= DAY ? "never-completed" : "open" });
    for (const c of completions) found.push({ p: null, c, standing: "no-request" });
  }
  return found;
}

/** `resources` with their events, tracks and `operations`; `events`: all that are held. */
export function findings(resources, events) {
  const found = [];
  const put = (r, kind, severity, beside, of) => found.push({ kind, severity, firm: false, resource: r?.id ?? null, time: shown(beside.at), events: of.map((x) => asText(x) ?? name(x)) });
  const newToAccount = accountFirsts(events, put);
  for (const r of resources) {
    const xs = r.events.filter((x) => x.at !== null).sort(inOrder);
    for (const { p, c, standing } of r.operations) {
      if (standing === "never-completed") put(r, "missing-completion", "warning", p, [p]);
      if (standing === "paired" && c.at < p.at) put(r, "clock-disorder", "warning", c, [c, p]);
    }
    tried(r, xs, put);
    if (!LIVED.includes(r.kind)) continue;
    life(r, xs, put);
    firsts(r, xs, newToAccount, put);
  }
  missingRequests(resources, put);
  return found;
}

function missingRequests(resources, put) {
  const all = resources.flatMap((r) => r.operations.map((one) => ({ r, ...one }))).filter(({ c }) => c && !isRefused(c));
  const counts = {};
  for (const { c, standing } of all) {
    const of = (counts[c.action] ??= { paired: 0, "no-request": 0 });
    if (standing in of) of[standing]++;
  }
  for (const { r, c, standing } of all) {
    const { paired, "no-request": alone } = counts[c.action];
    if (standing === "no-request" && paired >= 3 && paired >= 9 * alone) put(r, "missing-request", "info", c, [c]);
  }
}

const SORTS = [who, address, agent];
function accountFirsts(events, put) {
  const less = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const xs = events.filter((x) => x.at !== null).sort((a, b) => less(a.at, b.at) || less(name(a), name(b)));
  const news = new Map(), seen = SORTS.map(() => new Set());
  xs.forEach((x, i) => {
    const isNew = SORTS.map((of, n) => of(x) !== null && !seen[n].has(of(x)));
    SORTS.forEach((of, n) => seen[n].add(of(x)));
    if (i < 100 || x.at - xs[0].at < 30n * DAY || !isNew.some(Boolean)) return;
    news.set(x, isNew);
    put(x.resource ?? null, "first-time", "info", x, [x]);
  });
  return news;
}

function firsts(r, xs, newToAccount, put) {
  const seen = SORTS.map(() => new Set());
  xs.forEach((x, i) => {
    const isNew = SORTS.map((of, n) => of(x) !== null && !seen[n].has(of(x)) && !newToAccount.get(x)?.[n]);
    SORTS.forEach((of, n) => seen[n].add(of(x)));
    if (i >= 20 && x.at - xs[0].at >= 30n * DAY && isNew.some(Boolean)) put(r, "first-time", "info", x, [x]);
  });
}

function tried(r, xs, put) {
  const strength = (x) => STRENGTHS.find(([act]) => act === actName(x));
  const isStronger = (refused, done) => {
    const [a, b] = [strength(refused), strength(done)];
    return !!a && !!b && a[1] === b[1] && Number(b[2]) > Number(a[2]);
  };
  const differ = (a, b) => a !== null && b !== null && a !== b;
  xs.forEach((x, i) => {
    if (x.outcome !== "success" || !who(x)) return;
    const refusals = xs.slice(0, i).filter((y) => isRefused(y) && who(y) === who(x) && x.at - y.at <= HOUR && (isStronger(y, x) ||
      (y.action === x.action && (differ(credential(y), credential(x)) || differ(authn(y), authn(x))))));
    if (refusals.length > 0) put(r, "refused-then-done", "high", x, [...refusals, x]);
    const run = [];
    let next = x;
    for (const y of xs.slice(0, i).reverse()) {
      if (who(y) !== who(x) || y.action !== x.action || y.outcome === "pending") continue;
      if (y.outcome !== "failure" || next.at - y.at > HOUR) break;
      run.unshift(y);
      next = y;
    }
    if (run.length >= 3) put(r, "failures-then-success", "warning", x, [...run, x]);
  });
}

function life(r, xs, put) {
  const before = (track, x) => r.tracks[track]?.findLast((span) => span.from === null || when(span.from) < x.at) ?? null;
  const isEnded = (x) => ["reclaimed", "deleted"].includes(before("existence", x)?.value);
  const tracksOf = (x, kind) => given(r.kind, x).filter((track) => track === kind || track.startsWith(`${kind}:`));
  const others = (x) => xs.filter((y) => y !== x && y.at === x.at && happened(y));
  const repeats = (x) => xs.slice(0, xs.indexOf(x)).some((y) => happened(y) && ((correlation(x) !== null && correlation(x) === correlation(y) && x.action === y.action && x.at - y.at <= DAY)
    || (x.classic !== y.classic && actName(x) !== null && actName(x) === actName(y) && x.at - y.at <= 60n * SECOND)));
  const isSilent = (x, kind) => happened(x) && x.act?.part === kind && tracksOf(x, kind).length === 0;
  let lastBegin = null, end = null;
  const afterEnds = new Map();
  xs.forEach((x, i) => {
    if (happened(x) && !repeats(x) && !isEnded(x))
      for (const [act, kind, value, severity] of RULED_OUT.filter(([act]) => act === actName(x)))
        for (const track of tracksOf(x, kind)) {
          const span = before(track, x);
          if (span?.value !== value || others(x).some((y) => given(r.kind, y).includes(track))) continue;
          const giver = xs.findIndex((y) => name(y) === span.event && shown(y.at) === span.from);
          if (kind !== "power" && xs.slice(giver + 1, i).some((y) => isSilent(y, kind))) continue;
          put(r, "unexpected-transition", severity, x, [span.event, x]);
        }

    const named_ = before("name", x), own = x.isItself ? named(x.target.name) : null;
    const isNamedBeside = others(x).some((y) => y.act?.renames || (y.isItself && named(y.target.name)));
    const contradicts = (said) => named_ !== null && named_.value !== null && said && said !== named_.value && !isNamedBeside;
    if (x.act?.renames && happened(x)) {
      const given = listed(x, "name").map((v) => word(v, ["name"])).find(Boolean);
      const old = listed(x, "oldName").map((v) => word(v, ["name"])).find(Boolean);
      const said = old ?? (given && own && given !== own ? own : null);
      if (contradicts(said)) put(r, "value-contradiction", "warning", x, [named_.event, x]);
    } else if (!x.act?.renames && ["vsi", "bare-metal"].includes(r.kind) && contradicts(own))
      put(r, "value-contradiction", "info", x, [named_.event, x]);

    if (begins(x) && !others(x).some((y) => begins(y) || ends(y))) {
      const was = before("existence", x);
      const earlier = xs.slice(0, i).filter((y) => y.at < x.at), since = earlier.findLastIndex(ends);
      const begun = earlier.slice(since + 1).findLast(begins);
      if (isEnded(x)) put(r, "identity-reused", "warning", x, [was.event, x]);
      else if (was?.value === "live" && begun && !repeats(x)) put(r, "provisioned-twice", "high", x, [begun, x]);
      else if (was?.value === "live" && !begun) put(r, "impossible-order", "warning", x, [was.event, x]);
    }
    if (begins(x)) end = null;
    else if (end) { if (happened(x) && (x.act?.lives || x.act?.ends) && x.at > end.at) afterEnds.get(end).push(x); }
    else if (ends(x)) afterEnds.set((end = x), []);
  });
  for (const [end, later] of afterEnds) if (later.length > 0) put(r, "after-end", "warning", later[0], [end, ...later]);
}
