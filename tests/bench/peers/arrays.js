// The honest baseline: plain JavaScript over typed arrays, as somebody who cares would write it by hand. Rows stand in
// the order of time, so a range is a slice; words are codes; a resource's rows are found by an index.
import { columnsOf } from "./columns.js";
import { SEARCHED } from "./records.js";
import { historyOf, top } from "./answers.js";

export async function open(pieces) {
  const { n, time, texts } = await columnsOf(pieces);
  const codeOf = Object.fromEntries(Object.entries(texts).map(([name, { words }]) => [name, new Map(words.map((word, code) => [word, code]))]));
  const byTarget = grouped(texts.targetId);

  /** The first row at or after an instant. */
  const rowAt = (at) => {
    let low = 0;
    for (let high = n; low < high; ) {
      const middle = (low + high) >> 1;
      if (time[middle] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const rowsIn = ([from, to]) => [rowAt(from), rowAt(to)];

  /** Which codes of its column each clause lets pass. */
  const accepted = ({ column, values }) => {
    const passes = new Uint8Array(texts[column].words.length);
    for (const value of values) {
      const code = codeOf[column].get(value);
      if (code !== undefined) passes[code] = 1;
    }
    return passes;
  };

  /** For each row of a slice how many clauses it fails. */
  const failed = (where, from, to) => {
    const fails = new Uint8Array(to - from);
    for (const clause of where) {
      const passes = accepted(clause);
      const { codes } = texts[clause.column];
      for (let row = from; row < to; row++) fails[row - from] += 1 - passes[codes[row]];
    }
    return fails;
  };

  const zeros = (fails) => {
    let count = 0;
    for (let at = 0; at < fails.length; at++) count += fails[at] === 0 ? 1 : 0;
    return count;
  };

  let brushed;
  let order;
  return {
    n,
    filter({ where, range }) {
      return zeros(failed(where, ...rowsIn(range)));
    },

    histogram({ where = [], range, bins }) {
      const [from, to] = rowsIn(range);
      const counts = new Array(bins + 1).fill(0);
      // Rows come by time: without a clause a bin is the difference of two places.
      const edge = (bin) => rowAt(range[0] + ((range[1] - range[0]) * bin) / bins);
      const fails = where.length > 0 && failed(where, from, to);
      for (let bin = 0, row = from; bin < bins; bin++) {
        const end = edge(bin + 1);
        if (fails) for (; row < end; row++) counts[bin + 1] += fails[row - from] === 0 ? 1 : 0;
        else counts[bin + 1] = end - edge(bin);
        counts[0] += counts[bin + 1];
      }
      return counts;
    },

    facets({ where, range, names }) {
      const [from, to] = rowsIn(range);
      // A row counts for a facet if it fails no clause but the facet's own.
      const fails = failed(where, from, to);
      return names.flatMap((name) => {
        const { codes, words } = texts[name];
        const own = where.find((clause) => clause.column === name);
        const passes = own && accepted(own);
        const counts = new Uint32Array(words.length);
        for (let row = from; row < to; row++) {
          const others = fails[row - from] - (own ? 1 - passes[codes[row]] : 0);
          if (others === 0) counts[codes[row]]++;
        }
        return top(counts);
      });
    },

    /** Counts follow the edges: only the rows between the old range and the new one are touched. */
    brush({ range, names }) {
      const [from, to] = rowsIn(range);
      brushed ??= { from: 0, to: 0, counts: Object.fromEntries(names.map((name) => [name, new Uint32Array(texts[name].words.length)])) };
      for (const name of names) {
        const { codes } = texts[name];
        const counts = brushed.counts[name];
        const add = (first, last, by) => {
          for (let row = first; row < last; row++) counts[codes[row]] += by;
        };
        if (to <= brushed.from || from >= brushed.to) {
          counts.fill(0);
          add(from, to, 1);
        } else {
          add(brushed.from, from, -1);
          add(from, brushed.from, 1);
          add(to, brushed.to, -1);
          add(brushed.to, to, 1);
        }
      }
      Object.assign(brushed, { from, to });
      return names.flatMap((name) => top(brushed.counts[name]));
    },

    search({ text, range }) {
      const wanted = text.toLowerCase();
      const [from, to] = rowsIn(range);
      const found = new Uint8Array(to - from);
      for (const name of SEARCHED) {
        const { codes, words } = texts[name];
        const holds = Uint8Array.from(words, (word) => (word.toLowerCase().includes(wanted) ? 1 : 0));
        if (holds.includes(1)) for (let row = from; row < to; row++) found[row - from] |= holds[codes[row]];
      }
      let count = 0;
      for (const is of found) count += is;
      return count;
    },

    /** By target, newest first where it is the same: a counting sort by the rank of words. */
    page({ range, first, count }) {
      const key = range.join();
      if (order?.key !== key) order = { key, rows: sortedBy(texts.target, ...rowsIn(range)) };
      const lines = [];
      for (const row of order.rows.subarray(first, first + count)) lines.push(`${time[row]} ${texts.target.words[texts.target.codes[row]]}`);
      return lines;
    },

    history({ id }) {
      const word = (name, row) => texts[name].words[texts[name].codes[row]];
      const rows = byTarget(codeOf.targetId.get(id));
      return historyOf(Array.from(rows, (row) => ({ time: time[row], outcome: word("outcome", row), action: word("action", row), initiator: word("initiator", row) })));
    },
  };
}

function grouped({ codes, words }) {
  const starts = new Uint32Array(words.length + 1);
  for (const code of codes) starts[code + 1]++;
  for (let code = 0; code < words.length; code++) starts[code + 1] += starts[code];
  const next = starts.slice();
  const rows = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) rows[next[codes[row]]++] = row;
  return (code) => rows.subarray(starts[code], starts[code + 1]);
}

function sortedBy({ codes, words }, from, to) {
  const byWord = Uint32Array.from(words.keys()).sort((a, b) => (words[a] < words[b] ? -1 : 1));
  const starts = new Uint32Array(words.length);
  for (let row = from; row < to; row++) starts[codes[row]]++;
  let before = 0;
  for (const code of byWord) {
    const here = starts[code];
    starts[code] = before;
    before += here;
  }
  const rows = new Uint32Array(to - from);
  for (let row = to - 1; row >= from; row--) rows[starts[codes[row]]++] = row;
  return rows;
}
