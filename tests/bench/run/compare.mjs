// Ours and one peer, each in a renderer of its own: loads both, holds their answers against each other, then times them
// in turns, so that whatever else the machine does falls on both.
import { openPage } from "./browser.mjs";
import { worksOf } from "./works.mjs";

const WARM = 5;
const SAMPLES = 20;
const CHECKED = 2;
/** A work that takes longer has fewer samples. */
const MOST_MS = 20_000;

export async function compareWith(peer, { site, data, little, plan, say }) {
  say(`${peer}: reading ${data.n.toLocaleString("en")} events beside ours`);
  const found = { peer, works: [] };
  const pages = {};
  try {
    for (const name of ["ours", peer]) {
      pages[name] = await openPage(`${site.url}?peer=${name}`);
      await pages[name].page.waitForFunction(() => "bench" in globalThis);
    }
    const { ours } = pages;
    const other = pages[peer];
    found.ingest = await attempt(() => ingest(ours, other, little, plan));
    found.ingest.bytes = little.bytes;
    found.load = { ours: await load(ours, data) };
    found.load.theirs = await attempt(() => load(other, data));
    if (found.load.theirs.failed) return found;
    const can = await other.call(() => bench.can());
    const answers = await ours.call(() => bench.can());
    for (const work of worksOf(data).filter(({ question }) => answers.includes(question))) {
      if (other.hasCrashed()) break;
      const { name, work: number } = work;
      const cannot = !can.includes(work.question);
      const result = { cannot, ...(await attempt(() => inTurns(ours, cannot ? null : other, work, plan))) };
      found.works.push({ work: number, name, ...result });
      if (result.failed) say(`${peer}: ${name}: ${result.failed}`);
    }
    found.memoryAfter = { ours: await ours.memory(), theirs: await other.memory() };
  } finally {
    for (const page of Object.values(pages)) await page.close();
  }
  return found;
}

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    return { failed: String(error.message ?? error).split("\n")[0].slice(0, 200) };
  }
}

const ingestOnce = (page, { file }) => page.call((url) => bench.ingest(url), `data/${file}`);

async function ingest(ours, other, little, plan) {
  const samples = { ours: [], theirs: [] };
  for (let n = -1; n < plan.ingests; n++) {
    const [mine, theirs] = [await ingestOnce(ours, little), await ingestOnce(other, little)];
    if (mine.answer !== theirs.answer) throw new Error(`${theirs.answer} events, ours ${mine.answer}`);
    if (n < 0) continue;
    samples.ours.push(mine.ms);
    samples.theirs.push(theirs.ms);
  }
  for (const page of [ours, other]) await page.call(() => bench.forget());
  return samples;
}

async function load(page, data) {
  const { result, most } = await page.peakDuring(() => page.call((url) => bench.load(url), `data/${data.file}`));
  return { ...result, peak: most, memory: await page.memory() };
}

/** Checks the answers to questions that are not asked again, then takes the samples: ours, theirs, ours, theirs. What the
    other can't is asked of ours alone. */
async function inTurns(ours, other, { question, values, before, samples = SAMPLES }, plan) {
  const ask = async (page, n) => {
    if (before) await page.call(([question, values]) => bench.ask(question, values), [question, before(n)], 1);
    return page.call(([question, values]) => bench.ask(question, values), [question, asked[n]], 1);
  };
  const total = CHECKED + WARM + Math.ceil(samples * plan.share);
  const asked = Array.from({ length: total }, (_, n) => values(n));
  const found = { first: {}, ours: [], theirs: [] };
  let spent = 0;
  for (let n = 0; n < total; n++) {
    const mine = await ask(ours, n);
    const theirs = other ? await ask(other, n) : { ms: NaN, answer: mine.answer };
    const different = mine.answer.findIndex((value, at) => value !== theirs.answer[at]);
    if (different >= 0 || mine.answer.length !== theirs.answer.length) {
      throw new Error(`another answer to ${JSON.stringify(asked[n]).slice(0, 60)}: at ${different} ${theirs.answer[different]}, ours ${mine.answer[different]}`);
    }
    spent += theirs.ms || 0;
    if (n === 0) found.first = { ours: mine.ms, theirs: theirs.ms };
    if (n < CHECKED + WARM) continue;
    found.ours.push(mine.ms);
    found.theirs.push(theirs.ms);
    if (spent > MOST_MS && found.theirs.length >= 5) break;
  }
  return found;
}
