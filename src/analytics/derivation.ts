import type { PoolClient } from 'pg';
import { bulkLoad, moveBuilt } from '../database/bulk-load';
import type { SqlStatement } from '../database/sql-file';

/**
 * Raised when a derivation computes something else than before. The next load, of the same workbook too, then derives
 * anew, and so does a service that starts over tables of another version.
 */
export const DERIVATIONS_VERSION = 2;

/** What a derivation may use: the load's own connection, inside the transaction that merges and publishes. */
export interface DerivationRun {
  readonly client: PoolClient;
  readonly runId: number;
  /** The load's clock, read once. */
  readonly loadedAt: Date;
  /**
   * True when everything is to be computed from core, whatever stands in the tables of the derivation (nothing, or what
   * an older version of it computed): the first load, and the job that derives anew.
   */
  readonly fromNothing: boolean;
  /** True at the first load only: nobody reads the tables of the derivation yet, so they may be locked until the publish. */
  readonly isFirst: boolean;
  readonly settings: DerivationSettings;
  readonly signal: AbortSignal;
  /** Of a first load: the name of the table that holds what was built of this one aside; undefined where nothing was. */
  builtAside?(table: string): Promise<string | undefined>;
}

export interface DerivationSettings {
  readonly factoryTz: string;
  readonly terminalPhases: readonly string[];
  readonly dormantDays: number;
  /** Where the files of models lie. */
  readonly dataDir: string;
}

/**
 * A table that follows from the sheets' rows in core alone, whatever the clock and whatever else is derived. A first load
 * can fill it aside, from staging, while core is still filled.
 */
export interface AsideTable {
  /** With its schema. */
  readonly table: string;
  /** So many rows that its indexes are better made after them. */
  readonly isLarge: boolean;
  /** Inserts all rows into `target`, a table like it that is empty. */
  readonly fill: (target: string) => SqlStatement;
  readonly values: (settings: DerivationSettings) => readonly unknown[];
}

/** A run whose merge is done, with the data clock of the new data. */
export interface MergedRun extends DerivationRun {
  readonly asOf: Date | null;
}

/**
 * A set of tables that follows from core. It is written inside the load's transaction, so that readers see it change
 * with the data it follows from.
 *
 * Both hooks find temporary tables that say what the load touches; from nothing they do not exist:
 *
 * - `touched_orders (of_id, row_changed)`: every order of which a row of ordens_fabrico, fases_ordem_fabrico or
 *   erros_ordem_fabrico is new, changed or gone, once; row_changed where it is the one of ordens_fabrico;
 * - `touched_phase_rows (faseof_id, of_id, fase_id, ended_at, duration_seconds, retorno, is_stored)`: every phase that is
 *   new, changed or gone, once as it was (is_stored) and once as it is, where it was and is;
 * - `touched_error_rows (ofch_id, of_id)`: every error that is new or gone.
 *
 * The planner knows how many rows they hold.
 */
export interface Derivation {
  readonly name: string;
  readonly aside?: readonly AsideTable[];
  /** Called with core still as published, to remember what the touched orders contributed. Not called from nothing. */
  beforeMerge?(run: DerivationRun): Promise<void>;
  /**
   * Called when core is merged and backfilled.
   *
   * @returns what is left to do once all derivations were called, where something goes on meanwhile
   */
  derive(run: MergedRun): Promise<(() => Promise<void>) | void>;
}

/** Fills a table that is empty: with what was built of it aside, or from core. @returns the rows written */
export async function fillTable(run: DerivationRun, { table, isLarge, fill, values }: AsideTable): Promise<number> {
  const { client, settings } = run;
  const built = await run.builtAside?.(table);
  const insert = async (): Promise<number> => {
    const { rowCount } =
      built === undefined
        ? await client.query(fill(table).text, [...values(settings)])
        : await client.query(moveBuilt(table, built).text);
    return rowCount ?? 0;
  };
  return isLarge && run.isFirst ? bulkLoad(client, table, false, insert) : insert();
}
