// Which resource each event lands on, by rules.md, "A resource's identity".
import { crn, scope } from "./read.mjs";

export const LIVED = ["vsi", "bare-metal", "instance", "bare-metal-server", "volume"];
export const named = (text) => (text === null || ["", "-", "*"].includes(text) ? null : text);

// The catalogue of events.md section 2: what a verb does. "-sub" verbs act on a part of the server.
const POWER = { provision: "on", "power-on": "on", "power-off": "off", "soft-power-off": "off", "force-power-off": "off", reboot: "on",
  "soft-reboot": "on", "hard-reboot": "on", pause: "suspended", rescue: "rescue", reload: "on", boot: "on", rename: null, reclaim: null };
const VSI_ONLY = ["soft-power-off", "force-power-off", "pause", "boot", "reclaim"];
const PARTS = { port: ["disable", "enable"], "port-speed": ["update"], "security-group": ["add", "remove"], "image-template": ["create"] };
const CLASSIC_WORDS = { "os reload": "reload", "boot from image": "boot", "disable port": "-port.disable", "enable port": "-port.enable",
  "update port speed": "-port-speed.update", "security group added": "-security-group.add", "security group removed": "-security-group.remove",
  "create image template": "-image-template.create" };
const CLASSIC_KINDS = { cci: "vsi", "virtual guest": "vsi", "virtual server": "vsi", server: "bare-metal", "bare metal instance": "bare-metal",
  "bare metal server": "bare-metal", hardware: "bare-metal" };

/** The catalogue's row of an action, or null. */
export function act(action) {
  let m = /^audit-log\.(vsi|bare-metal)(?:-(port|port-speed|security-group|image-template))?\.([a-z-]+)$/.exec(action);
  if (m) {
    const [, kind, part, verb] = m, isVsi = kind === "vsi";
    if (part) return PARTS[part].includes(verb) && (isVsi || part.startsWith("port")) ? { kind, part, verb, lives: true } : null;
    if (!(verb in POWER) || (!isVsi && VSI_ONLY.includes(verb))) return null;
    return { kind, verb, power: POWER[verb], begins: verb === "provision", ends: verb === "reclaim", renames: verb === "rename",
      images: verb === "reload" || verb === "boot", lives: verb !== "reclaim" };
  }
  m = /^is\.(instance|bare-metal-server|volume)\.\1\.(create|delete|update|start|stop|restart)$/.exec(action);
  if (m) {
    const [, kind, verb] = m, powers = { create: "unknown", start: "on", stop: "off", restart: "on" };
    if (kind === "volume" && !["create", "delete", "update"].includes(verb)) return null;
    // A volume has no power, and its create gives none to a server that it names.
    return { kind, verb, power: kind === "volume" ? null : powers[verb] ?? null, begins: verb === "create", ends: verb === "delete", lives: verb !== "delete" };
  }
  if (action === "is.bare-metal-server.initialization.update") return { kind: "bare-metal-server", verb: "update", images: true, lives: true };
  m = /^is\.instance\.(action|network-interface|volume-attachment)\.([^.]+)$/.exec(action);
  return m ? { kind: "instance", part: m[1], verb: m[2], lives: true } : null;
}

function classicAct(x) {
  const kind = CLASSIC_KINDS[(x.target.type ?? "").trim().toLowerCase()];
  const words = x.action.trim().toLowerCase(), suffix = CLASSIC_WORDS[words] ?? words.replaceAll(" ", "-");
  // The object is the server, whatever was done to a part of it.
  return { kind: kind ?? "other", act: kind ? act(`audit-log.${kind}${suffix.startsWith("-") ? suffix : `.${suffix}`}`) : null };
}

