// The events as an Arrow table, for peers that read Arrow best. Words stay dictionaries.
import { Dictionary, Float64, Int32, makeData, makeVector, Table, Utf8, vectorFromArray } from "apache-arrow";
import { columnsOf } from "./columns.js";

/** `time` is milliseconds as a plain number. */
export async function tableOf(pieces) {
  const { n, time, id, texts } = await columnsOf(pieces);
  const columns = { id: vectorFromArray(id, new Utf8()), time: makeVector(makeData({ type: new Float64(), data: time })) };
  for (const [name, { codes, words }] of Object.entries(texts)) {
    const type = new Dictionary(new Utf8(), new Int32());
    const dictionary = vectorFromArray(words, new Utf8());
    columns[name] = makeVector(makeData({ type, data: Int32Array.from(codes), dictionary, length: n }));
  }
  return new Table(columns);
}
