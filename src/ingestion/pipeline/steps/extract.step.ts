import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readSheetsInThreads } from '@libs/xlsx';
import { sqlFile } from '../../../database/sql-file';
import { extractsAside } from '../extracts';
import { Judgement } from '../judgement';
import { onRun, accountOf, type RunState, type Step, type StepProgress } from '../run-state';
import type { VisitParams, VisitProgress, VisitResult } from '../sheet-visitor';

const TRUNCATE_STAGING = sqlFile(__dirname, '../sql/truncate_staging.sql');
const VISITOR = join(__dirname, `../sheet-visitor${extname(__filename)}`);

/**
 * Reads every sheet once, side by side in worker threads, each straight into COPY: the extraction to CSV.gz and the
 * load into staging are one pass over the workbook. What has arrived is judged while the rest is read.
 */
export const extractStep: Step = {
  name: 'extract',
  weight: 50,
  async run(state, progress) {
    await onRun(state, TRUNCATE_STAGING);
    const aside = extractsAside(state.settings.dataDir, state.order.runId);
    await mkdir(aside, { recursive: true });
    const judgement = new Judgement(state);
    state.judgement = judgement;
    await readSheets(state, aside, judgement, progress);
    let rows = 0;
    let rejected = 0;
    const fingerprints = { ...state.partFingerprints };
    for (const { index, entity, part, bytes, name } of state.parts) {
      const result = state.visited.get(index)!;
      // As sha256sum reads it: of the CSV, since gzip need not give the same bytes twice.
      await writeFile(join(aside, `${fileName(name)}.csv.sha256`), `${result.csvSha256}  ${fileName(name)}.csv\n`);
      fingerprints[part] = { sha256: result.partSha256, bytes };
      const account = accountOf(state, entity);
      account.extracted += result.extracted;
      account.seconds += result.seconds;
      rows += result.extracted;
      rejected += result.rejected;
      state.warnings.push(...result.warnings);
    }
    state.partFingerprints = fingerprints;
    progress(1, rows);
    return { rowsIn: rows, rowsOut: rows - rejected, rowsRejected: rejected };
  },
};

async function readSheets(state: RunState, aside: string, judgement: Judgement, progress: StepProgress): Promise<void> {
  const byIndex = new Map(state.parts.map((part) => [part.index, part]));
  const totalBytes = Math.max(
    1,
    state.parts.reduce((sum, part) => sum + part.bytes, 0),
  );
  const latest = new Map<number, VisitProgress>();
  await readSheetsInThreads<VisitParams, VisitResult>({
    path: state.order.path,
    sheets: [...byIndex.keys()],
    visitorModule: VISITOR,
    threads: state.settings.readThreads,
    limits: state.settings.limits,
    signal: state.signal,
    params: (index) => {
      const part = byIndex.get(index)!;
      return {
        connectionString: state.database.connectionString,
        entity: part.entity,
        ordinal: part.ordinal,
        factoryTz: state.settings.factoryTz,
        clockSeconds: Math.floor(state.loadedAt.getTime() / 1000),
        aliases: state.settings.aliases,
        csvPath: join(aside, `${fileName(part.name)}.csv.gz`),
      };
    },
    onReport: (index, report) => {
      latest.set(index, report as VisitProgress);
      let rows = 0;
      let bytes = 0;
      for (const sheet of latest.values()) {
        rows += sheet.rows;
        bytes += sheet.bytesRead;
      }
      progress(bytes / totalBytes, rows);
    },
    onResult: (index, result) => {
      state.visited.set(index, result);
      const { entity } = byIndex.get(index)!;
      const isWhole = state.parts.every((part) => part.entity !== entity || state.visited.has(part.index));
      if (isWhole) judgement.arrive(entity);
    },
  });
}

/** A sheet's name as a file name; sheet names may hold anything but []:*?/\. */
function fileName(sheet: string): string {
  return sheet.replace(/[^\p{L}\p{N} ()_.-]/gu, '_').replace(/^\.+/, '_');
}
