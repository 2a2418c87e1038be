const DAY_MS = 86_400_000;

/** Since when an open order must have had an event not to be dormant; null without a data clock: none is. */
export function awakeFrom(asOf: Date | null, dormantDays: number): Date | null {
  return asOf === null ? null : new Date(asOf.getTime() - dormantDays * DAY_MS);
}
