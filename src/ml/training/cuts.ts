import type { Cuts } from '@libs/learning';

const DAY = 86_400;

/** How long the period is that a model is chosen, calibrated and watched by. */
export const VALIDATION_DAYS = 180;

/**
 * The cuts of a training for service: everything finished half a year before `now` is learned from, what was finished
 * since decides. No test period: what is learned for service is tested by what is finished from now on.
 *
 * @param now seconds since 1970: as_of
 */
export function servingCuts(now: number): Cuts {
  return { trainBefore: now - VALIDATION_DAYS * DAY, validationBefore: now, testFrom: now, testBefore: now };
}
