import { sqlFile } from '../../database/sql-file';
import type { SnapshotQuery } from '../../published/published-data';

const READ_PHASE_NAMES = sqlFile(__dirname, '../sql/read_phase_names.sql');

/** What phase types are called, by fase_id; those without a name are not there. */
export async function readPhaseNames(query: SnapshotQuery): Promise<ReadonlyMap<number, string>> {
  const rows = await query<{ fase_id: number; fase_nome: string }>(READ_PHASE_NAMES);
  return new Map(rows.map((row) => [row.fase_id, row.fase_nome]));
}
