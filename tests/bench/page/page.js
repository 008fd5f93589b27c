// One peer in one page. bench.mjs opens it with `?peer=NAME` and calls `bench`; times are taken here, beside the peer.
import { bytesOf, piecesOf } from "./bytes.js";

const peer = await import(`./peers/${new URLSearchParams(location.search).get("peer")}.js`);
let store;

globalThis.bench = {
  /** Reads the text of an address as it comes. Gives milliseconds, bytes and events. */
  async load(url) {
    const began = performance.now();
    const seen = { bytes: 0 };
    store = await peer.open(bytesOf(url, seen));
    return { ms: performance.now() - began, bytes: seen.bytes, events: store.n };
  },

  /** Reads a text that is already in the page into a store of its own, and lets go of it. */
  async ingest(url) {
    this.text ??= new Uint8Array(await (await fetch(url)).arrayBuffer());
    const began = performance.now();
    const other = await peer.open(piecesOf(this.text));
    const ms = performance.now() - began;
    await other.close?.();
    return { ms, answer: other.n };
  },

  /** For a peer that shows: where its chart or list stands, and how long until it stood there. */
  async show(url) {
    const began = performance.now();
    const shown = await peer.show(bytesOf(url, { bytes: 0 }));
    return { ms: performance.now() - began, ...shown };
  },

  /** Lets the peer make up events and read them piece by piece; what it made is asked from then on. */
  async grow(n) {
    const { grown, ...figures } = await peer.grow(n);
    store = grown;
    return figures;
  },

  forget() {
    delete this.text;
  },

  /** What this peer has an answer to. */
  can: () => Object.keys(store).filter((name) => typeof store[name] === "function"),

  /** One question with its answer and how long it took, in milliseconds. */
  async ask(question, values) {
    const began = performance.now();
    let answer = store[question](values);
    if (answer instanceof Promise) answer = await answer;
    return { ms: performance.now() - began, answer: [answer].flat() };
  },
};
