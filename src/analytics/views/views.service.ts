import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Database } from '../../database/database';
import { sqlFile, withIdentifiers } from '../../database/sql-file';

const LOCK_VIEWS = sqlFile(__dirname, 'sql/lock_views.sql');
const UNLOCK_VIEWS = sqlFile(__dirname, 'sql/unlock_views.sql');
const READ_STALE_VIEWS = sqlFile(__dirname, 'sql/read_stale_views.sql');
const REFRESH_VIEW = sqlFile(__dirname, 'sql/refresh_view.sql');
const MARK_VIEW_REFRESHED = sqlFile(__dirname, 'sql/mark_view_refreshed.sql');

const VIEWS: readonly string[] = [
  'mv_order_leadtime_by_model',
  'mv_phase_durations_by_model',
  'mv_quality_by_phase',
  'mv_wip_by_phase_current',
];

/** Keeps the materialized views, which follow the published data some seconds behind. */
@Injectable()
export class ViewsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Refreshes the views whose inputs moved, all on one snapshot, while others read them. A second process waits for
   * the first and then finds nothing to do.
   * @returns the views refreshed
   */
  async refresh(signal: AbortSignal): Promise<string[]> {
    return this.database.withClient(async (client) => {
      // Before the snapshot is taken, hence not inside the transaction.
      await client.query(LOCK_VIEWS.text);
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        const { rows } = await client.query<{ view_name: string; changed_run_id: number }>(READ_STALE_VIEWS.text, [
          VIEWS,
        ]);
        for (const { view_name: view, changed_run_id: runId } of rows) {
          signal.throwIfAborted();
          await client.query(withIdentifiers(REFRESH_VIEW, { view }).text);
          await client.query(MARK_VIEW_REFRESHED.text, [view, runId, this.clock.now()]);
        }
        await client.query('COMMIT');
        return rows.map((row) => row.view_name);
      } catch (error) {
        // On a lost connection there is nothing left to roll back; the first error is the one to tell.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        // A connection that broke has lost the lock with its session.
        await client.query(UNLOCK_VIEWS.text).catch(() => undefined);
      }
    });
  }
}
