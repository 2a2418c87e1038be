/** Latencies of one drive, in milliseconds. */
export interface Latencies {
  p50: number;
  p95: number;
  p99: number;
}

/**
 * Exact percentiles of all latencies, interpolated between the two nearest ones (as percentile_cont does): autocannon's
 * own histogram has whole milliseconds and no 95th.
 */
export function latenciesOf(milliseconds: readonly number[]): Latencies {
  if (milliseconds.length === 0) throw new RangeError('no answer, no latency');
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
