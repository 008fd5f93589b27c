// What the times from frame to frame say.
import { median, quantile } from "./stats.mjs";

/** One of 60 in a second, with what the browser's clock of frames is off by. */
const FRAME_MS = 16.7 + 0.3;

export const isSmooth = (frames) => quantile(frames, 0.95) <= FRAME_MS;

/** A frame is late where another could have come before it. */
export function frameWords(frames) {
  const late = frames.filter((ms) => ms > 1.5 * FRAME_MS).length;
  return `median ${median(frames).toFixed(1)}, p95 ${quantile(frames, 0.95).toFixed(1)}, longest ${Math.max(...frames).toFixed(0)} ms; ${late} of ${frames.length} late`;
}
