// Events as typed arrays: times, ids, and for each field codes with the words they stand for; sorted by time.
import { recordsOf, TEXTS } from "./records.js";

/** `{ n, time, id, texts: { action: { codes, words }, … } }` */
export async function columnsOf(pieces) {
  const time = new Growing(Float64Array);
  const id = [];
  const texts = Object.fromEntries(TEXTS.map((name) => [name, new Words()]));
  for await (const records of recordsOf(pieces)) {
    for (const record of records) {
      time.push(record.time);
      id.push(record.id);
      for (const name of TEXTS) texts[name].push(record[name]);
    }
  }
  return sorted(time.values(), id, texts);
}

function sorted(time, id, texts) {
  const order = Uint32Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
  const columns = { n: order.length, time: Float64Array.from(order, (row) => time[row]), id: Array.from(order, (row) => id[row]), texts: {} };
  for (const [name, { codes, words }] of Object.entries(texts)) {
    const Codes = words.length <= 0xff ? Uint8Array : words.length <= 0xffff ? Uint16Array : Uint32Array;
    const from = codes.values();
    const to = new Codes(order.length);
    for (let at = 0; at < to.length; at++) to[at] = from[order[at]];
    columns.texts[name] = { codes: to, words };
  }
  return columns;
}

class Words {
  words = [];
  codes = new Growing(Uint32Array);
  #codeOf = new Map();

  push(word) {
    let code = this.#codeOf.get(word);
    if (code === undefined) {
      code = this.words.length;
      this.words.push(word);
      this.#codeOf.set(word, code);
    }
    this.codes.push(code);
  }
}

class Growing {
  #n = 0;
  #held;

  constructor(Kind) {
    this.#held = new Kind(1 << 16);
  }

  push(value) {
    if (this.#n === this.#held.length) {
      const larger = new this.#held.constructor(2 * this.#n);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[this.#n++] = value;
  }

  values() {
    return this.#held.subarray(0, this.#n);
  }
}
