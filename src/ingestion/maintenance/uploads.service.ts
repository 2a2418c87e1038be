import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';

const LIST_WANTED_WORKBOOKS = sqlFile(__dirname, 'sql/list_wanted_workbooks.sql');

const DAY_MS = 24 * 3_600_000;

/** The workbooks that were uploaded and loaded: what they held is in the database, the files are copies. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'dataDir' | 'uploadRetentionDays'>,
  ) {}

  /**
   * Removes uploads of more than UPLOAD_RETENTION_DAYS ago, but for what a run still waits to read; none where it is 0.
   *
   * @returns how many were removed
   */
  async prune(): Promise<number> {
    const { dataDir, uploadRetentionDays } = this.env;
    if (uploadRetentionDays === 0) return 0;
    const uploads = join(dataDir, 'uploads');
    const oldest = this.clock.now().getTime() - uploadRetentionDays * DAY_MS;
    const wanted = await this.database.query<{ workbook_path: string }>(LIST_WANTED_WORKBOOKS);
    let removed = 0;
    for (const name of await readdir(uploads).catch(() => [])) {
      const folder = join(uploads, name);
      const info = await stat(folder).catch(() => undefined);
      if (info === undefined || info.mtimeMs >= oldest) continue;
      if (wanted.some(({ workbook_path: path }) => path.split(/[\\/]/).includes(name))) continue;
      await rm(folder, { recursive: true, force: true });
      removed += 1;
    }
    return removed;
  }
}
