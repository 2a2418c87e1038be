import type { PoolClient } from 'pg';

/**
 * Raised when a derivation computes something else than before. The next load, of the same workbook too, then derives
 * anew, and so does a service that starts over tables of another version.
 */
export const DERIVATIONS_VERSION = 1;

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
  readonly settings: {
    readonly factoryTz: string;
    readonly terminalPhases: readonly string[];
    readonly dormantDays: number;
  };
  readonly signal: AbortSignal;
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
 */
export interface Derivation {
  readonly name: string;
  /** Called with core still as published, to remember what the touched orders contributed. Not called from nothing. */
  beforeMerge?(run: DerivationRun): Promise<void>;
  /**
   * Called when core is merged and backfilled.
   *
   * @returns what is left to do once all derivations were called, where something goes on meanwhile
   */
  derive(run: MergedRun): Promise<(() => Promise<void>) | void>;
}
