import { Command, InvalidArgumentError } from 'commander';

export interface LoadBenchOptions {
  file: string;
  /** of the soak at 16 connections */
  minutes: number;
  /** of the others */
  seconds: number;
  /** judge neither times nor memory */
  errorsOnly: boolean;
  out?: string;
}

/** Ends the process with a message when the command line makes no sense. */
export function parseLoadOptions(argv: readonly string[]): LoadBenchOptions {
  const command = new Command('bench:load')
    .description('The traffic of the frontend at 16, 64 and 256 connections, while a workbook is loaded beside it')
    .argument('<file>', 'the workbook (.xlsx)')
    .option('--minutes <n>', 'how long 16 connections are driven, and memory is watched', positive, 10)
    .option('--seconds <n>', 'how long 64 and 256 connections are driven', positive, 60)
    .option(
      '--errors-only',
      'judge neither times nor memory, which mean nothing for a short run or a busy machine',
      false,
    )
    .option('--out <file>', 'also write the result there, as Markdown')
    .parse(argv);
  return { ...command.opts<Omit<LoadBenchOptions, 'file'>>(), file: command.args[0] };
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError('It must be a number above 0 and at most 3600.');
}
