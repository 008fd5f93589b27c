// How much of everything a run takes: all of it, or little enough for minutes.

export function planOf(words) {
  const option = (name) => words.find((word) => word.startsWith(`--${name}=`))?.split("=")[1];
  const isQuick = words.includes("--quick");
  const isCheck = words.includes("--check");
  const [only, events] = [option("only"), option("events")];
  const size = isCheck ? CHECK : isQuick ? QUICK : WHOLE;
  return {
    ...size,
    isQuick,
    isCheck,
    /** At full size: only then it is the report of the checkout. */
    isWhole: !isQuick && !isCheck && !events,
    hasApp: !words.includes("--no-app"),
    peers: only?.split(",") ?? size.peers,
    nEvents: Number(events ?? size.nEvents),
  };
}

/** `ingests`, `starts`, `keys`, `openings`: samples where a work has its own number of them; `share` of all others. */
const WHOLE = {
  name: "results",
  nEvents: 1_000_000,
  nIngested: 50_000,
  peers: ["arrays", "crossfilter", "duckdb", "perspective", "arquero", "mosaic"],
  share: 1,
  ingests: 7,
  starts: 20,
  keys: 20,
  openings: 9,
  growth: [100_000, 1_000_000, 10_000_000],
  /** Rows of the app's list; marks of its timeline. */
  scrolled: [1_000_000, 10_000_000],
  marks: [1_000, 10_000, 100_000, 1_000_000],
};

const QUICK = {
  ...WHOLE,
  name: "quick",
  nEvents: 100_000,
  nIngested: 20_000,
  peers: ["arrays", "crossfilter", "duckdb"],
  share: 0.5,
  ingests: 3,
  starts: 5,
  keys: 8,
  openings: 2,
  growth: [20_000, 100_000],
  scrolled: [100_000],
  marks: [10_000],
};

const CHECK = { ...QUICK, name: "check", nEvents: 2_000, nIngested: 2_000, peers: ["arrays", "crossfilter"], ingests: 1 };
