// Ours at growing sizes: time to read, memory, and the time of some questions. Events are made up in the page and read
// piece by piece, so that ten million need no file.
import { openPage } from "./browser.mjs";
import { median } from "./stats.mjs";
import { worksOf } from "./works.mjs";

const ASKED = ["a person typed: filter, count, histogram", "eight facets under two clauses", "brush step, ten facets follow", "fleet at an instant"];
const SAMPLES = 7;

export async function measureGrowth({ site, data, plan, say }) {
  const sizes = [];
  for (const n of plan.growth) {
    say(`growth: ${n.toLocaleString("en")} events`);
    const size = { n };
    sizes.push(size);
    const ours = await openPage(`${site.url}?peer=ours`);
    try {
      await ours.page.waitForFunction(() => "bench" in globalThis);
      Object.assign(size, await ours.call((n) => bench.grow(n), n, 30));
      size.memory = await ours.memory();
      size.asks = {};
      for (const { name, question, values } of worksOf({ ...data, n }).filter(({ name }) => ASKED.includes(name))) {
        const times = [];
        for (let at = 0; at < SAMPLES + 2; at++) times.push((await ours.call(([question, values]) => bench.ask(question, values), [question, values(at)])).ms);
        size.asks[name] = median(times.slice(2));
      }
      [size.wasmAfter] = (await ours.call(() => bench.ask("held"))).answer;
    } catch (error) {
      size.failed = String(error.message).split("\n")[0];
      say(`growth: ${n}: ${size.failed}`);
    } finally {
      await ours.close();
    }
  }
  return sizes;
}
