import { type Cuts, historyFrom, looksOf } from '@libs/learning';
import { type HistoryRow, READ_HISTORIES } from '../../analytics/forecast/histories';
import type { SnapshotQuery } from '../../published/published-data';
import { readPhaseNames } from './read-phase-names';

const DAY = 86_400;

/** What the remaining time is learned from; survives structured clone. */
export interface LookedOrders {
  readonly rows: readonly HistoryRow[];
  readonly phaseNames: ReadonlyMap<number, string>;
  readonly dormantDays: number;
}

/** All orders, those that a look of the training may need with their phases. */
export async function readLookedOrders(query: SnapshotQuery, cuts: Cuts, dormantDays: number): Promise<LookedOrders> {
  const [first = cuts.trainBefore] = looksOf(cuts, cuts.testBefore);
  const since = new Date(historyFrom(first, dormantDays * DAY) * 1000);
  const rows = await query<HistoryRow>(READ_HISTORIES, [since, true]);
  return { rows, phaseNames: await readPhaseNames(query), dormantDays };
}
