export interface MemoryTrend {
  /** bytes a minute, by least squares over the last two thirds */
  slopePerMinute: number;
  /** mean of the last third over the mean of the middle third, less 1 */
  growth: number;
  highestBytes: number;
}

/** What grows by more than this from the middle third to the last one is not flat. */
export const FLAT_GROWTH = 0.1;

/**
 * How memory went over a soak. The first third is left out: caches and compiled code fill it.
 *
 * @param points at least nine, in the order of time
 */
export function memoryTrend(points: readonly { seconds: number; bytes: number }[]): MemoryTrend {
  if (points.length < 9) throw new RangeError('too few points for a trend');
  const third = Math.floor(points.length / 3);
  const middle = points.slice(third, 2 * third);
  const last = points.slice(2 * third);
  const settled = [...middle, ...last];
  const meanX = mean(settled.map(({ seconds }) => seconds));
  const meanY = mean(settled.map(({ bytes }) => bytes));
  const covariance = settled.reduce((sum, { seconds, bytes }) => sum + (seconds - meanX) * (bytes - meanY), 0);
  const variance = settled.reduce((sum, { seconds }) => sum + (seconds - meanX) ** 2, 0);
  return {
    slopePerMinute: (covariance / variance) * 60,
    growth: mean(last.map(({ bytes }) => bytes)) / mean(middle.map(({ bytes }) => bytes)) - 1,
    highestBytes: Math.max(...points.map(({ bytes }) => bytes)),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
