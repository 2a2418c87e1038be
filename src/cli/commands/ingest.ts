import { statSync } from 'node:fs';
import { SHEETS } from '@libs/workbook';
import { loadEnv } from '../../config/env';
import { openDatabaseTarget } from '../../database/database-target';
import { findHeldFile } from '../../ingestion/held-file';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import type { IngestOptions } from '../ingest-options';
import { printReport } from '../report-table';

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
    const target = await openDatabaseTarget(env);
    try {
      // What is no file is refused where every load is.
      const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
      const held = options.force || !isFile ? undefined : await findHeldFile(target.url, env, file);
      if (held) {
        err.write(`${held.message}\n`);
        printReport(held.report, options, out);
        return EXIT.OK;
      }
      const { loadWorkbook } = await import('../load-workbook.js');
      return await loadWorkbook(file, options, env, { out, err, signal: stop.signal });
    } finally {
      await target.close();
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
