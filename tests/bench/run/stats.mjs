// Medians and what can be said of their ratio.

export function quantile(values, at) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * at;
  const low = sorted[Math.floor(place)];
  return low + (sorted[Math.ceil(place)] - low) * (place % 1);
}

export const median = (values) => quantile(values, 0.5);

/** How many times ours theirs takes, with the interval that 95 of 100 resamplings give. */
export function ratioOf(ours, theirs) {
  const ratios = [];
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 0x7fffffff) / 0x7fffffff;
  const resampled = (values) => values.map(() => values[Math.floor(random() * values.length)]);
  for (let n = 0; n < 1000; n++) ratios.push(median(resampled(theirs)) / median(resampled(ours)));
  return { ratio: median(theirs) / median(ours), low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}
