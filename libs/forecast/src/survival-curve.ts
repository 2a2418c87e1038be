/** Sums of weights leave 0.4999999999999999 where a half is meant, or 0.5000000000000001. */
export const ROUNDING = 1e-9;

/** Something that was under watch from a time to a time, and whether it ended then. */
export interface EnteredCase {
  readonly from: number;
  readonly until: number;
  readonly ended: boolean;
}

/**
 * When something happens: Kaplan and Meier's product-limit estimate. What had not happened when we last looked is used as
 * far as it was watched: leaving it out would make everything look faster than it is.
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
   * The curve of weighted observations, given that it happens: scaled to the share that it reaches.
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

  /**
   * The curve of cases that came under watch late: at a time each of them is at risk from `from` on, and was not before,
   * since what had ended earlier was never seen (left truncation). The curve is not scaled: what never ended counts as
   * ended when the last one was last seen (Efron), so that it takes that long at least.
   *
   * @param cases in any order, one at least: under watch from `from`, ended or last seen at `until`
   */
  static ofEntered(cases: readonly EnteredCase[]): SurvivalCurve {
    // Who comes and goes at one time was never at risk.
    const seen = cases.filter(({ from, until }) => from < until);
    const entries = seen.map(({ from }) => from).sort((one, other) => one - other);
    const exits = seen.sort((one, other) => one.until - other.until || Number(other.ended) - Number(one.ended));
    let [entered, gone] = [0, 0];
    const times: number[] = [];
    const shares: number[] = [];
    let remaining = 1;
    for (const { until, ended } of exits) {
      while (entered < entries.length && entries[entered] < until) entered++;
      if (ended) {
        remaining *= 1 - 1 / (entered - gone);
        times.push(until);
        shares.push(1 - remaining);
      }
      gone++;
    }
    if (remaining > 0) {
      times.push(exits[exits.length - 1].until);
      shares.push(1);
    }
    return new SurvivalCurve(times, shares);
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
