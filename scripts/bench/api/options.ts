import { Command, InvalidArgumentError, Option } from 'commander';
import { SKIPPABLE, type GrowthOptions } from '../growth/measure';
import type { DataSourceOption } from './loaded';

export interface ApiBenchOptions {
  source: DataSourceOption;
  seconds: number;
  /** turns that the three servers take for each endpoint; the median counts */
  rounds: number;
  connections: number;
  only?: RegExp;
  out?: string;
}

export interface ExplainOptions {
  source: DataSourceOption;
  only?: RegExp;
  out: string;
}

export function parseApiOptions(argv: readonly string[]): ApiBenchOptions {
  const command = sourceCommand('bench:api', 'Measure every answer, the cache on and off, beside a bare handler')
    .option('--seconds <n>', 'how long each of the three servers is driven in a turn', wholeNumber, 2)
    .option('--rounds <n>', 'turns that the three take for each endpoint; the median counts', wholeNumber, 3)
    .option('--connections <n>', 'requests under way at the same time', wholeNumber, 16)
    .option('--out <file>', 'also write the result there, as Markdown')
    .parse(argv);
  return { ...command.opts<Omit<ApiBenchOptions, 'source'>>(), source: sourceOf(command) };
}

export function parseExplainOptions(argv: readonly string[]): ExplainOptions {
  const command = sourceCommand('explain', 'Write and check the plans of the statements behind every answer')
    .option('--out <folder>', 'where the EXPLAIN_*.md go', 'docs/perf')
    .parse(argv);
  return { ...command.opts<Omit<ExplainOptions, 'source'>>(), source: sourceOf(command) };
}

export interface AnalyticsOptions {
  source: DataSourceOption;
  runs: number;
  /** Where the result is written, beside the terminal. */
  out?: string;
}

/** Ends the process with a message when the command line makes no sense. */
export function parseAnalyticsOptions(argv: readonly string[]): AnalyticsOptions {
  const command = new Command('bench:analytics')
    .description('Measure what the aggregates cost')
    .argument('[file]', 'the workbook (.xlsx), loaded into a new database')
    .option('--url <database>', 'postgresql://… of a database with a published load, instead of a workbook')
    .option('--runs <n>', 'runs; the median counts', wholeNumber, 3)
    .option('--out <file>', 'also write the result there')
    .parse(argv);
  return { ...command.opts<Omit<AnalyticsOptions, 'source'>>(), source: sourceOf(command) };
}

export interface MlBenchOptions {
  source: DataSourceOption;
  seconds: number;
  connections: number;
  only?: RegExp;
  /** Whether models are trained first; without, baselines answer. */
  train: boolean;
  out?: string;
}

export function parseMlOptions(argv: readonly string[]): MlBenchOptions {
  const command = sourceCommand('bench:ml', 'Measure predictions, beside a bare handler')
    .option('--seconds <n>', 'how long each question is asked, three times', wholeNumber, 5)
    .option('--connections <n>', 'questions under way at the same time', wholeNumber, 1)
    .option('--no-train', 'train no models: baselines answer')
    .option('--out <file>', 'also write the result there, as Markdown')
    .parse(argv);
  return { ...command.opts<Omit<MlBenchOptions, 'source'>>(), source: sourceOf(command) };
}

export interface GrowthBenchOptions extends Omit<GrowthOptions, 'workDir' | 'signal' | 'log'> {
  /** nothing but the months that answers read */
  monthsOnly: boolean;
  out?: string;
}

/** Ends the process with a message when the command line makes no sense. */
export function parseGrowthOptions(argv: readonly string[]): GrowthBenchOptions {
  const command = new Command('bench:growth')
    .description('Measure loads, sizes, aggregates and answers with the rows')
    .argument('<file>', 'the workbook (.xlsx)')
    .option('--factors <n...>', 'how many times its orders, at least two numbers (default 1 3 10)', factor)
    .option('--seconds <n>', 'how long each question is asked', wholeNumber, 2)
    .option('--connections <n>', 'requests under way at the same time', wholeNumber, 4)
    .option('--runs <n>', 'runs of the aggregates; the median counts', wholeNumber, 3)
    .addOption(
      new Option('--skip <parts...>', 'what is left out beyond the smallest size').choices([...SKIPPABLE]).default([]),
    )
    .option(
      '--months-only',
      'nothing but the months that answers read: seconds and scans mean nothing for a small workbook or a busy machine',
      false,
    )
    .option('--out <file>', 'also write the result there, as Markdown')
    .parse(argv);
  const { factors = [1, 3, 10], ...options } = command.opts<
    Partial<GrowthBenchOptions> & Omit<GrowthBenchOptions, 'file'>
  >();
  if (factors.length < 2) command.error('Give at least two factors, such as --factors 1 3 10.');
  return { ...options, factors: [...factors].sort((a, b) => a - b), file: command.args[0] };
}

/** Adds one to those before it; the same twice is one. */
function factor(text: string, before: readonly number[] = []): number[] {
  const value = Number(text);
  if (/^\d{1,2}$/.test(text) && value > 0 && value <= 20) return [...new Set([...before, value])];
  throw new InvalidArgumentError('It must be a whole number from 1 to 20.');
}

function sourceCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('[file]', 'the workbook (.xlsx), loaded into a new database')
    .option('--url <database>', 'postgresql://… of a database with a published load, instead of a workbook')
    .option('--only <pattern>', 'only the endpoints whose name matches this regular expression', pattern);
}

/** The same where the data may be left out. */
export function optionalSourceOf(command: Command): DataSourceOption | undefined {
  return command.args.length === 0 && command.opts<{ url?: string }>().url === undefined
    ? undefined
    : sourceOf(command);
}

function sourceOf(command: Command): DataSourceOption {
  const file = command.args.at(0);
  const { url } = command.opts<{ url?: string }>();
  if (file !== undefined && url === undefined) return { file };
  if (file === undefined && url !== undefined) return { databaseUrl: url };
  return command.error('Give either a workbook or --url.');
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 999.');
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError('It must be a regular expression, such as ^kpis.');
  }
}
