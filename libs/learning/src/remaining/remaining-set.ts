import { FORECAST_SETTINGS } from '@libs/forecast';
import type { DurationSet } from '../learning-set';
import { LOOK_FEATURES } from './look-features';
import { isAsleep, type LookTable } from './looks';
import { phaseMedians } from './phase-medians';

const DAY = 86_400;

/** Days between two looks: whole weeks, so that every look is at one day of the week. */
export const LOOK_DAYS = 14;
/** Looks that are learned from: three years. */
const LEARNED_LOOKS = 78;
/**
 * How long before the training's cut its last look lies. Of orders seen shortly before the cut only the quick ones are
 * finished by then: a model would learn that these looks are followed by quick finishes.
 */
const FOLLOWED_DAYS = 182;
/** Cases of a group that count in the recent medians. */
const RECENT_CASES = 300;
/** What the ETA that needs no model is called. */
export const COMPARABLE = 'comparable_orders';

/**
 * How far back orders need their phases for looks since a moment: as far as what is comparable is looked for.
 *
 * @param first seconds since 1970: the first look
 * @returns seconds since 1970
 */
export function historyFrom(first: number, dormantSeconds: number): number {
  return first - FORECAST_SETTINGS.looks * FORECAST_SETTINGS.stepDays * DAY - dormantSeconds;
}

/**
 * The looks of a training: every two weeks, counted from the test's first moment both ways.
 *
 * @param until seconds since 1970: the data clock
 */
export function looksOf(cuts: { trainBefore: number; testFrom: number }, until: number): number[] {
  const step = LOOK_DAYS * DAY;
  const first = cuts.trainBefore - FOLLOWED_DAYS * DAY - LEARNED_LOOKS * step;
  const looks: number[] = [];
  for (let look = cuts.testFrom - Math.floor((cuts.testFrom - first) / step) * step; look < until; look += step) {
    looks.push(look);
  }
  return looks;
}

/**
 * Rows to learn from how long an order in process will still take.
 *
 * @param trainBefore seconds since 1970: what was finished before it is learned from
 */
export function remainingSet(table: LookTable, trainBefore: number): DurationSet {
  const { begun, ended, remaining, features } = table;
  return {
    kind: 'duration',
    features: LOOK_FEATURES,
    rows: features,
    begun,
    ended,
    outcome: remaining,
    isLearnable: (row) => begun[row] < trainBefore - FOLLOWED_DAYS * DAY,
    isAsleep: (row, moment) => isAsleep(table, row, moment),
    baselines: [
      {
        name: 'phase_median',
        label: 'median of orders of the same phase, like age and family, else of any family, any age, any phase',
        answers: phaseMedians(table, Infinity),
      },
      {
        name: 'recent_phase_median',
        label: 'the same of each group’s last 300',
        answers: phaseMedians(table, RECENT_CASES),
      },
      {
        name: COMPARABLE,
        label: 'the ETA from comparable orders (docs/eta.md)',
        answers: table.comparable,
      },
    ],
  };
}
