import type { RelationshipReport, RelationshipStatus } from '@libs/profile';
import type { MatchRate } from './run-state';

const STATUS: Readonly<Record<RelationshipStatus, MatchRate['status']>> = {
  ok: 'ON',
  off: 'OFF',
  degraded: 'DEGRADED',
  no_data: 'NO_DATA',
  not_in_workbook: 'NO_DATA',
  too_many: 'UNKNOWN',
};

/** The match rates that switch features: over the distinct values of every row as extracted. */
export function matchRates(report: RelationshipReport): MatchRate[] {
  return report.relationships
    .flatMap(({ name, threshold, rate, status, counts }) =>
      threshold === null
        ? []
        : [
            {
              name,
              matches: counts?.matches ?? 0,
              total: counts?.distinct ?? 0,
              rate,
              threshold,
              status: STATUS[status],
            },
          ],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
