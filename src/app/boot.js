// Starts the program, up to three times: in the page, under Trusted Types, in the worker that the page starts from this
// same file, and beside that worker, to unpack. The page compiles the program once and hands it over.
// The one policy, `lifeline`, admits addresses of our own scripts and no markup at all: nothing in the page is ever made
// from text.

if (typeof document === "undefined") serve();
else start();

/** In a worker: whoever starts it posts the address of the program's script, then the program. */
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
    .then((js) => Promise.all([import(js), next(), js]))
    .then(([app, program, js]) => {
      const startBeside = () => started(trusted(), "unpacking", js, Promise.resolve(program));
      const takeEarly = (url) => {
        const answer = early.get(url);
        early.delete(url);
        return answer;
      };
      globalThis.lifelineBoot = Object.freeze({ startBeside, takeEarly });
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
    const address = (name) => new URL(document.querySelector(`meta[name="lifeline-${name}"]`).content, document.baseURI).href;
    const js = address("js");
    const program = compiled(address("wasm"));
    const newWorker = () => {
      const worker = started(policy, "lifeline", js, program);
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
    globalThis.lifelineBoot = Object.freeze({ startWorker });
    const [app] = await Promise.all([import(js), begun, parsed]);
    if (!isRefused()) await app.default({ module_or_path: await program });
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

function started(policy, name, js, program) {
  const worker = new Worker(policy.createScriptURL(import.meta.url), { type: "module", name });
  worker.postMessage(js);
  program.then((program) => worker.postMessage(program), () => {});
  return worker;
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
