import { awakeFrom } from '../published/awake-from';
import type { PublishedVersion } from '../published/published-data';
import type { ActiveSince } from './inventory.queries';

/** The instant that ages count from, and since when an open order must have had an event to be active. */
export function activeSince(version: PublishedVersion | undefined, dormantDays: number): ActiveSince {
  const asOf = version?.asOf ?? null;
  return { asOf, awakeFrom: awakeFrom(asOf, dormantDays) };
}
