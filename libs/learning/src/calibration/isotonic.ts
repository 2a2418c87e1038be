/** A function that never falls: straight lines between points, flat outside. */
export interface Isotonic {
  /** Increasing. */
  readonly scores: readonly number[];
  /** Never falling; as many. */
  readonly probabilities: readonly number[];
}

interface Pool {
  scores: number;
  ones: number;
  rows: number;
}

/**
 * The rising function that fits the outcomes best in squares (pool adjacent violators). Each pool stands at the mean of
 * its scores, and half a case on either side keeps a pool from being a certainty.
 *
 * @param outcomes 0 or 1, as many as scores; at least one
 */
export function fitIsotonic(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Isotonic {
  if (scores.length === 0) throw new RangeError('nothing to calibrate on');
  const order = Array.from(scores, (_, row) => row).sort((one, other) => scores[one] - scores[other]);
  const pools: Pool[] = [];
  for (let begin = 0; begin < order.length;) {
    const pool = { scores: 0, ones: 0, rows: 0 };
    let end = begin;
    // The first row always: a score that is no number is not even equal to itself.
    do {
      pool.scores += scores[order[end]];
      pool.ones += outcomes[order[end]];
      pool.rows++;
      end++;
    } while (end < order.length && scores[order[end]] === scores[order[begin]]);
    pools.push(pool);
    begin = end;
    while (pools.length > 1 && rateOf(pools[pools.length - 2]) >= rateOf(pools[pools.length - 1])) merge(pools);
  }
  const probabilities = pools.map(({ ones, rows }) => (ones + 0.5) / (rows + 1));
  // Smoothing pulls small pools further than large ones, which can turn neighbours round.
  for (let index = 1; index < probabilities.length; index++) {
    probabilities[index] = Math.max(probabilities[index], probabilities[index - 1]);
  }
  return { scores: pools.map((pool) => pool.scores / pool.rows), probabilities };
}

/** The probability of a score. */
export function isotonicProbability({ scores, probabilities }: Isotonic, score: number): number {
  const above = scores.findIndex((each) => each >= score);
  if (above === 0) return probabilities[0];
  if (above < 0) return probabilities[probabilities.length - 1];
  const share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
  return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1]);
}

function rateOf({ ones, rows }: Pool): number {
  return ones / rows;
}

function merge(pools: Pool[]): void {
  const last = pools.pop();
  const previous = pools.at(-1);
  if (last === undefined || previous === undefined) return;
  previous.scores += last.scores;
  previous.ones += last.ones;
  previous.rows += last.rows;
}