/** Values on the listed paths (inferred, as the page's help lists them), names without regard to case, `_` and `-`. */
const LISTED = {
  port: "port portName portId ports interface interfaceName networkInterface networkInterfaceName networkInterfaceId nic networkComponent networkComponentName networkComponentId",
  speed: "speed portSpeed newSpeed speedMbps maxSpeed networkSpeed port.speed port.maxSpeed interface.speed networkInterface.speed networkComponent.speed networkComponent.maxSpeed",
  group: "securityGroup securityGroupId securityGroups securityGroupIds groupId securityGroupName",
  name: "newName name hostname fullyQualifiedDomainName displayName",
  oldName: "oldName previousName formerName originalName",
  image: "image imageName imageId imageTemplate imageTemplateName imageTemplateId operatingSystem operatingSystemReference os osName",
  server: "vsi vsiId virtualServer virtualServerId virtualGuest virtualGuestId guest guestId bareMetal bareMetalId bareMetalServer bareMetalServerId hardware hardwareId instance instanceId instanceCrn server serverId serverCrn device deviceId",
};
const bare = (name) => name.toLowerCase().replace(/[_-]/g, "");
const member = (v, name) => v !== null && typeof v === "object" && !Array.isArray(v)
  ? v[name] ?? v[Object.keys(v).find((other) => bare(other) === bare(name))] : undefined;
export function listed(x, what) {
  return ["requestData", "responseData", "metaData"].flatMap((root) => LISTED[what].split(" ")
    .map((path) => path.split(".").reduce(member, x.body[root]))).filter((v) => v !== undefined);
}
export function word(v, members) {
  if (typeof v === "string") return named(v.trim());
  if (Number.isInteger(v)) return String(v);
  if (v === null || typeof v !== "object" || Array.isArray(v)) return null;
  return members.map((name) => word(member(v, name), [])).find((w) => w) ?? null;
}

const lastOf = (id) => { const parts = crn(id); return parts ? parts[9] || parts[7] || null : id; };
const sameButLocation = (id) => { const parts = crn(id); parts[5] = ""; return parts.join(":"); };

