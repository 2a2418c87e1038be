import { basename } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AuditLog } from '../auth/audit/audit-log';
import { Clock } from '../common/clock';
import type { Env } from '../config/env';
import { Database } from '../database/database';
import { IngestionService } from '../ingestion/ingestion.service';
import { IngestionQueries } from '../ingestion/queries/ingestion.queries';
import { EXIT } from './exit-codes';
import { ingestContextModule } from './ingest-context.module';
import type { IngestOptions } from './ingest-options';
import { ProgressLine } from './progress-line';
import { openReadyDatabase } from './ready-database';
import { printReport } from './report-table';
import { commander } from './with-database';

interface Surroundings {
  out: NodeJS.WriteStream;
  err: NodeJS.WriteStream;
  signal: AbortSignal;
}

/** Loads a workbook in this process, with everything a load needs around it. @returns the exit code */
export async function loadWorkbook(
  file: string,
  options: IngestOptions,
  env: Env,
  surroundings: Surroundings,
): Promise<number> {
  const database = await openReadyDatabase(env);
  try {
    return await loadInContext(file, options, env, surroundings);
  } finally {
    await database.close();
  }
}

async function loadInContext(
  file: string,
  options: IngestOptions,
  env: Env,
  { out, err, signal }: Surroundings,
): Promise<number> {
  const context = await NestFactory.createApplicationContext(ingestContextModule(env), {
    logger: false,
    abortOnError: false,
  });
  const line = new ProgressLine(err, () => performance.now());
  const audit = new AuditLog(context.get(Database), new Clock());
  const record = (target: string, outcome: 'OK' | 'FAILED') =>
    audit.command({ scope: 'ingest', action: 'ingest', target }, commander(), outcome);
  try {
    if (signal.aborted) return EXIT.INTERRUPTED;
    const request = {
      path: file,
      force: options.force,
      allowMassAbsence: options.allowMassAbsence,
      allowOutsideDataDir: true,
    };
    const result = await context
      .get(IngestionService)
      .acceptAndRun(request, { signal, onProgress: (progress) => line.show(progress) })
      .catch(async (error: unknown) => {
        // What the load failed of is the thing to tell, also where the database is away and takes no record.
        await record(basename(file), 'FAILED').catch(() => undefined);
        throw error;
      });
    line.clear();
    const runId = result.outcome === 'COMPLETED' ? result.report.run_id : result.runId;
    await record(`${basename(file)} (run ${runId})`, 'OK');
    if (result.outcome === 'COMPLETED') {
      printReport(result.report, options, out);
      return EXIT.OK;
    }
    err.write(`${result.message}\n`);
    const held = await context.get(IngestionQueries).findRun(result.runId);
    if (held?.report) printReport(held.report, options, out);
    return EXIT.OK;
  } finally {
    line.clear();
    await context.close();
  }
}
