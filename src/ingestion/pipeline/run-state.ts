import type { Client, PoolClient } from 'pg';
import type { Entity } from '@libs/workbook';
import type { Clock } from '../../common/clock';
import type { Database } from '../../database/database';
import type { SqlStatement } from '../../database/sql-file';
import type { LoadSettings } from './settings';
import type { VisitResult } from './sheet-visitor';

/** What the run was asked to do, as recorded with it. */
export interface RunOrder {
  readonly runId: number;
  readonly path: string;
  readonly workbookName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly forced: boolean;
  readonly allowMassAbsence: readonly string[];
}

/** One physical sheet: an entity's sheet (ordinal 0) or a continuation of it (1, 2, …). */
export interface SheetPart {
  readonly entity: Entity;
  readonly ordinal: number;
  /** Position in the workbook. */
  readonly index: number;
  readonly name: string;
  readonly bytes: number;
  /** Name of the part of the zip that holds it. */
  readonly part: string;
}

/** SHA-256 and size of a part of the workbook's zip, decompressed. */
export type PartFingerprints = Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

/** By physical sheet: SHA-256 of its CSV, of where its rows and columns stand, and of its cells as read. */
export type SheetHashes = Readonly<
  Record<string, { readonly csv: string; readonly layout: string; readonly cells: string }>
>;

/** How the rows of one entity fared; the accounting of the report. */
export interface SheetAccount {
  readonly entity: Entity;
  readonly sheet: string;
  extracted: number;
  inserted: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  quarantined: number;
  absent: number;
  /** Rows that left core because they are quarantined now. */
  withdrawn: number;
  seconds: number;
}

export interface MatchRate {
  readonly name: string;
  readonly matches: number;
  readonly total: number;
  /** Null where there is nothing to match. */
  readonly rate: number | null;
  readonly threshold: number;
  /** UNKNOWN: too many distinct values to keep while reading (libs/profile states the bound). */
  readonly status: 'ON' | 'OFF' | 'DEGRADED' | 'NO_DATA' | 'UNKNOWN';
}

/** The load that readers see while this one runs. */
export interface PublishedLoad {
  readonly runId: number;
  /** The run whose rejects and issues these data have. */
  readonly evidenceRunId: number;
  readonly sample: boolean;
  readonly settingsHash: string;
  readonly partFingerprints: PartFingerprints | null;
  readonly sheetHashes: SheetHashes | null;
  readonly hasFutureDates: boolean;
}

/** A month (of UTC) in which phases of the workbook fall. */
export interface PhaseMonth {
  /** Its first day, as ISO date. */
  readonly month: string;
  /** Whether it has a partition. */
  readonly present: boolean;
  /** Whether it is to have one. */
  readonly regular: boolean;
}

/** What connections beside the run's own do from staging while the merge runs. */
export interface Beside {
  /** The rows filled into months aside; undefined where the rows go to core directly. */
  readonly months: Promise<number | undefined>;
  /** The same of the errors. */
  readonly errors: Promise<number | undefined>;
  /** By name, the tables of core and analytics that are filled aside: the names of what holds their rows. */
  readonly tables: ReadonlyMap<string, Promise<string>>;
  /** Settled when rejects and issues are written. */
  readonly evidence: Promise<void>;
  /** Resolves when nothing goes on any more, whatever came of it. */
  readonly all: Promise<void>;
}

/** What the steps of one run hand to one another. Steps read only what earlier steps have written. */
export interface RunState {
  readonly order: RunOrder;
  readonly settings: LoadSettings;
  readonly database: Database;
  /** The run's own connection: it holds the lock and, from the merge to the publish, the transaction. */
  readonly client: PoolClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly warnings: string[];
  /** The load's clock, read once. */
  readonly loadedAt: Date;
  /** performance.now() at that moment: how long something took does not depend on whether the clock was set. */
  readonly began: number;
  readonly published: PublishedLoad | undefined;

  sample: boolean;
  parts: readonly SheetPart[];
  /** Of the parts beside the sheets at first; of all that decide what cells hold once the sheets are read. */
  partFingerprints: PartFingerprints;
  /** Results by position of the sheet in the workbook. */
  visited: Map<number, VisitResult>;
  accounts: Map<Entity, SheetAccount>;
  /** What is kept of each sheet, decided while the others are still read. */
  judgement: { finish(): Promise<void>; stop(): Promise<void> } | undefined;
  /** Rows by entity, counted in staging: all, and those that are kept. */
  staged: Map<Entity, number>;
  kept: Map<Entity, number>;
  matchRates: readonly MatchRate[];
  asOf: Date | null;
  /** The months in which kept phases fall, as they stood after the judgement of staging. */
  months: readonly PhaseMonth[];
  /** What goes on beside the merge, once staging is judged. */
  beside: Beside | undefined;
  /** Whether the merge found core without a row. */
  coreWasEmpty: boolean;
  /** Whether what was published of the orders is kept for a comparison. */
  ordersRemembered: boolean;
  /** The run whose data this workbook repeats, once that is known. */
  sameAs: number | undefined;
  readonly steps: StepRecord[];
}

export interface StepOutcome {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly rowsRejected: number;
}

export interface StepRecord extends StepOutcome {
  readonly name: string;
  readonly seconds: number;
}

/** Told by steps how far they are: 0..1 of the step, and rows of the workbook where that makes sense. */
export interface StepProgress {
  (fraction: number, rows?: number): void;
}

export interface Step {
  readonly name: string;
  /** Share of the whole run's time, for the percentage shown. */
  readonly weight: number;
  run(state: RunState, progress: StepProgress): Promise<StepOutcome>;
}

/** Runs a statement on the run's own connection. */
export async function onRun<Row>(
  state: RunState,
  statement: SqlStatement,
  values: readonly unknown[] = [],
): Promise<{ rows: Row[]; count: number }> {
  state.signal.throwIfAborted();
  const result = await state.client.query({ text: statement.text, values: [...values] });
  return { rows: result.rows as Row[], count: result.rowCount ?? 0 };
}

/** Runs a statement, unless the run was asked to stop. */
export type RunStatement = (statement: SqlStatement, values?: readonly unknown[]) => Promise<number>;

/** Statements on a connection beside the run's own; answers how many rows each touched. */
export function besideRun(state: RunState, client: Client): RunStatement {
  return async (statement, values = []) => {
    state.signal.throwIfAborted();
    return (await client.query({ text: statement.text, values: [...values] })).rowCount ?? 0;
  };
}

/** The names of an entity's sheet and its continuations, by ordinal. */
export function sheetNames(state: RunState, entity: Entity): string[] {
  return state.parts
    .filter((part) => part.entity === entity)
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((part) => part.name);
}

/** The account of a sheet. @throws Error when the run has opened none, which no workbook can bring about */
export function accountOf(state: RunState, entity: Entity): SheetAccount {
  const account = state.accounts.get(entity);
  if (!account) throw new Error(`no account was opened for ${entity}`);
  return account;
}
