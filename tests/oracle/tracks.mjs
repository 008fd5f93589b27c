// A resource's tracks from its events, by rules.md, "Tracks": each track's claims first, then one span a value.
import { crn, shown } from "./read.mjs";
import { LIVED, listed, named, word } from "./resources.mjs";

const rank = (x) => (x.act?.begins ? 0 : x.act?.ends ? 2 : 1);
const name = (x) => x.id ?? `#${x.hash}`;
const less = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const OUTCOMES = ["success", "failure", "pending", "unknown", "none"];
/** Of one id and instant no rule says which is first: what they say decides. */
const says = (x) => [OUTCOMES.indexOf(x.outcome), x.action, x.target.name ?? "", x.hash];
const bySaying = (a, b) => says(a).map((value, i) => less(value, says(b)[i])).find((order) => order) ?? 0;

/** By time; within an instant a provision first, a reclaim last, the rest by id. */
export const inOrder = (a, b) => less(a.at ?? -1n, b.at ?? -1n) || rank(a) - rank(b) || less(name(a), name(b)) || bySaying(a, b);

const done = (x) => (x.outcome === "success" ? "set" : x.outcome === "none" && x.classic ? "implied" : null);

/** `{track: [span]}` of rules.md's shape, but that an unknown value is null: a server may be called "unknown". */
export function tracks(kind, events) {
  const lived = LIVED.includes(kind), ended = kind === "vsi" || kind === "bare-metal" ? "reclaimed" : "deleted";
  let xs = events.filter((x) => x.at !== null).sort(inOrder);
  const birth = lived ? xs.findIndex((x) => x.act?.begins && done(x)) : -1;
  const isBorn = birth >= 0 && xs.slice(0, birth).every((x) => x.act?.begins && (x.outcome === "pending" || x.outcome === "failure"));
  if (isBorn) xs = xs.slice(birth);
  const claims = new Map();
  const claim = (track, x, value, basis) => (claims.get(track) ?? claims.set(track, []).get(track)).push({ x, value, basis });
  if (lived) claims.set("existence", []);
  if (lived && kind !== "volume") claims.set("power", []);

  let existence = "unknown", known = null;
  xs.forEach((x, i) => {
    const basis = done(x), a = x.act ?? {};
    if (lived && basis) {
      const gives = a.begins ? "live" : a.ends ? ended : null;
      if (gives) claim("existence", x, (existence = gives), basis);
      else if (basis === "set" && a.lives && ["unknown", "live"].includes(existence)) claim("existence", x, (existence = "live"), "seen");
      if (a.power && kind !== "volume") claim("power", x, a.power === "unknown" ? null : a.power, basis);
      if (a.images) claim("image", x, listed(x, "image").map((v) => word(v, ["name", "id", "crn"])).find(Boolean) ?? "not named", basis);
      if (a.part === "port") for (const port of ports(x)) claim(`port:${port}`, x, a.verb === "enable" ? "enabled" : "disabled", basis);
      if (a.part === "port-speed") for (const port of ports(x)) claim(`port-speed:${port}`, x, listed(x, "speed").map(mbps).find(Boolean) ?? null, basis);
      if (a.part === "security-group") for (const group of groups(x)) claim(`security-group:${group}`, x, a.verb === "add" ? "member" : "not member", basis);
    }
    const own = x.isItself ? named(x.target.name) : null;
    if (!a.renames) {
      if (own) claim("name", x, (known = own), "seen");
    } else if (basis) {
      const given = listed(x, "name").map((v) => word(v, ["name"])).find(Boolean);
      const later = () => nextName(xs.slice(i + 1), known ?? own);
      if (own && known && own !== known) claim("name", x, (known = own), basis);
      else if (given) claim("name", x, (known = given), basis);
      else if ((known = later())) claim("name", x, known, "implied");
      else claim("name", x, null, basis);
    }
  });
  const begins = isBorn ? { at: xs[0].at, x: xs[0] } : null;
  return Object.fromEntries([...claims].map(([track, all]) => [track, spans(all, begins, track === "image")]));
}

function nextName(later, old) {
  for (const x of later) {
    if (x.act?.renames) { if (done(x)) return null; else continue; }
    const seen = x.isItself ? named(x.target.name) : null;
    if (seen && seen !== old) return seen;
    if (x.act?.ends && done(x)) return null;
  }
  return null;
}

function spans(claims, begins, isAlwaysNew) {
  const first = begins ? { value: null, from: begins.at, x: begins.x, basis: done(begins.x) } : { value: null, from: null, x: null, basis: null };
  const held = [first];
  for (let i = 0; i < claims.length; ) {
    const at = claims[i].x.at;
    let end = i;
    while (end < claims.length && claims[end].x.at === at) end++;
    // What an instant comes to is its last value, given by the first event of the run that ends it.
    const last = claims[end - 1].value;
    let run = end - 1;
    while (!isAlwaysNew && run > i && claims[run - 1].value === last) run--;
    i = end;
    if (held.at(-1).from === at) held.pop();
    if (!isAlwaysNew && held.length > 0 && held.at(-1).value === last) continue;
    held.push({ value: last, from: at, x: claims[run].x, basis: claims[run].basis });
  }
  return held.map((span, n) => {
    const next = held[n + 1];
    return {
      value: span.value, from: shown(span.from), to: next ? shown(next.from) : null, event: span.x ? name(span.x) : null,
      initiator: span.basis === "seen" ? null : span.x?.initiator ?? null, basis: span.basis,
      end_known: !!next && next.basis !== "seen" && span.value !== "suspended",
    };
  });
}

const several = (x, what, members) => listed(x, what)
  .map((v) => [...new Set((Array.isArray(v) ? v : [v]).map((one) => word(one, members)).filter(Boolean))]).find((found) => found.length > 0);
const isTypeOf = (x, types) => types.some((type) => crn(x.target.id)?.[8] === type || crn(x.target.id)?.[8].endsWith(`-${type}`));
const ports = (x) => several(x, "port", ["name", "id"]) ?? (isTypeOf(x, ["port", "network-interface"]) ? [named(x.target.name) ?? crn(x.target.id)[9]] : []);
const groups = (x) => several(x, "group", ["id", "crn", "name"]) ?? (isTypeOf(x, ["security-group"]) ? [crn(x.target.id)[9] || x.target.name] : []);

/** The tracks of power, ports and groups that an event that happened gives a value. */
export function given(kind, x) {
  const a = x.act ?? {}, tracks = [];
  if (a.power && kind !== "volume") tracks.push("power");
  if (a.part === "port") tracks.push(...ports(x).map((port) => `port:${port}`));
  if (a.part === "security-group") tracks.push(...groups(x).map((group) => `security-group:${group}`));
  return tracks;
}

function mbps(v) {
  const m = /^(-?\d+)\s*([a-z/]*)$/i.exec(String(v).trim());
  return m && String(Number(m[1]) * (/^g/i.test(m[2]) ? 1000 : 1));
}
