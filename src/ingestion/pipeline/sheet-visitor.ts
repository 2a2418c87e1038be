import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { performance } from 'node:perf_hooks';
import { createGzip } from 'node:zlib';
import type { Writable } from 'node:stream';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { factoryZone } from '@libs/factory-time';
import { isKeyColumn, SheetProfiler, type SheetProfilePart } from '@libs/profile';
import { SheetConverter, sheetOf, type Entity, type MappingAliases } from '@libs/workbook';
import { CellHash, type RowBatch, type SheetVisitor } from '@libs/xlsx';
import { sqlFile } from '../../database/sql-file';

/** What a worker thread is told about the sheet it reads. */
export interface VisitParams {
  readonly connectionString: string;
  readonly entity: Entity;
  readonly ordinal: number;
  readonly factoryTz: string;
  readonly clockSeconds: number;
  readonly aliases: MappingAliases;
  /** Where the sheet's CSV.gz goes. */
  readonly csvPath: string;
}

/** What a worker thread tells of a sheet it has read; survives structured clone. */
export interface VisitResult {
  readonly extracted: number;
  /** Rows that the server says it took. */
  readonly copied: number;
  /** Rows that their own cells already rule out. */
  readonly rejected: number;
  /** SHA-256 of the CSV before compression. */
  readonly csvSha256: string;
  readonly layoutSha256: string;
  /** The hash of the cells as read (libs/xlsx CellHash). */
  readonly cellsSha256: string;
  /** SHA-256 of the sheet's XML. */
  readonly partSha256: string;
  /** Excel columns (from 1) of the definition's columns, in its order. */
  readonly columns: readonly number[];
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly profile: SheetProfilePart;
}

/** Sent by `report` now and then. */
export interface VisitProgress {
  readonly rows: number;
  readonly bytesRead: number;
}

interface VisitContext {
  readonly date1904: boolean;
  readonly params: VisitParams;
  report(progress: VisitProgress): void;
}

const INSERT_CELL_ISSUES = sqlFile(__dirname, 'sql/insert_cell_issues.sql');
const ISSUES_AT_ONCE = 5000;
/** Progress is shown twice a second; a message for every batch would cost more than it tells. */
const REPORT_EVERY_MS = 100;

/** Runs in a worker thread: reads one sheet into staging, CSV.gz and a profile, in one pass. */
export async function createVisitor(context: VisitContext): Promise<SheetVisitor<VisitResult>> {
  const { params } = context;
  const started = performance.now();
  let reported = started;
  const definition = sheetOf(params.entity);
  let profiler: SheetProfiler | undefined;
  const converter = new SheetConverter(definition, {
    zone: factoryZone(params.factoryTz),
    date1904: context.date1904,
    clockSeconds: params.clockSeconds,
    ordinal: params.ordinal,
    aliases: params.aliases,
    observe: (headers) =>
      (profiler = new SheetProfiler(headers.map((name) => ({ name, trackKeys: isKeyColumn(definition.sheet, name) })))),
  });

  const client = new Client({ connectionString: params.connectionString });
  // A lost connection also fails the statement in hand, which is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET synchronous_commit = off');
  const copied = SheetConverter.copyColumns(definition);
  const copy = client.query(
    copyFrom(`COPY staging.${params.entity}_raw (${copied.join(', ')}) FROM STDIN (FORMAT binary)`),
  );
  // The stream itself does not remember it, and what is written to it afterwards fails by something else, or waits for ever.
  let refusal: Error | undefined;
  copy.on('error', (error) => (refusal ??= error));
  const cells = new CellHash(context.date1904);
  const hash = createHash('sha256');
  // Level 1: the files are for looking at, and a higher level costs more time than it saves disk.
  const gzip = createGzip({ level: 1, chunkSize: 64 * 1024 });
  const file = createWriteStream(params.csvPath);
  gzip.pipe(file);
  const csvDone = finished(file);
  const copyDone = finished(copy);
  // Both are awaited in end(); until then a failure shows at the next write.
  csvDone.catch(() => undefined);
  copyDone.catch(() => undefined);
  gzip.on('error', (error) => file.destroy(error));
  // A pipe only unplugs itself from a file that fails: whoever waits for room in gzip would wait for ever.
  file.on('error', (error) => gzip.destroy(error));

  const write = async (stream: Writable, chunk: Buffer): Promise<void> => {
    const failure = stream === copy ? refusal : stream.errored;
    if (failure) throw failure;
    if (stream.write(chunk)) return;
    await once(stream, 'drain');
  };
  // Findings go through a connection of their own, since COPY occupies the first; most sheets have none.
  let issueClient: Client | undefined;
  const writeIssues = async (): Promise<void> => {
    const issues = converter.takeIssues();
    if (issues.length === 0) return;
    if (!issueClient) {
      issueClient = new Client({ connectionString: params.connectionString });
      issueClient.on('error', () => undefined);
      await issueClient.connect();
    }
    await issueClient.query(INSERT_CELL_ISSUES.text, [
      params.entity,
      params.ordinal,
      issues.map((issue) => issue.row),
      issues.map((issue) => issue.column),
      issues.map((issue) => issue.cell),
      issues.map((issue) => issue.code),
      issues.map((issue) => issue.detail),
    ]);
  };
  const writeCsv = async (): Promise<void> => {
    const chunk = converter.csv.take();
    hash.update(chunk);
    await write(gzip, chunk);
  };

  return {
    async batch(batch: RowBatch) {
      cells.update(batch);
      converter.push(batch);
      if (converter.copy.full) await write(copy, converter.copy.take());
      if (converter.csv.full) await writeCsv();
      if (converter.pendingIssues >= ISSUES_AT_ONCE) await writeIssues();
      if (performance.now() - reported < REPORT_EVERY_MS) return;
      reported = performance.now();
      context.report({ rows: converter.extracted, bytesRead: batch.bytesRead });
    },
    async end({ partSha256 }) {
      const { layoutSha256, columns } = converter.finish();
      await write(copy, converter.copy.finish());
      copy.end();
      await writeCsv();
      gzip.end();
      await Promise.all([copyDone, csvDone]);
      await writeIssues();
      await issueClient?.end();
      await client.end();
      return {
        extracted: converter.extracted,
        copied: copy.rowCount,
        rejected: converter.rejected,
        csvSha256: hash.digest('hex'),
        layoutSha256,
        cellsSha256: cells.digest(),
        partSha256,
        columns,
        warnings: converter.warnings,
        seconds: (performance.now() - started) / 1000,
        profile: (profiler as SheetProfiler).finish(),
      };
    },
    async abort() {
      gzip.destroy();
      file.destroy();
      // Destroying the COPY stream makes the server forget the rows sent so far; after a refusal it has.
      if (!refusal) copy.destroy();
      await Promise.allSettled([client.end(), issueClient?.end()]);
    },
  };
}
