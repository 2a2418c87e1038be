import type { CapacityBasis, CapacityWindow } from './model';
import type { WorkClock } from './week-calendar';

const DAY = 86_400;
const WINDOW_DAYS = 90;
const WINDOWS = 4;
/** Executions that a window needs. */
const MINIMUM_EXECUTIONS = 20;
const SHARE = 0.9;

/** Executions of one phase type; wall-clock seconds. */
export interface Executions {
  readonly start: readonly number[];
  readonly end: readonly number[];
}

/**
 * How many executions of a phase type ran at once in each of the four windows of 90 days before `moment`, and the
 * capacity that follows: the 90th percentile of the latest window with 20 executions, else of the year, at least 1 and at
 * most the workers apt for it.
 *
 * @param apt null: not known
 */
export function capacityOf(
  executions: Executions,
  moment: number,
  clock: WorkClock,
  apt: number | null,
): { capacity: number; basis: CapacityBasis; windows: CapacityWindow[] } {
  const windows = Array.from({ length: WINDOWS }, (_, back) =>
    windowOf(executions, moment, (back + 1) * WINDOW_DAYS, WINDOW_DAYS, clock),
  );
  const recent = windows.find((window) => window.executions >= MINIMUM_EXECUTIONS);
  const year = windowOf(executions, moment, WINDOWS * WINDOW_DAYS, WINDOWS * WINDOW_DAYS, clock);
  if (year.executions === 0) return { capacity: 1, basis: 'NO_EXECUTIONS', windows };
  const seen = Math.max(1, (recent ?? year).p90);
  if (apt !== null && apt > 0 && apt < seen) return { capacity: apt, basis: 'APT_WORKERS', windows };
  return { capacity: seen, basis: recent === undefined ? 'YEAR' : 'RECENT_WINDOW', windows };
}

function windowOf(
  { start, end }: Executions,
  moment: number,
  daysBefore: number,
  days: number,
  clock: WorkClock,
): CapacityWindow {
  const from = moment - daysBefore * DAY;
  const until = from + days * DAY;
  const changes: { at: number; by: number }[] = [];
  for (let index = 0; index < start.length; index++) {
    if (end[index] <= from || start[index] >= until) continue;
    changes.push({ at: Math.max(start[index], from), by: 1 }, { at: Math.min(end[index], until), by: -1 });
  }
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  const worked = clock.between(from, until);
  const atLevel: number[] = [];
  let level = 0;
  let before = from;
  let sum = 0;
  for (const { at, by } of [...changes, { at: until, by: 0 }]) {
    const time = clock.between(before, at);
    atLevel[level] = (atLevel[level] ?? 0) + time;
    sum += level * time;
    level += by;
    before = at;
  }
  let left = SHARE * worked;
  let p90 = 0;
  for (let each = 0; each < atLevel.length; each++) {
    p90 = each;
    left -= atLevel[each];
    if (left <= 0) break;
  }
  const mean = worked === 0 ? 0 : Math.round((sum / worked) * 1000) / 1000;
  return { daysBefore, days, executions: changes.length / 2, p90, mean };
}
