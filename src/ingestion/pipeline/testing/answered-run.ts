import { SHEETS, type Entity } from '@libs/workbook';
import { statementName } from '../../../database/sql-file';
import type { RunState, SheetAccount } from '../run-state';

/** A statement as the run asked it: the name of its file with the sheet it is about, and the values bound. */
export interface Asked {
  /** `count_core ordens_fabrico`; without a sheet where it names none */
  readonly statement: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the database would say: rows, or how many a statement touched; nothing stands for no rows. */
export type Answer = readonly object[] | number | undefined;

const ABOUT = new RegExp(
  `\\b(?:core\\.|staging\\.|changes_)(${SHEETS.map(({ entity }) => entity).join('|')})(?:_raw)?\\b`,
);

/**
 * The state of a run whose statements a test answers in the place of a database, and all that was asked, in order.
 *
 * @param answer by the name of the statement, with its sheet
 */
export function answeredRun(
  answer: (statement: string, values: readonly unknown[]) => Answer,
  over: Partial<RunState> = {},
): { state: RunState; asked: Asked[] } {
  const asked: Asked[] = [];
  const query = (given: string | { text: string; values?: unknown[] }, bound: unknown[] = []): Promise<object> => {
    const { text, values = bound } = typeof given === 'string' ? { text: given } : given;
    const statement = [statementName(text) ?? text, ABOUT.exec(text)?.[1]].filter(Boolean).join(' ');
    asked.push({ statement, text, values });
    const found = answer(statement, values) ?? [];
    return Promise.resolve(
      typeof found === 'number' ? { rows: [], rowCount: found } : { rows: found, rowCount: found.length },
    );
  };
  const state = {
    order: { runId: 7, allowMassAbsence: [] },
    settings: { massAbsenceLimit: 0.1, hash: 'as now' },
    client: { query },
    signal: new AbortController().signal,
    warnings: [],
    loadedAt: new Date('2025-12-11T12:50:00Z'),
    sample: false,
    parts: SHEETS.map(({ entity, sheet }, index) => ({
      entity,
      ordinal: 0,
      index,
      name: sheet,
      bytes: 1,
      part: sheet,
    })),
    visited: new Map(),
    accounts: new Map(SHEETS.map(({ entity }) => [entity, accountWith(entity)])),
    staged: new Map(),
    kept: new Map(),
    months: [],
    matchRates: [],
    asOf: null,
    steps: [],
    ...over,
  };
  return { state: state as unknown as RunState, asked };
}

/** An account in which nothing has been counted but what is given. */
export function accountWith(entity: Entity, counts: Partial<SheetAccount> = {}): SheetAccount {
  const sheet = SHEETS.find((known) => known.entity === entity)!.sheet;
  return {
    entity, sheet, extracted: 0, inserted: 0, updated: 0, unchanged: 0, duplicates: 0, quarantined: 0, absent: 0,
    withdrawn: 0, seconds: 0, ...counts,
  }; // prettier-ignore
}
