import type { Quantiles } from '../measures/regression';

/** Where the 80th and the 90th percentile of a standard normal lie. */
const Z80 = 0.8416212335729143;
const Z90 = 1.2815515655446004;
/** Least deviation, in logarithms: three quantiles that are one leave no certainty. */
const LEAST = 1e-3;

/**
 * The distribution that three quantiles of a duration stand for: normal in the logarithm of one more than the days, with
 * a deviation of its own on either side of p50.
 */
export class SplitNormal {
  private readonly middle: number;
  private readonly below: number;
  private readonly above: number;

  /** @param quantiles days, not crossing */
  constructor({ p10, p50, p90 }: Quantiles) {
    this.middle = Math.log1p(p50);
    this.below = Math.max(LEAST, (this.middle - Math.log1p(p10)) / Z90);
    this.above = Math.max(LEAST, (Math.log1p(p90) - this.middle) / Z90);
  }

  /** Days by which it has happened with a probability of 80 %. */
  get p80(): number {
    return Math.expm1(this.middle + Z80 * this.above);
  }

  /** The probability that it takes longer than some days; 1 for days that have passed. */
  probabilityAfter(days: number): number {
    if (days < 0) return 1;
    const distance = Math.log1p(days) - this.middle;
    return 1 - standardNormal(distance / (distance < 0 ? this.below : this.above));
  }
}

/** The distribution function of a standard normal, to 7 decimals (Abramowitz and Stegun 26.2.17). */
function standardNormal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z < 0 ? tail : 1 - tail;
}
