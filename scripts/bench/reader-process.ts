import { ownPeakBytes } from './process-memory';
import type { CountCells } from './readers/cell-count';
import { type ReaderProcessResult, type ReaderName, READERS } from './reader-names';

/** `node reader-process.js READER FILE`: one reading in a process of its own, which holds nothing but that reader. */
async function main(name: string, path: string): Promise<void> {
  if (!(name in READERS)) throw new Error(`no reader ${name}`);
  const { countCells } = (await import(READERS[name as ReaderName].module)) as { countCells: CountCells };
  const count = await countCells(path);
  const { user, system } = process.cpuUsage();
  const result: ReaderProcessResult = { ...count, cpuSeconds: (user + system) / 1e6, peakBytes: ownPeakBytes() };
  process.stdout.write(JSON.stringify(result));
}

main(process.argv[2], process.argv[3]).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
