import { Command, InvalidArgumentError, Option } from 'commander';
import { READER_NAMES, type ReaderName } from './reader-names';

export interface BenchOptions {
  file: string;
  runs: number;
  peerRuns: number;
  skip: readonly ReaderName[];
  /** sizes of the generated workbooks; none: no growth is measured */
  growth: readonly number[];
  /** measure the growth and nothing else */
  growthOnly: boolean;
  out?: string;
}

const GROWTH_SCALES: readonly number[] = [0.1, 1, 3];

export function parseOptions(argv: readonly string[]): BenchOptions {
  const peers = READER_NAMES.filter((name) => !name.startsWith('own-'));
  const command = new Command('bench:ingestion')
    .description('Measure readers, loads and growth on one workbook, in one run on this machine')
    .argument('<file>', 'the workbook (.xlsx)')
    .option('--runs <n>', 'runs of our reader and of the loads; the median counts', runs, 3)
    .option('--peer-runs <n>', 'runs of the other readers; the median counts', runs, 3)
    .addOption(new Option('--skip <reader...>', 'readers to leave out').choices(peers).default([]))
    .option('--growth [scales]', 'also generate workbooks of these sizes, 1 = the real rows (default 0.1,1,3)', scales)
    .option('--growth-only', 'the growth and nothing else', false)
    .option('--out <file>', 'also write the result there, as Markdown')
    .parse(argv);
  const options = command.opts<Omit<BenchOptions, 'file' | 'growth'> & { growth?: readonly number[] | true }>();
  const growth =
    options.growth === true ? GROWTH_SCALES : (options.growth ?? (options.growthOnly ? GROWTH_SCALES : []));
  return { ...options, file: command.args[0], growth };
}

function runs(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 99.');
}

function scales(text: string): readonly number[] {
  const list = text.split(',').map(Number);
  if (new Set(list).size >= 2 && list.every((scale) => scale > 0 && scale <= 100)) return list;
  throw new InvalidArgumentError('Give at least two different sizes above 0 and at most 100, such as 0.1,1,3.');
}
