import type { Client } from 'pg';
import { SHEETS, sheetOf, type Entity } from '@libs/workbook';
import { columnName } from '@libs/xlsx';
import { sqlFile } from '../../database/sql-file';
import { besideRun, sheetNames, type RunState, type RunStatement } from './run-state';
import { fill, sheetStatement } from './sheet-sql';

const BEGIN_ISSUES = sqlFile(__dirname, 'sql/begin_issues.sql');
const FINISH_ISSUES = sqlFile(__dirname, 'sql/finish_issues.sql');

/**
 * Writes down what the judgement of staging found, rejects and issues, in a transaction of its own on a connection
 * other than the run's: it reads staging only, so the merge need not wait for it. Whoever publishes does.
 */
export async function recordEvidence(state: RunState, client: Client): Promise<void> {
  await client.query('BEGIN');
  await recordAll(state, besideRun(state, client));
  await client.query('COMMIT');
}

async function recordAll(state: RunState, write: RunStatement): Promise<void> {
  const { runId } = state.order;
  const issues = `ops.data_quality_issues_run_${runId}`;
  await write(BEGIN_ISSUES, [runId]);
  for (const { entity } of SHEETS) {
    const names = sheetNames(state, entity);
    await write(sheetStatement('record_rejects.sql', entity), [
      runId,
      entity,
      names,
      state.settings.factoryTz,
      JSON.stringify(columnLetters(state, entity)),
    ]);
    await write(sheetStatement('record_conflicting_duplicates.sql', entity, { issues }), [runId, entity, names]);
    await write(sheetStatement('record_cell_issues.sql', entity, { issues }), [runId, entity, names]);
  }
  await recordAcrossSheets(state, write, issues);
  await write(FINISH_ISSUES, [runId]);
  await write(fill('analyze_findings.sql', { issues }));
  await write(fill('analyze_findings.sql', { issues: 'ops.rejects' }));
}

async function recordAcrossSheets(state: RunState, write: RunStatement, issues: string): Promise<void> {
  const { runId } = state.order;
  const { terminalPhases } = state.settings;
  const orders = sheetNames(state, 'ordens_fabrico');
  const phases = sheetNames(state, 'fases_ordem_fabrico');
  const assignments = sheetNames(state, 'funcionarios_fase_ordem_fabrico');
  const errors = sheetNames(state, 'erros_ordem_fabrico');
  await write(fill('record_orphan_products.sql', { issues }), [runId, orders]);
  await write(fill('record_missing_finishes.sql', { issues }), [runId, orders, terminalPhases]);
  await write(fill('record_stale_open_phases.sql', { issues }), [runId, phases, terminalPhases]);
  await write(fill('record_orphan_assignments.sql', { issues }), [runId, assignments]);
  await write(fill('record_orphan_error_phases.sql', { issues }), [runId, errors]);
}

/** The letters of a sheet's columns by header, for it and each continuation. */
function columnLetters(state: RunState, entity: Entity): Record<string, string>[] {
  return state.parts
    .filter((part) => part.entity === entity)
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((part) => {
      const columns = state.visited.get(part.index)!.columns;
      return Object.fromEntries(sheetOf(entity).columns.map(({ header }, i) => [header, columnName(columns[i])]));
    });
}
