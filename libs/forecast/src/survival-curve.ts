/** Sums of weights leave 0.4999999999999999 where a half is meant. */
const ROUNDING = 1e-9;

/**
 * When something happens, given that it does: Kaplan and Meier's product-limit estimate, scaled to the share that it
 * reaches. What had not happened when we last looked is used as far as it was watched: leaving it out would make
 * everything look faster than it is.
 */
export class SurvivalCurve {
  /**
   * @param times seconds at which the share grows, increasing
   * @param shares share that has happened by each of them, not decreasing, the last is 1
   */
  private constructor(
    private readonly times: readonly number[],
    private readonly shares: readonly number[],
  ) {}

  /**
   * The curve of weighted observations.
   *
   * @param duration seconds, in increasing order; of equal ones those that ended come first
   * @param ended 1 when it had happened after `duration`, 0 when it had not until then
   * @param weight how much each counts; 0 leaves it out. At least one that ended must count
   */
  static of(duration: Float64Array, ended: Uint8Array, weight: Float64Array): SurvivalCurve {
    let atRisk = 0;
    for (const each of weight) atRisk += each;
    // Below this share of the whole, what is left is rounding.
    const nothing = atRisk * 1e-12;
    const times: number[] = [];
    const shares: number[] = [];
    let remaining = 1;
    for (let index = 0; index < duration.length && atRisk > nothing; index++) {
      const counts = weight[index];
      if (counts === 0) continue;
      if (ended[index] === 1) {
        remaining = Math.max(0, remaining * (1 - counts / atRisk));
        times.push(duration[index]);
        shares.push(1 - remaining);
      }
      atRisk -= counts;
    }
    const reached = shares[shares.length - 1];
    return new SurvivalCurve(
      times,
      shares.map((share) => share / reached),
    );
  }

  /** The first time by which the share `probability`, up to 1, has happened; seconds. */
  quantile(probability: number): number {
    const found = this.shares.findIndex((share) => share >= probability - ROUNDING);
    return this.times[found];
  }

  /** The probability that it takes longer than `seconds`. */
  probabilityAfter(seconds: number): number {
    let share = 0;
    for (let index = 0; index < this.times.length && this.times[index] <= seconds; index++) share = this.shares[index];
    return 1 - share;
  }
}
