/**
 * Reads good, bad and damaged workbooks with this product's reader, and holds what it reads to exceljs: docs/proof.md.
 *
 * Run: npm run fuzz:workbooks -- [--mutations N] [--seed N] [--corpus FOLDER]
 */
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { describeProcessor, loadAverage } from '../bench/machine';
import { runBench } from '../bench/run-bench';
import type { WorkbookCase } from './workbooks/case';
import { corpus } from './workbooks/corpus';
import { differencesOf, reasonOf } from './workbooks/differences';
import { faults } from './workbooks/faults';
import { features } from './workbooks/features';
import { judge } from './workbooks/judge';
import { mutations } from './workbooks/mutations';
import { ReaderProcess } from './workbooks/reader-process';
import { KEPT_CELLS, type Outcome } from './workbooks/reading';
import { Results, type Comparison } from './workbooks/results';

interface Options {
  mutations: number;
  seed: number;
  corpus?: string;
}

/** exceljs holds a workbook in memory as a whole; larger files are not given to it. */
const COMPARED_BYTES = 5e6;
/** It takes what it takes: how much is no matter of this product. */
const EXCELJS_HEAP = '--max-old-space-size=1500';

function parse(argv: readonly string[]): Options {
  return new Command('fuzz:workbooks')
    .description('Read workbooks of every feature and fault, and damaged ones: read right or refused, never worse')
    .option('--mutations <n>', 'how many damaged workbooks', whole, 1000)
    .option('--seed <n>', 'the same seed damages them alike', whole, 1)
    .option('--corpus <folder>', 'read the .xlsx files below this folder instead')
    .parse(argv)
    .opts<Options>();
}

function whole(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

class Harness {
  readonly results = new Results();
  private readonly own = new ReaderProcess('own-reader.js');
  private readonly exceljs = new ReaderProcess('exceljs-reader.js', [EXCELJS_HEAP]);

  constructor(private readonly workDir: string) {}

  async try(tried: WorkbookCase): Promise<void> {
    const path = 'file' in tried.source ? tried.source.file : join(this.workDir, 'workbook.xlsx');
    if ('write' in tried.source) await tried.source.write(path);
    this.blameLast(this.own.lateEnd());
    const asFactory = tried.group === 'factory faults';
    const outcome = await this.own.ask({ path, asFactory, limits: tried.limits });
    const comparison = outcome.kind === 'read' ? await this.compare(tried, path, outcome) : undefined;
    this.results.add(tried, outcome, judge(tried.expected, outcome), comparison);
  }

  private async compare(
    { exceljs: known }: WorkbookCase,
    path: string,
    own: Outcome & { kind: 'read' },
  ): Promise<Comparison> {
    if (own.cells > KEPT_CELLS || statSync(path).size > COMPARED_BYTES) return { kind: 'too large' };
    const theirs = await this.exceljs.ask({ path, asFactory: false });
    if (theirs.kind !== 'read') return { kind: 'not read', how: theirs.kind };
    const differences = differencesOf(own.sheets, theirs.sheets);
    const explained = differences.map((difference) => ({ difference, why: reasonOf(difference) ?? known }));
    return differences.length === 0 ? { kind: 'same' } : { kind: 'different', explained };
  }

  async end(): Promise<void> {
    const [late] = await Promise.all([this.own.end(), this.exceljs.end()]);
    this.blameLast(late);
  }

  private blameLast(finding: string | undefined): void {
    if (finding !== undefined) this.results.blameLast(finding);
  }
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const options = parse(process.argv);
  const loadBefore = loadAverage();
  const cases =
    options.corpus === undefined
      ? [...features(), ...faults(), ...(await mutations(options.mutations, options.seed, workDir))]
      : await corpus(options.corpus);
  const harness = new Harness(workDir);
  try {
    for (const tried of cases) {
      signal.throwIfAborted();
      await harness.try(tried);
    }
  } finally {
    await harness.end();
    await rm(join(workDir, 'workbook.xlsx'), { force: true });
  }
  const { text, failed } = harness.results.render(options.corpus !== undefined);
  console.log(text);
  console.log(`\nSeed ${options.seed}; ${describeProcessor(loadBefore)}.`);
  console.log(`${cases.length} workbooks: ${failed > 0 ? `${failed} findings: FAILED` : 'PASSED'}`);
  if (failed > 0) process.exitCode = 1;
}

runBench(main);
