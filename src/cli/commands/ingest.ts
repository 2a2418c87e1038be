import { NestFactory } from '@nestjs/core';
import { SHEETS } from '@libs/workbook';
import { type Env, loadEnv } from '../../config/env';
import { IngestionService } from '../../ingestion/ingestion.service';
import { IngestionQueries } from '../../ingestion/queries/ingestion.queries';
import type { RunReport } from '../../ingestion/queries/run-report';
import { openReadyDatabase } from '../ready-database';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { ingestContextModule } from '../ingest-context.module';
import { ProgressLine } from '../progress-line';
import { formatReport } from '../report-table';

export interface IngestOptions {
  force?: boolean;
  allowMassAbsence?: string[];
  json?: boolean;
}

type Terminal = NodeJS.WriteStream;

/**
 * `ingest FILE`: loads a workbook in this process. Progress goes to `err` and the report to `out`, so that the report
 * can be piped.
 *
 * @returns the exit code
 * @throws what refused or ended the load, for describeFailure
 */
export async function runIngest(file: string, options: IngestOptions, out: Terminal, err: Terminal): Promise<number> {
  refuseUnknownSheets(options.allowMassAbsence ?? []);
  const stop = stopOnSignal(err);
  try {
    const env = loadEnv();
    const database = await openReadyDatabase(env);
    try {
      return await load(file, options, env, { out, err, signal: stop.signal });
    } finally {
      await database.close();
    }
  } finally {
    stop.release();
  }
}

/** A name nobody has would allow nothing, and the load would stop after a minute of reading. */
function refuseUnknownSheets(names: readonly string[]): void {
  const known = SHEETS.map((sheet) => sheet.sheet);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CliError(
      'UNKNOWN_SHEET',
      `No sheet is called ${unknown.join(', ')}.`,
      `The sheets are ${known.join(', ')}.`,
    );
  }
}

interface Surroundings {
  out: Terminal;
  err: Terminal;
  signal: AbortSignal;
}

async function load(
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
      .acceptAndRun(request, { signal, onProgress: (progress) => line.show(progress) });
    line.clear();
    if (result.outcome === 'COMPLETED') {
      print(result.report, options, out);
      return EXIT.OK;
    }
    err.write(`${result.message}\n`);
    const held = await context.get(IngestionQueries).findRun(result.runId);
    if (held?.report) print(held.report, options, out);
    return EXIT.OK;
  } finally {
    line.clear();
    await context.close();
  }
}

function print(report: RunReport, options: IngestOptions, out: Terminal): void {
  out.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
}

/** npm passes a Ctrl-C on that the terminal has already sent to the whole group: within this time it is one. */
const SAME_SIGNAL_MS = 1_000;

/** The first Ctrl-C cancels the load in order, the second ends the process at once. */
function stopOnSignal(err: Terminal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(EXIT.INTERRUPTED);
      return;
    }
    first = performance.now();
    err.write('\nStopping; the published data stay as they are. Once more ends at once.\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.removeListener('SIGINT', onSignal);
      process.removeListener('SIGTERM', onSignal);
    },
  };
}
