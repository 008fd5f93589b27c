// Starts the program, up to three times: in the page, under Trusted Types, in the worker that the page starts from this
// same file, and beside that worker, to unpack. The page compiles the program once and hands it over.
// The one policy, `lifeline`, admits addresses of our own scripts and no markup at all: nothing in the page is ever made
// from text.

if (typeof document === "undefined") serve();
else start();

/** In a worker: whoever starts it posts the addresses of the program's files, then the program. */
function serve() {
  // Thrown from a timer it is the worker's error, which the page hears and says.
  const fail = (error) => setTimeout(() => { throw error; });
  // The program that ends in the midst of reading says so by a promise alone.
  addEventListener("unhandledrejection", ({ reason }) => fail(reason));
  const next = () => new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data), { once: true }));
  const early = new Map();
  if (self.name === "lifeline") askAhead(early);
  // A page at work starts no thread and hands nothing on: it waits for this.
  postMessage("begun");
  next()
    .then((files) => Promise.all([import(files.js), next(), files]))
    .then(([app, program, files]) => {
      const startBeside = () => started(trusted(), "unpacking", files, Promise.resolve(program));
      const takeEarly = (url) => {
        const answer = early.get(url);
        early.delete(url);
        return answer;
      };
      const { joinRest } = restAt(files.rest);
      globalThis.lifelineBoot = Object.freeze({ startBeside, takeEarly, joinRest });
      return app.default({ module_or_path: program });
    })
    .catch(fail);
}

/** What the program asks first, on its way before there is a program: the configuration, its manifests, their first files. */
function askAhead(early) {
  const base = import.meta.url;
  const ask = (url, options, follow) => {
    const answer = fetch(url, options).then(async (answer) => {
      // What it names is on its way before anybody else reads it.
      if (follow) await answer.clone().json().then(follow).catch(() => {});
      return answer;
    });
    // Whoever takes it hears why it failed.
    answer.catch(() => {});
    early.set(url.href, answer);
  };
  const askFirst = (manifest) => ({ files }) => {
    const url = new URL(files[0].url, manifest);
    // The program decides about other servers.
    if (url.origin === location.origin) ask(url);
  };
  ask(new URL("config.json", base), { cache: "no-cache" }, ({ sources }) => {
    const manifests = sources.flatMap(({ manifest }) => (manifest ? new URL(manifest, base) : []));
    for (const url of manifests) ask(url, {}, askFirst(url));
  });
}

async function start() {
  // By then start.js has had its say; what takes long begins before it.
  const parsed = new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    for (const name of ["DOMContentLoaded", "load"]) addEventListener(name, resolve, { once: true });
  });
  const isRefused = () => document.documentElement.hasAttribute("data-refused");
  try {
    const policy = trusted();
    const files = Object.fromEntries(
      Array.from(document.querySelectorAll("meta[name^=lifeline-]"), ({ name, content }) => [name.slice(9), new URL(content, document.baseURI).href]),
    );
    const program = compiled(files.wasm);
    const rest = restAt(files.rest);
    // Who follows a link is about to do something; who can't wait for the rest has to have it.
    const early = location.hash.length > 1 || !mayWait() ? rest.fetch() : undefined;
    const newWorker = () => {
      const worker = started(policy, "lifeline", files, program);
      // The first that it says is that it runs.
      worker.addEventListener("message", (event) => { event.stopImmediatePropagation(); begin(); }, { once: true });
      return worker;
    };
    let begin;
    const begun = new Promise((resolve) => { begin = resolve; });
    // It begins beside the page, not after it; src/app/engine.rs takes it with what it said meanwhile, and more of them
    // after a failure.
    let first = newWorker();
    const said = [];
    first.onmessage = ({ data }) => said.push(data);
    // Before the program can hear of it: it starts another, and hears what that one says.
    first.onerror = () => { first = null; begin(); };
    const startWorker = () => {
      const worker = first ?? newWorker();
      if (first) queueMicrotask(() => { for (const data of said) worker.dispatchEvent(new MessageEvent("message", { data })); });
      first = null;
      return worker;
    };
    // Safari tells a trackpad's pinch by events of its own; everybody else by a wheel with Ctrl. Fingers on a screen are
    // pointers everywhere.
    if (!navigator.maxTouchPoints) for (const name of ["gesturestart", "gesturechange"]) addEventListener(name, pinched, { passive: false });
    globalThis.lifelineBoot = Object.freeze({ startWorker, joinRest: rest.joinRest });
    const [app] = await Promise.all([import(files.js), begun, parsed, early]);
    if (isRefused()) return;
    await app.default({ module_or_path: await program });
    // Whoever does any of this is about to do something else.
    const fetchRest = () => rest.fetch().then((isHere) => isHere && app.load_rest());
    for (const name of ["pointermove", "pointerdown", "wheel", "keydown", "focusin", "hashchange", "dragenter"]) {
      addEventListener(name, fetchRest, { once: true, capture: true, passive: true });
    }
  } catch (error) {
    await parsed;
    if (isRefused()) return;
    const state = document.getElementById("start-state");
    if (!state) throw error;
    state.textContent =
      "Lifeline could not load its program: " + (error?.message ?? error) + ". Reload the page; if it stays, the files on the server may be incomplete.";
    console.error(error);
  }
}