/** Gives every event `kind`, `act` and `resource` ({kind, ids, account, events}); returns the resources. */
export function resolve(events) {
  const accounts = new Set(events.flatMap((x) => [x.account, scope(x.target.id)]).filter(Boolean));
  const only = accounts.size === 1 ? [...accounts][0] : null;
  for (const x of events) {
    const found = x.classic ? classicAct(x) : { act: act(x.action), kind: act(x.action)?.kind ?? "other" };
    Object.assign(x, found, { knownAccount: x.account ?? only, resource: null, isItself: true });
  }
  const nodes = new Map();
  // Of a CRN that says no account, the only one among its events', else each event's own.
  const ofCrn = new Map();
  for (const x of events) if (crn(x.target.id) && !scope(x.target.id) && x.account) {
    const key = sameButLocation(x.target.id);
    ofCrn.set(key, (ofCrn.get(key) ?? new Set()).add(x.account));
  }
  const accountOf = (x, id) => {
    const told = crn(id) && !scope(id) ? [...(ofCrn.get(sameButLocation(id)) ?? [])] : [];
    return (crn(id) && scope(id)) ?? (told.length === 1 ? told[0] : x.knownAccount);
  };
  const keyOf = (x, kind, id, name) => {
    if (crn(id)) return JSON.stringify([sameButLocation(id), accountOf(x, id)]);
    const path = x.classic ? ["", (x.target.type ?? "").trim()] : objectOf(x.action);
    return JSON.stringify([kind, x.knownAccount, ...(LIVED.includes(kind) ? [] : path), id, name]);
  };
  const node = (x, kind, id, name = null) => {
    const key = keyOf(x, kind, id, name);
    if (!nodes.has(key)) nodes.set(key, { kinds: new Set(), own: new Set(), ids: new Set(), name, account: accountOf(x, id), isCrn: !!crn(id), events: [] });
    const found = nodes.get(key);
    found.kinds.add(kind);
    if (id) found.ids.add(id);
    return found;
  };
  const own = (x, kind) => {
    const id = named(x.target.id), name = named(x.target.name);
    return id ? node(x, kind, id) : name ? node(x, kind, null, name) : null;
  };
  const isPart = (x) => !x.classic && x.act?.part;
  for (const x of events) if (!isPart(x)) { x.node = own(x, x.kind); x.node?.own.add(x.kind); }
  // A server that events of its own know: by the same id, or by the id that a CRN ends with.
  const known = [...nodes.values()].filter((n) => n.own.size > 0);
  const byEnd = new Map();
  for (const n of known) for (const kind of n.own) for (const id of n.ids) {
    const key = JSON.stringify([kind, lastOf(id)]);
    byEnd.set(key, (byEnd.get(key) ?? new Set()).add(n));
  }
  const same = (x, id, name = null) => { const n = nodes.get(keyOf(x, x.kind, id, name)); return n?.own.has(x.kind) ? n : null; };
  const server = (x, id) => {
    const account = accountOf(x, id), all = [...(byEnd.get(JSON.stringify([x.kind, lastOf(id)])) ?? [])];
    const ends = all.filter((n) => (!account || n.account === account) && n.isCrn !== !!crn(id) && (!crn(id) || crn(id)[8] === ""));
    return same(x, id) ?? (ends.length === 1 ? ends[0] : null);
  };
  for (const x of events) if (isPart(x)) {
    const id = named(x.target.id), name = named(x.target.name);
    if (crn(id)?.[8] === x.kind || x.target.type?.split("/").at(-1) === x.kind) { x.node = own(x, x.kind); continue; }
    const target = id ? server(x, id) : name ? same(x, null, name) : null;
    const source = crn(x.source) && lastOf(x.source) ? [x.source] : [];
    const places = [...source, ...listed(x, "server").map((v) => word(v, ["crn", "id"])).filter(Boolean)];
    x.node = target ?? null;
    for (const place of places) x.node ??= server(x, place) ?? (!crn(place) || crn(place)[8] === x.kind ? node(x, x.kind, place) : null);
    x.isItself = !!target || !x.node;
    x.node ??= own(x, "other");
  }
  // A bare id joins the CRN of its kind and account that ends with it.
  const kindOf = (n) => { const lived = LIVED.filter((kind) => n.kinds.has(kind)); return lived.find((kind) => [...n.ids].some((id) => crn(id)?.[8] === kind)) ?? lived[0] ?? "other"; };
  const crns = new Map();
  for (const n of nodes.values()) if (n.isCrn) {
    const key = JSON.stringify([kindOf(n), lastOf([...n.ids][0])]);
    crns.set(key, [...(crns.get(key) ?? []), n]);
  }
  for (const n of nodes.values()) {
    if (n.isCrn || n.ids.size === 0 || kindOf(n) === "other") continue;
    const fits = (crns.get(JSON.stringify([kindOf(n), [...n.ids][0]])) ?? []).filter((c) => !n.account || c.account === n.account);
    if (fits.length === 1) n.joined = fits[0];
  }
  for (const x of events) if (x.node) { x.resource = x.node.joined ?? x.node; x.resource.events.push(x); for (const id of x.node.ids) x.resource.ids.add(id); }
  const resources = [...nodes.values()].filter((n) => n.events.length > 0);
  for (const n of resources) {
    n.kind = kindOf(n);
    const longest = (a, b) => b.length - a.length || (a < b ? -1 : 1);
    n.id = [...n.ids].filter((id) => crn(id)).sort(longest)[0] ?? [...n.ids][0] ?? `name:${n.name}`;
  }
  return resources;
}

/** Service and object of `service.object.verb`, where the service may hold a dot, or of `verb/object`. */
function objectOf(action) {
  if (action.includes("/")) return ["", action.slice(action.indexOf("/") + 1)];
  if (action.includes(" ") || !action.includes(".")) return ["", ""];
  const path = action.split(".").slice(0, -1);
  return path.length === 1 ? [path[0], ""] : [path.slice(0, -1).join("."), path.at(-1)];
}
