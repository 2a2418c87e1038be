import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { DEFAULT_FAULTS, generateSample, SampleError, type FaultRates, type SampleAccount } from '@libs/sample';
import { whenClosed, XlsxWriter } from '@libs/xlsx-writer';
import { EXIT } from '../exit-codes';
import { count, megabytes, table } from '../text-table';

export interface SampleCommandOptions {
  /** 1 = the real workbook's row counts. */
  scale: number;
  seed: number;
  /** The file to write; replaced when it exists. */
  out: string;
  assignmentMatchRate?: number;
  /** `name=share`, such as `endBeforeStart=0.01`. */
  fault?: readonly string[];
  /** zlib level 0 to 9; default 6. */
  level?: number;
}

class Interrupted extends Error {}

/**
 * Writes a generated workbook and prints what it holds. The file appears under its name only when it is complete. Returns the exit code: a
 * refusal or a failure is one line on `err`, with what to do about it.
 */
export async function runSample(options: SampleCommandOptions, out: Writable, err: Writable): Promise<number> {
  const target = resolve(options.out);
  const partial = `${target}.${process.pid}.part`;
  try {
    const account = await writeFile(options, partial, err);
    await rename(partial, target);
    out.write(describe(account, target, (await stat(target)).size));
    return EXIT.OK;
  } catch (error) {
    await rm(partial, { force: true });
    err.write(`${refusal(error, target)}\n`);
    return error instanceof Interrupted ? EXIT.INTERRUPTED : EXIT.FAILED;
  }
}

/** `["endBeforeStart=0.01"]` → `{ endBeforeStart: 0.01 }`. Throws SampleError on anything else. */
export function parseFaults(list: readonly string[]): Partial<FaultRates> {
  const faults: Record<string, number> = {};
  for (const text of list) {
    const [, name, share] = /^(\w+)=(\d*\.?\d+(?:e-?\d+)?)$/i.exec(text) ?? [];
    if (name === undefined) {
      throw new SampleError(
        'SAMPLE_OPTION',
        `the fault '${text}' is not name=share; give for example endBeforeStart=0.01`,
      );
    }
    if (!Object.hasOwn(DEFAULT_FAULTS, name)) {
      throw new SampleError(
        'SAMPLE_OPTION',
        `there is no fault ${name}; the faults are ${Object.keys(DEFAULT_FAULTS).join(', ')}`,
      );
    }
    faults[name] = Number(share);
  }
  return faults;
}

async function writeFile(options: SampleCommandOptions, partial: string, err: Writable): Promise<SampleAccount> {
  const { scale, seed, assignmentMatchRate, level = 6 } = options;
  const faults = parseFaults(options.fault ?? []);
  if (!Number.isInteger(level) || level < 0 || level > 9) {
    throw new SampleError('SAMPLE_OPTION', `level is ${level}; give 0 (fast) to 9 (small)`);
  }
  const isTerminal = 'isTTY' in err && err.isTTY === true;
  const onSheet = isTerminal
    ? (sheet: string, rows: number): void => void err.write(`  ${sheet}: ${count(rows)} rows\n`)
    : undefined;
  const file = createWriteStream(partial);
  const writer = new XlsxWriter(file, { level });
  const interrupt = (): void => writer.destroy(new Interrupted());
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const account = await generateSample({ scale, seed, assignmentMatchRate, faults, onSheet }, writer);
    await writer.finish();
    return account;
  } catch (error) {
    writer.destroy(error as Error);
    // Not before it is closed can it be removed: an open that was under way would make it anew.
    await whenClosed(file);
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function refusal(error: unknown, target: string): string {
  if (error instanceof Interrupted) return `Interrupted; ${target} was not written.`;
  if (error instanceof SampleError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  const remedies: Record<string, string> = {
    ENOENT: `the folder ${dirname(target)} does not exist; create it or give another --out`,
    ENOTDIR: `${dirname(target)} is no folder; give another --out`,
    EISDIR: `${target} is a folder; give a file name, such as ${basename(target)}.xlsx`,
    EACCES: `no permission to write in ${dirname(target)}; give another --out`,
    EROFS: `${dirname(target)} is read-only; give another --out`,
    ENOSPC: `the disk is full; free some space or give a smaller --scale`,
  };
  if (code !== undefined && code in remedies) return `SAMPLE_OUT: ${remedies[code]}`;
  return `SAMPLE_FAILED: ${message}; this is a fault of the generator, please report it with the options used`;
}

function describe(account: SampleAccount, target: string, bytes: number): string {
  const sheets = table(
    [
      { title: 'sheet', align: 'left' },
      { title: 'rows', align: 'right' },
      { title: 'repeated', align: 'right' },
      { title: 'to be quarantined', align: 'right' },
    ],
    account.sheets.map((sheet) => [sheet.sheet, count(sheet.rows), count(sheet.duplicates), count(sheet.quarantined)]),
  );
  const faults = table(
    [
      { title: 'injected', align: 'left' },
      { title: 'count', align: 'right' },
    ],
    Object.entries(account.faults)
      .filter(([, injected]) => injected > 0)
      .map(([name, injected]) => [name, count(injected)]),
  );
  const rates = account.matchRates.map(
    ({ name, matches, total }) =>
      `  ${name}: ${count(matches)} of ${count(total)} (${((100 * matches) / Math.max(1, total)).toFixed(1)} %)`,
  );
  const title = `SAMPLE workbook ${target}, ${megabytes(bytes)}, scale ${account.scale}, seed ${account.seed}`;
  return [title, '', ...sheets, '', ...faults, '', ...rates, ''].join('\n');
}
