/**
 * Changes the engines one expression at a time and counts the changes that their tests notice: docs/proof.md.
 *
 * Run: npm run proof:mutation -- [TARGETS] [--files GLOBS] [--survivors] [--afresh] [--concurrency N] [--least PERCENT]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { table } from '../bench/markdown';
import { runBench } from '../bench/run-bench';
import { wholeNumber } from '../whole-number';
import { configuration } from './configuration';
import { mutantsOf, ofFiles, percentOf, scoreOf, survivors, total, type MutationReport, type Score } from './score';
import { TARGETS, type Target } from './targets';

interface Options {
  files?: string[];
  survivors: boolean;
  afresh: boolean;
  concurrency: number;
  least: number;
}

const ROOT = join(__dirname, '../..');
const FOLDER = 'data/mutation';
const HEADER = [
  'target', 'files', 'mutants', 'killed', 'timeout', 'clock', 'survived', 'no coverage', 'ignored', 'score', 's',
]; // prettier-ignore

function parse(argv: readonly string[]): Options & { targets: string[] } {
  const names = TARGETS.map(({ name }) => name);
  const command = new Command('proof:mutation')
    .description('Count the changes of the engines that their unit tests notice')
    .addArgument(new Argument('[target...]', 'which, all by default').choices(names))
    .option('--files <glob...>', 'mutate these files only, of the targets named')
    .option('--survivors', 'list what no test noticed', false)
    .option('--afresh', 'try all again, also what was tried before with the same code and tests', false)
    .option('--concurrency <n>', 'processes that try mutants', wholeNumber, 1)
    .option('--least <percent>', 'the score that each target must have', wholeNumber, 80)
    .parse(argv);
  return { ...command.opts<Options>(), targets: command.args.length > 0 ? command.args : names };
}

/**
 * The files that are tried by themselves.
 *
 * @throws Error where a pattern names none: Stryker would try nothing, and what earlier runs found would be scored
 */
function named(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const files = globSync(pattern, { cwd: ROOT }).filter((file) => !file.endsWith('.spec.ts'));
    if (files.length === 0) throw new Error(`--files: no file is named ${pattern}.`);
    return files;
  });
}

async function tryTarget(
  target: Target,
  files: readonly string[] | undefined,
  options: Options,
  workDir: string,
  signal: AbortSignal,
): Promise<MutationReport> {
  const reportFile = join(FOLDER, `${target.name}.json`);
  if (options.afresh || !isWhole(join(ROOT, reportFile))) rmSync(join(ROOT, reportFile), { force: true });
  const mutate = files ?? target.mutate;
  const file = join(workDir, `${target.name}.json`);
  const trial = { root: ROOT, tempDir: join(FOLDER, 'copy'), reportFile, concurrency: options.concurrency };
  writeFileSync(file, JSON.stringify(configuration({ ...target, mutate }, trial)));
  const stryker = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawn(process.execPath, [stryker, 'run', file], { cwd: ROOT, stdio: ['ignore', 2, 2], signal });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || !existsSync(join(ROOT, reportFile))) throw new Error(`Stryker failed on ${target.name}.`);
  const report = JSON.parse(readFileSync(join(ROOT, reportFile), 'utf8')) as MutationReport;
  return files === undefined ? report : ofFiles(report, files);
}

/** Whether a report was written to its end, which one of an interrupted run need not be. */
function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

function line(name: string, score: Score, seconds: number): string[] {
  const { files, killed, timeout, clock, survived, noCoverage, ignored } = score;
  const counts = [files, mutantsOf(score), killed, timeout, clock, survived, noCoverage, ignored];
  return [name, ...counts.map(String), `${percentOf(score).toFixed(1)} %`, seconds.toFixed(0)];
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const options = parse(process.argv);
  const { least } = options;
  const files = options.files && named(options.files);
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  const rows: string[][] = [];
  const scores: Score[] = [];
  const findings: string[] = [];
  let seconds = 0;
  for (const target of TARGETS.filter(({ name }) => options.targets.includes(name))) {
    console.error(`  ${target.name}`);
    const begun = performance.now();
    const report = await tryTarget(target, files, options, workDir, signal);
    const took = (performance.now() - begun) / 1000;
    const score = scoreOf(report);
    scores.push(score);
    seconds += took;
    rows.push(line(files === undefined ? target.name : `${target.name}, in part`, score, took));
    if (mutantsOf(score) === 0) findings.push(`${target.name}: nothing was tried`);
    else if (percentOf(score) < least) findings.push(`${target.name}: ${percentOf(score).toFixed(1)} %`);
    if (score.pending > 0) findings.push(`${target.name}: ${score.pending} mutants were not tried`);
    if (options.survivors) for (const survivor of survivors(report)) console.log(survivor);
  }
  if (rows.length > 1) rows.push(line('all', total(scores), seconds));
  console.log(table(HEADER, rows));
  for (const finding of findings) console.log(`- ${finding}`);
  console.log(
    `\n${findings.length === 0 ? `Each at least ${least} %: PASSED` : `${findings.length} findings: FAILED`}`,
  );
  if (findings.length > 0) process.exitCode = 1;
}

runBench(main);
