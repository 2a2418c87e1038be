import type { PublishedVersion } from '../published/published-data';
import type { ActiveSince } from './inventory.queries';

const DAY_MS = 86_400_000;

/** The instant that ages count from, and since when an open order must have had an event to be active. */
export function activeSince(version: PublishedVersion | undefined, dormantDays: number): ActiveSince {
  const asOf = version?.asOf ?? null;
  return { asOf, awakeFrom: asOf === null ? null : new Date(asOf.getTime() - dormantDays * DAY_MS) };
}
