import type { Client } from 'pg';

export interface SeededRun {
  status?: string;
  workbookName?: string;
  sha256?: string;
  report?: object;
  progress?: object;
  evidenceRunId?: number;
  error?: { code: string; detail: string; remedy: string };
  published?: boolean;
  settingsHash?: string;
}

/** Inserts a run and returns its number. It was created at 10:00, started at 10:00:05 and finished at 10:00:30 UTC. */
export async function seedRun(sql: Client, run: SeededRun = {}): Promise<number> {
  const status = run.status ?? 'COMPLETED';
  const ended = !['QUEUED', 'RUNNING'].includes(status);
  const { rows } = await sql.query<{ run_id: string }>(
    `INSERT INTO ops.ingestion_runs (status, created_at, started_at, finished_at, workbook_name, workbook_path,
       workbook_bytes, excel_sha256, settings_hash, rows_extracted, rows_merged, rows_rejected, as_of, evidence_run_id,
       error_code, error_detail, error_remedy, progress, report)
     VALUES ($1, '2025-07-01T10:00:00Z', $2, $3, $4, '/data/' || $4, 1234, $5, $6, 100, 97, 3, '2025-06-30T15:00:00Z',
       $7, $8, $9, $10, $11, $12)
     RETURNING run_id`,
    [
      status,
      status === 'QUEUED' ? null : '2025-07-01T10:00:05Z',
      ended ? '2025-07-01T10:00:30Z' : null,
      run.workbookName ?? 'Folha_IA.xlsx',
      run.sha256 ?? 'a'.repeat(64),
      run.settingsHash ?? null,
      run.evidenceRunId ?? null,
      run.error?.code ?? null,
      run.error?.detail ?? null,
      run.error?.remedy ?? null,
      run.progress ? JSON.stringify(run.progress) : null,
      run.report ? JSON.stringify(run.report) : null,
    ],
  );
  const runId = Number(rows[0].run_id);
  if (run.published) {
    await sql.query('UPDATE ops.ops_cache_version SET version = version + 1, run_id = $1, published_at = now()', [
      runId,
    ]);
  }
  return runId;
}

/** Inserts `count` quarantined rows of one sheet, at Excel rows 2, 3, … */
export async function seedRejects(sql: Client, runId: number, entity: string, sheet: string, count: number) {
  await sql.query(
    `INSERT INTO ops.rejects (run_id, entity, src_sheet, src_row, sheet, column_name, reason_code, reason, raw_row)
     SELECT $1, $2, 0, n + 1, $3, 'A', CASE WHEN n % 2 = 0 THEN 'NULL_KEY' ELSE 'INVALID_VALUE' END, 'row ' || n,
       jsonb_build_object('A', n)
     FROM generate_series(1, $4::int) AS n`,
    [runId, entity, sheet, count],
  );
}

/** Inserts `count` issues that are equal in every column: only their place in the table tells them apart. */
export async function seedEqualIssues(sql: Client, runId: number, count: number): Promise<void> {
  await sql.query('SELECT ops.begin_issues($1)', [runId]);
  await sql.query('SELECT ops.finish_issues($1)', [runId]);
  await sql.query(
    `INSERT INTO ops.data_quality_issues (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
     SELECT $1, 'ordens_fabrico', 'ORPHAN_PRODUCT', 'OrdensFabrico', 0, 2, 'Of_ProdutoId', '7', 'product 9'
     FROM generate_series(1, $2::int)`,
    [runId, count],
  );
}

export async function clearRuns(sql: Client): Promise<void> {
  await sql.query('UPDATE ops.ops_cache_version SET run_id = NULL, version = 0, published_at = NULL');
  await sql.query('DELETE FROM ops.rejects');
  await sql.query('DELETE FROM ops.data_quality_issues');
  await sql.query('DELETE FROM ops.ingestion_runs');
}
