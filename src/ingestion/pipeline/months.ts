import type { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { onRun, type PhaseMonth, type RunState } from './run-state';

const LIST_PHASE_MONTHS = sqlFile(__dirname, 'sql/list_phase_months.sql');
const ENSURE_PHASE_PARTITION = sqlFile(__dirname, 'sql/ensure_phase_partition.sql');

/** Months outside of which a date is taken for a typing error and its phase goes to the default partition. */
const FIRST_MONTH = '1990-01-01';
const MONTHS_AFTER_NOW = 120;

/** The months in which the kept phases of staging fall. */
export async function phaseMonths(state: RunState): Promise<PhaseMonth[]> {
  const values = [FIRST_MONTH, firstOfMonth(state.loadedAt, MONTHS_AFTER_NOW)];
  return (await onRun<PhaseMonth>(state, LIST_PHASE_MONTHS, values)).rows;
}

/**
 * Whether a first load can fill its months aside and attach them full, which saves half a million insertions into each
 * index: none of them exists yet, and no row belongs into the default partition.
 */
export function canBuildAside(months: readonly PhaseMonth[]): boolean {
  return months.length > 0 && months.every(({ present, regular }) => !present && regular);
}

/**
 * Makes partitions, each in a transaction of its own: attaching one locks the default partition, and with it whoever
 * reads all months, until its transaction ends.
 */
export async function ensureMonths(database: Database, months: readonly string[]): Promise<void> {
  for (const month of months) await database.query(ENSURE_PHASE_PARTITION, [month]);
}

/** The first day, as ISO date, of the month of UTC that lies `months` after an instant's. */
export function firstOfMonth(at: Date, months: number): string {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}
