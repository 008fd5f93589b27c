// Files to records, by events.md section 4: every record with its place, as an event, another record or a rejected one.
// Plain and whole: reads each file into memory, and knows the wrappers by the members that the section names.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
const isText = (v) => typeof v === "string" && v !== "";
const json = (text) => { try { return { value: JSON.parse(text) }; } catch { return null; } };

/** Gives `see({file, line, byte, event | other | rejected})` for each record of a file. */
export function readFile(file, see) {
  let bytes = readFileSync(file);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0;
  const text = bytes.subarray(mark).toString("utf8");
  const whole = /^\s*[[{]/.test(text) ? json(text) : null;
  const give = (record, line, byte) => see({ file, line, byte, ...record });
  if (whole) return elements(whole.value).forEach((value) => give(unwrapped(value, file), null, null));
  let byte = mark, column = null;
  text.split("\n").forEach((raw, n) => {
    const indent = raw.length - raw.trimStart().length, start = byte + indent;
    byte += Buffer.byteLength(raw) + 1;
    // An array with an element a line is read like lines.
    const line = raw.trim().replace(/^\[$|^\]$/, "").replace(/,$/, "");
    if (n === 0 && /(^|\t)(text|line)(\t|$)/.test(raw)) { column = raw.trimEnd().split("\t").findIndex((name) => name === "text" || name === "line"); return; }
    if (line === "" || /^(:|event:|id:|retry:)/.test(line)) return;
    if (line.startsWith("data:")) {
      const data = line.slice(5).trimStart(), frame = json(data);
      // Of a frame that is cut, the record inside its list is what can't be read.
      const list = /^[^[]*"results":\[/.exec(data)?.[0].length ?? 0;
      if (!frame) return give({ rejected: true }, n + 1, start + line.length - data.length + list);
      if (["query_id", "warning", "error"].some((name) => name in frame.value)) return;
      return elements(frame.value).forEach((value) => give(unwrapped(value, file), n + 1, null));
    }
    if (column !== null) return give(unwrappedText(raw.split("\t")[column], {}, file), n + 1, start);
    const parsed = json(line);
    give(parsed ? unwrapped(parsed.value, file) : { rejected: true }, n + 1, start);
  });
}

/** The records of a document: its elements, the list it wraps, or itself. */
function elements(value) {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (!isObject(value) || "action" in value) return [value];
  const lists = [value.records, value.Records, value.events, value.logs, value.lines, value.hits, value.hits?.hits,
    value.result?.results, value.response?.results?.results];
  return lists.find(Array.isArray)?.flatMap(elements) ?? [value];
}

function unwrapped(value, file, outside = {}) {
  if (typeof value === "string") return value.trim().startsWith("{") ? unwrappedText(value, outside, file) : { rejected: true };
  return isObject(value) ? unwrap(value, outside, file) : { rejected: true };
}

function unwrappedText(text, outside, file) {
  if (!text.trim().startsWith("{")) return { other: true };
  const parsed = json(text);
  return parsed ? unwrap(parsed.value, outside, file) : { rejected: true };
}

const inner = (value, outside, file) =>
  typeof value === "string" ? unwrappedText(value, outside, file) : isObject(value) ? unwrap(value, outside, file) : { other: true };
const holdsObject = (v) => isObject(v) || (typeof v === "string" && v.trim().startsWith("{"));
const accountLike = (text) => /^(a\/)?([0-9a-fA-F]{32})$/.exec(text ?? "")?.[2];

function unwrap(o, outside, file) {
  const source = isObject(o._source) ? o._source : o;
  if ("_line" in source || isObject(o._source) || "o_action" in o) {
    const beside = { ...outside, account: accountLike(source._account) ?? outside.account, time: when(source._ts) ?? outside.time };
    if (holdsObject(source._line)) return inner(source._line, beside, file);
    const own = Object.fromEntries(Object.entries(source).filter(([name]) => !name.startsWith("_")));
    const event = unprefixed(own, true);
    return isText(event.action) ? { event: flat(event, beside) } : { other: true };
  }
  const data = o.user_data ?? o.src_obj__user_data;
  if (data !== undefined) {
    const pairs = o.metadata ?? [];
    const time = Array.isArray(pairs) ? pairs.find((pair) => pair.key === "timestamp")?.value : pairs.timestamp;
    return inner(data, { ...outside, time: when(time) ?? outside.time }, file);
  }
  if (holdsObject(o.line) || (typeof o.line === "string" && !("action" in o))) {
    const account = file.split("/").slice(0, -1).map(accountLike).find(Boolean);
    const time = [o.timestamp, o["@timestamp"], o.time, o._ts, o.ts].map(when).find(Boolean);
    return inner(o.line, { account: account ?? outside.account, time: time ?? outside.time }, file);
  }
  if (isText(o.action)) {
    const { ALCH_ACCOUNT_ID, ALCH_TENANT_ID, logmet_cluster, "@timestamp": stamp, "@version": version, type, ...rest } = o;
    const isStored = [ALCH_ACCOUNT_ID, ALCH_TENANT_ID, logmet_cluster, stamp].some((v) => v !== undefined);
    if (isStored) return { event: flat(rest, { account: ALCH_ACCOUNT_ID ?? outside.account, time: when(stamp) ?? outside.time }) };
    return { event: flat(o, outside) };
  }
  if (holdsObject(o.payload) && ("meta" in o || "logSourceCRN" in o)) {
    const payload = typeof o.payload === "string" ? json(o.payload)?.value : o.payload;
    if (!payload) return { rejected: true };
    for (const name of ["logSourceCRN", "saveServiceCopy"]) if (name in o && !(name in payload)) payload[name] = o[name];
    const time = [o.eventTime, o["@timestamp"], o.timestamp].map(when).find(Boolean);
    return inner(payload, { account: o.meta?.userAccountIds?.[0] ?? outside.account, time: time ?? outside.time }, file);
  }
  if (holdsObject(o["oslo.message"])) return inner(o["oslo.message"], outside, file);
  if (holdsObject(o.payload) && ("event_type" in o || "publisher_id" in o || "message_id" in o))
    return inner(o.payload, { ...outside, time: when(o.timestamp) ?? outside.time }, file);
  if (isText(o.eventName) && ("eventCreateDate" in o || "objectName" in o || "objectId" in o)) return { event: classic(o) };
  return { other: true };
}

function unprefixed(value, ours) {
  if (Array.isArray(value)) return value.map((item) => unprefixed(item, ours));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => {
    const bare = name.slice(2);
    const strips = name.startsWith("o_") && bare && !(bare in value) && (ours || typeof member === "object");
    const now = strips ? bare : name;
    return [now, unprefixed(member, ours && now !== "requestData" && now !== "responseData")];
  }));
}

/** RFC 8785; JSON.stringify writes numbers and texts as it asks, and sort() is by UTF-16 units. */
const canonical = (v) => Array.isArray(v) ? `[${v.map(canonical).join(",")}]`
  : isObject(v) ? `{${Object.keys(v).sort().map((name) => `${JSON.stringify(name)}:${canonical(v[name])}`).join(",")}}`
  : JSON.stringify(v);
const hashOf = (content) => createHash("sha256").update(canonical(content)).digest("hex");
const parsedBody = (v) => (typeof v === "string" && /^\s*[{[]/.test(v) ? json(v)?.value ?? v : v);
const text = (v) => (typeof v === "number" ? String(v) : isText(v) ? v : null);

function flat(e, outside) {
  const { id, event_uuid, eventId, logSourceCRN, saveServiceCopy, ...content } = e;
  for (const name of ["requestData", "responseData"]) if (name in content) content[name] = parsedBody(content[name]);
  const own = when(e.eventTime), target = e.target ?? {};
  return {
    id: text(id) ?? text(event_uuid) ?? text(eventId), hash: hashOf(content), body: content, action: e.action,
    at: own ?? outside.time ?? null,
    outcome: e.outcome == null ? "none" : ["success", "failure", "pending"].find((word) => word === String(e.outcome).toLowerCase()) ?? "unknown",
    initiator: text(e.initiator?.name) ?? text(e.initiator?.id), source: text(logSourceCRN),
    target: { id: text(target.id), name: text(target.name), type: text(target.typeURI) },
    account: scope(text(logSourceCRN)) ?? scope(text(target.id)) ?? (outside.account ? outside.account.replace(/^a\//, "") : null), classic: false,
  };
}

function classic(o) {
  const content = { ...o, ...("metaData" in o ? { metaData: parsedBody(o.metaData) } : {}) };
  return {
    id: null, hash: hashOf(content), body: content, action: o.eventName, at: when(o.eventCreateDate), outcome: "none",
    initiator: text(o.username) ?? text(o.userId), source: null,
    target: { id: text(o.objectId), name: text(o.label), type: text(o.objectName) }, account: text(o.accountId), classic: true,
  };
}

/** At most ten parts; the last keeps its colons. */
export function crn(written) {
  if (!written?.startsWith("crn:")) return null;
  const parts = written.split(":");
  const ten = [...parts.slice(0, 9), parts.slice(9).join(":")];
  while (ten.length < 10) ten.push("");
  return ten.map((part) => part ?? "");
}
export const scope = (written) => { const m = /^a\/(.+)$/.exec(crn(written)?.[6] ?? ""); return m ? m[1] : null; };

/** Nanoseconds as a BigInt, or null. */
export function when(written) {
  if (typeof written === "number" || /^-?\d+$/.test(written ?? "")) {
    let n = BigInt(Math.trunc(Number(written)));
    if (n < 100_000_000n) return null;
    while (n < 100_000_000_000_000_000n) n *= 1000n;
    return n;
  }
  const m = /^\s*(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d))?(?:[.,](\d+))?\s*([Zz]|[+-]\d\d:?\d\d|[+-]\d\d)?\s*$/.exec(written ?? "");
  if (!m) return null;
  const zone = (m[5] ?? "Z").replace(/^([+-]\d\d):?(\d\d)?$/, (_, h, min) => `${h}:${min ?? "00"}`).toUpperCase();
  const ms = Date.parse(`${m[1]}T${m[2]}:${m[3] ?? "00"}${zone}`);
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000_000n + BigInt((m[4] ?? "").padEnd(9, "0").slice(0, 9));
}

/** RFC 3339 with Z, without trailing zeros. */
export function shown(at) {
  if (at === null) return null;
  const whole = at >= 0n ? at / 1_000_000_000n : (at - 999_999_999n) / 1_000_000_000n;
  const fraction = (at - whole * 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return `${new Date(Number(whole) * 1000).toISOString().slice(0, 19)}${fraction && `.${fraction}`}Z`;
}
