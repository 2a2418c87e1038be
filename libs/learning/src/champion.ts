/** How much better than the baseline a model must be on the validation period, as a share of the baseline's loss. */
export const MARGIN = 0.02;

/** Whether a model may answer, and why. */
export interface Verdict {
  readonly wins: boolean;
  readonly reason: string;
}

/**
 * Compares a challenger with the baseline that did best in the same period.
 *
 * @param loss of the challenger and of the baseline: lower is better; NaN counts as lost
 * @param measure what the loss is called
 */
export function judgeChallenger(loss: number, baseline: { name: string; loss: number }, measure: string): Verdict {
  const gain = 1 - loss / baseline.loss;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const compared = `${measure} ${loss.toFixed(3)} on the validation period, baseline ${baseline.name} ${baseline.loss.toFixed(3)}`;
  return gain >= MARGIN
    ? { wins: true, reason: `${compared}: ${percent(gain)} better, at least ${percent(MARGIN)} are needed` }
    : { wins: false, reason: `${compared}: not better by the ${percent(MARGIN)} that are needed` };
}

/** Whether a model has lately been worse than the baseline, over the same rows. */
export function judgeLatest(loss: number, baselineLoss: number, measure: string, rows: number): Verdict {
  const compared = `${measure} ${loss.toFixed(3)} on the last ${rows} finished orders, baseline ${baselineLoss.toFixed(3)}`;
  return loss <= baselineLoss
    ? { wins: true, reason: compared }
    : { wins: false, reason: `${compared}: the model has lately been worse` };
}

/** The best of several by their losses; the first of equals. @throws RangeError when there is none */
export function leastLoss<T extends { readonly loss: number }>(candidates: readonly T[]): T {
  const [first, ...others] = candidates.filter(({ loss }) => !Number.isNaN(loss));
  if (first === undefined) throw new RangeError('there is nothing to choose from');
  return others.reduce((best, each) => (each.loss < best.loss ? each : best), first);
}
