import { format } from 'prettier';
import type { ReaderFigures } from './compare-readers';
import { table } from './markdown';
import type { Growth } from './measure-growth';
import { READERS } from './reader-names';
import { LOADS, type LoadFigures, type LoadsFigures } from './time-loads';
import type { Verdict } from './targets';

export interface Results {
  machine: string;
  /** ISO date of the run */
  date: string;
  workbook: { bytes: number; isSample: boolean };
  readers: readonly ReaderFigures[];
  loads: LoadsFigures;
  growth?: Growth;
  verdicts: readonly Verdict[];
}

/** All results as one Markdown text, which is what the terminal shows and what docs/perf keeps. */
export async function renderResults(results: Results): Promise<string> {
  const { machine, date, workbook, readers, loads, growth, verdicts } = results;
  const kind = workbook.isSample ? 'A generated workbook' : 'The workbook';
  const sections = [
    '# Ingestion, measured',
    `${date}, written by \`npm run bench:ingestion\`; [README.md](README.md) says what is measured, and what is not.`,
    `Machine: ${machine}.`,
    `${kind}: ${megabytes(workbook.bytes)} MB.`,
    '## Targets',
    targetsTable(verdicts),
    '## Readers on the same file',
    readersTable(readers),
    `Seconds are those of the whole process; speed is its time as a multiple of ours in one thread. ${sameWork(readers)}`,
    '## Loads',
    loadsTable(loads.loads),
    `Medians of ${loads.runs} run(s), each into a new database; memory is the highest of them. Not contained: initdb and the ` +
      `server's first start ${seconds(loads.startSeconds)} s, all migrations ${seconds(loads.migrateSeconds)} s.`,
    '### By step, in seconds',
    stepsTable(loads.loads),
    ...(growth ? ['## Growth', growthTable(growth), growthText(growth)] : []),
  ];
  return format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 });
}

/** The growth alone, measured in a run of its own. */
export async function renderGrowth(results: Pick<Results, 'machine' | 'date'> & { growth: Growth }): Promise<string> {
  const { machine, date, growth } = results;
  const sections = [
    '# Ingestion, by size',
    `${date}, written by \`npm run bench:ingestion -- FILE --growth-only\`; [README.md](README.md) says what is measured.`,
    `Machine: ${machine}.`,
    growthTable(growth),
    growthText(growth),
  ];
  return format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 });
}

function targetsTable(verdicts: readonly Verdict[]): string {
  const word = (isReached: boolean | undefined): string =>
    isReached === undefined ? 'not measured' : isReached ? 'reached' : 'MISSED';
  return table(
    ['target', 'found', 'verdict'],
    verdicts.map(({ target, found, isReached }) => [target, found ?? '-', word(isReached)]),
  );
}

function readersTable(readers: readonly ReaderFigures[]): string {
  const own = readers.find(({ name }) => name === 'own-single')?.seconds ?? NaN;
  return table(
    ['reader', 'seconds', 'CPU seconds', 'peak MB', 'sheets', 'rows', 'cells', 'runs', 'speed'],
    readers.map((reader) => [
      READERS[reader.name].title,
      seconds(reader.seconds),
      seconds(reader.cpuSeconds),
      megabytes(reader.peakBytes),
      String(reader.sheets),
      count(reader.rows),
      count(reader.cells),
      String(reader.runs),
      `${(reader.seconds / own).toFixed(2)} x`,
    ]),
  );
}

function sameWork(readers: readonly ReaderFigures[]): string {
  const [first] = readers;
  return readers.every(({ rows, cells }) => rows === first.rows && cells === first.cells)
    ? 'All visited the same rows and cells.'
    : 'The counts differ where a reader hands out empty texts or rows without a value, or keeps them to itself.';
}

function loadsTable(loads: readonly LoadFigures[]): string {
  return table(
    ['load', 'command s', 'run s', 'extracted', 'inserted', 'updated', 'Node MB', 'PostgreSQL MB'],
    loads.map((load) => [
      LOADS[load.name],
      seconds(load.seconds),
      seconds(load.runSeconds),
      count(load.extracted),
      count(load.inserted),
      count(load.updated),
      megabytes(load.nodeBytes),
      megabytes(load.serverBytes),
    ]),
  );
}

function stepsTable(loads: readonly LoadFigures[]): string {
  const runs = loads.filter(({ steps }) => steps.size > 0);
  const names = [...new Set(runs.flatMap(({ steps }) => [...steps.keys()]))];
  return table(
    ['step', ...runs.map(({ name }) => LOADS[name])],
    names.map((step) => [step, ...runs.map(({ steps }) => seconds(steps.get(step) ?? NaN))]),
  );
}

function growthTable({ points }: Growth): string {
  return table(
    ['rows of the real workbook', 'rows', 'file MB', 'read s', 'read MB', 'first load s', 'load MB'],
    points.map((point) => [
      `${Math.round(point.scale * 1000) / 10} %`,
      count(point.rows),
      megabytes(point.fileBytes),
      seconds(point.readSeconds),
      megabytes(point.readPeakBytes),
      seconds(point.loadSeconds),
      megabytes(point.loadPeakBytes),
    ]),
  );
}

function growthText({ readExponent, loadExponent }: Growth): string {
  return (
    `Time grows with the rows to the power ${readExponent.toFixed(2)} (reading, one thread) and ` +
    `${loadExponent.toFixed(2)} (first load): 1 is linear. Generated workbooks; Node's own start is contained, which ` +
    'weighs on the smallest.'
  );
}

function seconds(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(2);
}

function megabytes(bytes: number): string {
  return Number.isNaN(bytes) ? '-' : (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
