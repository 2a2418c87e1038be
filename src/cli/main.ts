#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SCOPES } from '../auth/scopes';
import type { AuditOptions } from './commands/audit';
import type { ReleaseGateOptions } from './commands/release-gate';
import type { CreateKeyOptions, RotateKeyOptions } from './commands/keys';
import type { MlTrainOptions } from './commands/ml-train';
import type { SampleCommandOptions } from './commands/sample';
import type { SimulateOptions } from './commands/simulate';
import { describeFailure } from './cli-error';
import { EXIT } from './exit-codes';

/*
 * Each command imports what it needs when it is called: `cells` and `--help` answer in a fraction of a second, and
 * `cells`, `inspect`, `sample` and `simulate` start neither Nest nor a database.
 */
function build(finish: (code: number) => void): Command {
  const program = new Command('prodplan')
    .description('PRODPLAN: load the factory’s workbook, and look at what was loaded.')
    .exitOverride()
    .showHelpAfterError('(--help shows what can be given)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done or nothing to do, 1 refused or failed, 2 not understood, 3 busy, 130 interrupted.',
    );

  program
    .command('ingest')
    .description('Load a workbook into the database and print the account of it')
    .argument('<file>', 'the workbook (.xlsx)')
    .option('--force', 'load and check again even when this content is the published one')
    .option('--allow-mass-absence <sheet...>', 'sheets of which more than 5 % may be absent from this workbook')
    .option('--json', 'print the report as JSON')
    .action(async (file: string, options: { force?: boolean; allowMassAbsence?: string[]; json?: boolean }) => {
      const { runIngest } = await import('./commands/ingest.js');
      finish(await runIngest(file, options, process.stdout, process.stderr));
    });

  program
    .command('report')
    .description('Print the account of a load')
    .argument('<run>', 'its number, or latest', runNumber)
    .option('--json', 'print it as JSON')
    .action(async (run: number | 'latest', options: { json?: boolean }) => {
      const { runReport } = await import('./commands/report.js');
      finish(await runReport(run, options, process.stdout));
    });

  program
    .command('backtest')
    .description('Try the ETAs on the last two years of the loaded data and store how good they are')
    .action(async () => {
      const { runBacktest } = await import('./commands/backtest.js');
      finish(await runBacktest(process.stdout));
    });

  const keys = program.command('keys').description('API keys: who may do what');
  const to = { out: process.stdout, err: process.stderr };
  keys
    .command('create')
    .description('Make a key and print it; it is not shown again')
    .argument('<name>', 'who or what uses it', keyName)
    .addOption(
      new Option('--scope <scope...>', 'what it may do; admin includes all').choices([...SCOPES]).makeOptionMandatory(),
    )
    .option('--expires-in-days <days>', 'when it stops to count (default: never)', whole)
    .action(async (name: string, options: CreateKeyOptions) => {
      const { createKey } = await import('./commands/keys.js');
      finish(await createKey(name, options, to));
    });
  keys
    .command('list')
    .description('Show every key there ever was, without its secret')
    .option('--json', 'print them as JSON')
    .action(async (options: { json?: boolean }) => {
      const { listKeys } = await import('./commands/keys.js');
      finish(await listKeys(options, to));
    });
  keys
    .command('rotate')
    .description('Replace a key by a new one of the same name and scopes')
    .argument('<name>', 'its name', keyName)
    .option('--keep-old-hours <hours>', 'how long the old one still counts', decimal, 0)
    .option('--expires-in-days <days>', 'when the new one stops to count (default: never)', whole)
    .action(async (name: string, options: RotateKeyOptions) => {
      const { rotateKey } = await import('./commands/keys.js');
      finish(await rotateKey(name, options, to));
    });
  keys
    .command('revoke')
    .description('End a key, and what is left of those it replaced')
    .argument('<name>', 'its name', keyName)
    .action(async (name: string) => {
      const { revokeKey } = await import('./commands/keys.js');
      finish(await revokeKey(name, to));
    });

  program
    .command('validate-prerequisites')
    .description('Say whether the database, its version, the folders and the workbook are there')
    .action(async () => {
      const { runValidatePrerequisites } = await import('./commands/validate-prerequisites.js');
      finish(await runValidatePrerequisites(process.stdout));
    });

  program
    .command('release-gate')
    .description('Measure the running service and say whether it may be released')
    .option('--url <origin>', 'where it listens (default: http://127.0.0.1:PORT)')
    .option('--no-measure', 'judge by what was measured before')
    .action(async (options: ReleaseGateOptions) => {
      const { runReleaseGate } = await import('./commands/release-gate.js');
      finish(await runReleaseGate(options, process.stdout));
    });

  program
    .command('backup')
    .description('Back the database up into one file')
    .argument('<file>', 'the file to write')
    .action(async (file: string) => {
      const { runBackup } = await import('./commands/backup.js');
      finish(await runBackup(file, process.stdout));
    });

  program
    .command('restore')
    .description('Restore a backup into an empty database')
    .argument('<file>', 'what backup wrote')
    .action(async (file: string) => {
      const { runRestore } = await import('./commands/backup.js');
      finish(await runRestore(file, process.stdout));
    });

  program
    .command('audit')
    .description('Print who did what, newest first')
    .option('--limit <entries>', 'how many at most', whole, 50)
    .option('--actor <name>', 'of this key, or cli:account, alone')
    .option('--since <moment>', 'from this moment on, such as 2026-01-31 or 2026-01-31T06:00Z', moment)
    .option('--json', 'print them as JSON')
    .action(async (options: AuditOptions) => {
      const { runAudit } = await import('./commands/audit.js');
      finish(await runAudit(options, process.stdout));
    });

  program
    .command('ml-train')
    .description('Train models up to a day, test them on what came later, and write their cards')
    .argument('<kind>', 'leadtime, risk or remaining')
    .requiredOption('--train-before <day>', 'learn from orders finished before this day', calendarDay)
    .requiredOption(
      '--test-from <day>',
      'test on orders created from this day on; what was finished between decides',
      calendarDay,
    )
    .requiredOption('--test-before <day>', 'and before this one', calendarDay)
    .option('--seed <number>', 'of the first weights and the order of the rows', whole, 1)
    .option('--cards <dir>', 'folder to write the model cards into, instead of printing them')
    .action(async (kind: string, options: MlTrainOptions) => {
      const { runMlTrain } = await import('./commands/ml-train.js');
      finish(await runMlTrain(kind, options, process.stdout, process.stderr));
    });

  program
    .command('whatif-backtest')
    .description('Simulate from past moments of the loaded data and compare with what happened')
    .action(async () => {
      const { runWhatifBacktest } = await import('./commands/whatif-backtest.js');
      finish(await runWhatifBacktest(process.stdout));
    });

  program
    .command('inspect')
    .description('Profile every row of any workbook, without a database')
    .argument('<file>', 'the workbook (.xlsx)')
    .option('--out <dir>', 'folder of the reports (default: DATA_DIR/reports)')
    .option('--mapping-file <file>', 'aliases of sheets and headers, instead of MAPPING_FILE')
    .action(async (file: string, options: { out?: string; mappingFile?: string }) => {
      const { runInspect } = await import('./commands/inspect.js');
      finish(await runInspect(file, options, process.stdout, process.stderr));
    });

  program
    .command('sample')
    .description('Write a generated workbook with the statistics and faults of the real one')
    .requiredOption('--out <file>', 'the workbook to write')
    .option('--scale <number>', "1 = the real workbook's row counts", decimal, 0.02)
    .option('--seed <number>', 'the same seed gives the same bytes', whole, 7)
    .option('--assignment-match-rate <share>', 'share of the assigned phases that exist, 0 to 1', decimal)
    .option('--fault <name=share...>', 'faults that differ from the real ones, such as endBeforeStart=0.01')
    .option('--level <0-9>', 'compression: 0 fast, 9 small', whole)
    .action(async (options: SampleCommandOptions) => {
      const { runSample } = await import('./commands/sample.js');
      finish(await runSample(options, process.stdout, process.stderr));
    });

  program
    .command('cells')
    .description('Write every non-empty cell of any workbook as a JSON line {sheet,row,col,type,value}')
    .argument('<file>', 'the workbook (.xlsx)')
    .action(async (file: string) => {
      const { runCells } = await import('./commands/cells.js');
      finish(await runCells(file, process.stdout, process.stderr));
    });

  program
    .command('simulate')
    .description('Simulate a job shop and print its schedule’s figures as JSON, without a database')
    .requiredOption('--jobshop <file>', 'the instance, in the standard text format: jobs machines, then a line per job')
    .option('--rule <rule>', 'dispatching rule: FIFO, EDD, SPT, SLACK, LPT, MWKR, LWKR, MOPNR, WSPT or RANDOM', 'FIFO')
    .option('--seed <number>', 'what RANDOM draws from', whole, 0)
    .action(async (options: SimulateOptions) => {
      const { runSimulate } = await import('./commands/simulate.js');
      finish(await runSimulate(options, process.stdout));
    });

  return program;
}

function runNumber(text: string): number | 'latest' {
  if (text === 'latest') return text;
  const run = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(run) && run > 0) return run;
  throw new InvalidArgumentError('It must be a whole number from 1, or latest.');
}

function keyName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be up to 64 letters, digits and . _ @ -, the first a letter or digit.');
}

function moment(text: string): Date {
  const date = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('It must be a date, such as 2026-01-31 or 2026-01-31T06:00Z.');
}

function calendarDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a day, such as 2025-01-01.');
}

function decimal(text: string): number {
  if (/^\d*\.?\d+(e-?\d+)?$/i.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number, such as 0.02.');
}

function whole(text: string): number {
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0.');
}

async function main(): Promise<number> {
  let exitCode: number = EXIT.OK;
  try {
    await build((code) => {
      exitCode = code;
    }).parseAsync();
    return exitCode;
  } catch (error) {
    // Commander has already written its message; 0 stands for --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
    const failure = describeFailure(error);
    process.stderr.write(failure.text);
    return failure.exitCode;
  }
}

// `report latest | head`: a reader that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main().then((code) => {
  process.exitCode = code;
});
