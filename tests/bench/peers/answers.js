// Answers in the one form that all peers give, so that they can be held against each other.
const TOP = 10;

/** How many values occur, then the counts of the ten most frequent. */
export function top(counts) {
  const most = new Array(TOP).fill(0);
  let distinct = 0;
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at];
    distinct += count > 0 ? 1 : 0;
    if (count <= most[TOP - 1]) continue;
    let place = TOP - 1;
    for (; place > 0 && most[place - 1] < count; place--) most[place] = most[place - 1];
    most[place] = count;
  }
  return [distinct, ...most];
}

/** A resource's events by time, all of them at hand: how many, how many failed, the first and the last. */
export function historyOf(events) {
  const failures = events.filter(({ outcome }) => outcome === "failure").length;
  return [events.length, failures, events[0].time, events.at(-1).time];
}
