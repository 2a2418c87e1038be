import { sqlFile } from '../database/sql-file';
import type { PublishedVersion, SnapshotQuery } from './published-data';

const READ_MATCH_RATES = sqlFile(__dirname, 'sql/read_match_rates_of_run.sql');

/** How many distinct keys of a relationship found their partner, over every row as extracted. */
export interface MatchRateRow {
  name: string;
  matches: number;
  total: number;
  /** matches / total, 0..1; null when there is nothing to match. */
  rate: number | null;
  threshold: number | null;
  /** ON, OFF, DEGRADED; NO_DATA: nothing to match; UNKNOWN: too many keys to count. */
  status: string;
}

/** The rates of the published load, by name; none while nothing is loaded. */
export async function readMatchRates(
  query: SnapshotQuery,
  published: PublishedVersion | undefined,
): Promise<MatchRateRow[]> {
  return published === undefined ? [] : query<MatchRateRow>(READ_MATCH_RATES, [published.runId]);
}

/** The fields of a not-supported body that a rate fills; only counts of nothing while nothing is loaded. */
export function rateFields(rate: MatchRateRow | undefined): {
  match_rate?: number;
  threshold?: number;
  counts: Record<string, number>;
} {
  const { rate: match_rate = null, threshold = null, matches = 0, total = 0 } = rate ?? {};
  return {
    ...(match_rate === null ? {} : { match_rate }),
    ...(threshold === null ? {} : { threshold }),
    counts: { matches, total },
  };
}
