// Starts the app under Trusted Types: makes the one policy, `lifeline`, and hands the wasm its files.
//
// The policy is a fixed grammar, not a pass-through: text from an event can't become markup even if a view made the
// mistake. Everything that isn't in the grammar throws, and names what it was.

const TAGS = new Set(
  ("a abbr article aside b br button caption code col colgroup dd details dialog div dl dt em fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 header hr i input kbd label legend li main mark menu nav ol optgroup option output " +
    "p pre progress section select small span strong sub summary sup table tbody td template textarea tfoot th thead " +
    "time tr u ul wbr canvas " +
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs pattern clippath use symbol")
    .split(" "),
);
const ATTRIBUTES = new Set(
  ("class id role title lang dir tabindex hidden for type name value placeholder checked selected disabled readonly " +
    "required multiple open colspan rowspan scope href rel download datetime autocomplete autocapitalize spellcheck " +
    "inputmode enterkeyhint maxlength min max step rows cols wrap label accept inert popover popovertarget " +
    "popovertargetaction draggable contenteditable autofocus webkitdirectory " +
    "viewbox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform fill stroke stroke-width stroke-linecap " +
    "stroke-linejoin stroke-dasharray fill-rule clip-rule clip-path opacity preserveaspectratio patternunits " +
    "text-anchor dominant-baseline focusable xmlns")
    .split(" "),
);
// A tag, a comment without a comment inside, or text without a tag.
const TOKEN = /<!--[^<>]*-->|<!>|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9:-]*(?:="[^"<>]*")?)*)\s*\/?>|[^<]+/giy;
const ATTRIBUTE = /([a-z][a-z0-9:-]*)(?:="([^"]*)")?/gi;
const SCHEME = /^[\s\p{Cc}]*[a-z][a-z0-9+.-]*:/iu;

function refuse(what, html) {
  throw new TypeError(`lifeline: markup refused: ${what} in ${html.slice(0, 200)}`);
}

function checkAttributes(text, html) {
  for (const [, rawName, value] of text.matchAll(ATTRIBUTE)) {
    const name = rawName.toLowerCase();
    if (!ATTRIBUTES.has(name) && !/^(aria|data)-/.test(name)) refuse(`attribute ${name}`, html);
    // A link inside static markup goes to a place in the page, and entities could hide a scheme.
    if (name === "href" && !/^[#.]/.test(value ?? "")) refuse(`href ${value}`, html);
    if (name !== "xmlns" && !/^(aria|data)-|^(title|placeholder|value|label)$/.test(name) && SCHEME.test(value ?? ""))
      refuse(`value of ${name}`, html);
  }
}

function createHTML(html) {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < html.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(html);
    if (!token) refuse(`"${html.slice(at, at + 40)}"`, html);
    const [, , tag, attributes] = token;
    if (!tag) continue;
    if (!TAGS.has(tag.toLowerCase())) refuse(`tag ${tag}`, html);
    checkAttributes(attributes, html);
  }
  return html;
}

const folder = new URL(".", document.baseURI).href;

function createScriptURL(text) {
  const url = new URL(text, document.baseURI);
  const ours = url.href.startsWith(folder) || url.href.startsWith(`blob:${location.origin}/`);
  if (!ours) throw new TypeError(`lifeline: script address refused: ${url.href}`);
  return url.href;
}

const policy = globalThis.trustedTypes?.createPolicy("lifeline", { createHTML, createScriptURL }) ??
  { createHTML, createScriptURL };

// Leptos parses the static parts of a view through innerHTML of a template, or of a loose <g> for SVG. Only these two
// may, and only while they are in no document; every other sink still throws.
const innerHTML = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
for (const { prototype } of [HTMLTemplateElement, SVGGElement]) {
  Object.defineProperty(prototype, "innerHTML", {
    ...innerHTML,
    set(html) {
      innerHTML.set.call(this, this.isConnected ? html : policy.createHTML(String(html)));
    },
  });
}

const meta = (name) => document.querySelector(`meta[name="lifeline-${name}"]`).content;
const absolute = (name) => new URL(meta(name), document.baseURI).href;

if (!document.documentElement.hasAttribute("data-refused")) {
  // Read by src/app/engine.rs, which starts the worker, and starts it again after a failure.
  globalThis.lifelineBoot = Object.freeze({ workerUrl: policy.createScriptURL(meta("worker")) });
  try {
    const app = await import(absolute("js"));
    await app.default({ module_or_path: absolute("wasm") });
  } catch (error) {
    const state = document.getElementById("start-state");
    if (!state) throw error;
    state.textContent =
      "Lifeline could not load its program: " + (error?.message ?? error) + ". Reload the page; if it stays, the files on the server may be incomplete.";
    console.error(error);
  }
}
