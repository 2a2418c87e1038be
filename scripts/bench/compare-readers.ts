import { join } from 'node:path';
import { median } from './figures';
import { READER_NAMES, READERS, type ReaderName, type ReaderProcessResult } from './reader-names';
import { runProgram } from './run-process';

const READER_PROCESS = join(__dirname, 'reader-process.js');

export interface ReaderFigures extends ReaderProcessResult {
  name: ReaderName;
  /** wall clock of the whole process, median of the runs */
  seconds: number;
  runs: number;
}

export interface CompareOptions {
  file: string;
  /** readings by our reader; the peers' are repeated `peerRuns` times */
  runs: number;
  peerRuns: number;
  readers?: readonly ReaderName[];
  signal: AbortSignal;
  log: (line: string) => void;
}

/**
 * Each reader reads the file in processes of its own; one reading by ours comes first and is not counted, so that the
 * file is in memory for all. Seconds and CPU are medians, memory is the highest of the runs.
 */
export async function compareReaders(options: CompareOptions): Promise<ReaderFigures[]> {
  const { file, signal, log, readers = READER_NAMES } = options;
  await readOnce('own-single', file, signal);
  const all: ReaderFigures[] = [];
  for (const name of readers) {
    const runs = READERS[name].isOurs ? options.runs : options.peerRuns;
    const results: (ReaderProcessResult & { seconds: number })[] = [];
    for (let run = 0; run < runs; run++) results.push(await readOnce(name, file, signal));
    const figures: ReaderFigures = {
      ...results[0],
      name,
      runs,
      seconds: median(results.map((result) => result.seconds)),
      cpuSeconds: median(results.map((result) => result.cpuSeconds)),
      peakBytes: Math.max(...results.map((result) => result.peakBytes)),
    };
    log(`${READERS[name].title}: ${figures.seconds.toFixed(2)} s, ${figures.cells} cells`);
    all.push(figures);
  }
  return all;
}

async function readOnce(
  name: ReaderName,
  file: string,
  signal: AbortSignal,
): Promise<ReaderProcessResult & { seconds: number }> {
  const { seconds, stdout } = await runProgram(READER_PROCESS, [name, file], { signal });
  return { ...(JSON.parse(stdout) as ReaderProcessResult), seconds };
}