/** The one policy of this thread. */
function trusted() {
  return globalThis.trustedTypes?.createPolicy("lifeline", { createScriptURL }) ?? { createScriptURL };
}

function started(policy, name, files, program) {
  const worker = new Worker(policy.createScriptURL(import.meta.url), { type: "module", name });
  worker.postMessage(files);
  program.then((program) => worker.postMessage(program), () => {});
  return worker;
}

/**
 * The rest of the program: what no first visit runs, made by scripts/split.mjs. A build without that script has it in the
 * program, and no address for it.
 */
function restAt(url) {
  let coming, module;
  return {
    /** In the background; says whether it is here. What fails is tried again by the next who asks. */
    fetch() {
      if (url) coming ??= compiled(url).then((compiled) => { module = compiled; return true; }, () => { coming = undefined; return false; });
      return coming ?? Promise.resolve(false);
    },
    /** To the instance with these exports; where it isn't here, only for who `waits`: everything stands still meanwhile. */
    joinRest(exports, waits) {
      if (exports.$rest?.value !== 0 || !(module || waits)) return;
      try {
        module ??= new WebAssembly.Module(fetchedAtOnce(url));
        new WebAssembly.Instance(module, { "": exports });
      } catch (error) {
        const words = `The rest of Lifeline's program could not be loaded: ${error?.message ?? error}. Reload the page; if it stays, the files on the server may be incomplete.`;
        if (typeof document !== "undefined") sayAbove(words);
        throw new Error(words, { cause: error });
      }
    },
  };
}

function fetchedAtOnce(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  // A page gets what comes at once as text only; so each sign is a byte.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(`${new URL(url).pathname} answered ${request.status}`);
  return Uint8Array.from(request.responseText, (sign) => sign.charCodeAt(0));
}

/**
 * Whether a page can stand still for the rest: a frame's policy may forbid it, and Chromium before 114 compiles nothing
 * above 4 kB at once, which is tried with a module that holds nothing.
 */
function mayWait() {
  if (document.featurePolicy?.allowsFeature("sync-xhr") === false) return false;
  const nothing = new Uint8Array(5000);
  nothing.set([0, 97, 115, 109, 1, 0, 0, 0, 0, 0xfd, 0x26]);
  try {
    return Boolean(new WebAssembly.Module(nothing));
  } catch {
    return false;
  }
}

/** In front of everything, once: the program that would say it has stopped in the midst of something. */
function sayAbove(words) {
  document.querySelector(".is-stopped")?.remove();
  const said = document.body.appendChild(document.createElement("p"));
  said.className = "notice is-fail is-stopped";
  said.role = "alert";
  said.textContent = words;
}

let spread = 1;

/** As a wheel that whoever draws there may take; else the page's own zoom has it. */
function pinched(event) {
  const { type, target, scale, clientX, clientY } = event;
  if (type === "gesturestart") spread = scale;
  const deltaY = 100 * Math.log(spread / scale);
  spread = scale;
  const wheel = new WheelEvent("wheel", { bubbles: true, cancelable: true, ctrlKey: true, clientX, clientY, deltaY });
  if (!target.dispatchEvent(wheel)) event.preventDefault();
}

function createScriptURL(text) {
  const base = typeof document === "undefined" ? import.meta.url : document.baseURI;
  const url = new URL(text, base);
  if (!url.href.startsWith(new URL(".", base).href)) throw new TypeError(`lifeline: script address refused: ${url.href}`);
  return url.href;
}

async function compiled(wasm) {
  const answer = await fetch(wasm);
  if (!answer.ok) throw new Error(`${new URL(wasm).pathname} answered ${answer.status}`);
  // Only as application/wasm may it be compiled while it comes.
  const streams = answer.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}
