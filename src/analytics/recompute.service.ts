import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { Database } from '../database/database';
import { sqlFile } from '../database/sql-file';
import { lockWriters } from '../database/writer-lock';
import { isComputedBy } from './aggregates/aggregates.derivation';
import { deriveAll } from './derivations';

const READ_CORE_STATE = sqlFile(__dirname, 'sql/read_core_state.sql');
const READ_DERIVATION_STATE = sqlFile(__dirname, 'aggregates/sql/read_derivation_state.sql');
const BUMP_VERSION = sqlFile(__dirname, 'sql/bump_version.sql');
const FORGET_VIEW_REFRESHES = sqlFile(__dirname, 'views/sql/forget_view_refreshes.sql');

/** Computes what follows from core without a load: after an upgrade, or a repair of core. */
@Injectable()
export class RecomputeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz' | 'terminalPhases' | 'dormantDays' | 'dataDir'>,
  ) {}

  /** The published run whose derived tables are missing or were computed by another version of this program. */
  async outdatedRun(): Promise<number | undefined> {
    const [core] = await this.database.query<{ run_id: number | null }>(READ_CORE_STATE);
    if (core.run_id === null) return undefined;
    const state = await this.database.query<{ signature: string }>(READ_DERIVATION_STATE, ['aggregates']);
    return isComputedBy(this.env, state.at(0)?.signature) ? undefined : core.run_id;
  }

  /**
   * Runs every derivation from nothing, in one transaction, and turns readers to the result. Loads that want to publish
   * wait for it.
   * @returns the run whose data were derived anew; undefined while nothing is published
   */
  async run(signal: AbortSignal): Promise<number | undefined> {
    return this.database.transaction(async (client) => {
      await lockWriters(client);
      const { rows } = await client.query<{ run_id: number | null; as_of: Date | null }>(READ_CORE_STATE.text);
      const { run_id: runId, as_of: asOf } = rows[0];
      if (runId === null) return undefined;
      for (const setting of ["SET LOCAL work_mem = '64MB'", 'SET LOCAL jit = off']) await client.query(setting);
      const loadedAt = this.clock.now();
      await deriveAll({ client, runId, loadedAt, fromNothing: true, isFirst: false, settings: this.env, signal, asOf });
      await client.query(FORGET_VIEW_REFRESHES.text);
      await client.query(BUMP_VERSION.text);
      return runId;
    });
  }
}
