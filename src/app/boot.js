// Starts the app under Trusted Types: makes the one policy, `lifeline`, and hands the wasm its files. The policy admits
// addresses of our own scripts and no markup at all: nothing in the page is ever made from text.

const folder = new URL(".", document.baseURI).href;

function createScriptURL(text) {
  const url = new URL(text, document.baseURI);
  const ours = url.href.startsWith(folder) || url.href.startsWith(`blob:${location.origin}/`);
  if (!ours) throw new TypeError(`lifeline: script address refused: ${url.href}`);
  return url.href;
}

const policy = globalThis.trustedTypes?.createPolicy("lifeline", { createScriptURL }) ?? { createScriptURL };

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
