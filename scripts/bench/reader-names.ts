import type { CellCount } from './readers/cell-count';

/** The readers that are compared, in the order of the table. */
export const READERS = {
  'own-single': { title: 'ours, one thread', module: './readers/own-single.js', isOurs: true },
  'own-threads': { title: 'ours, side by side', module: './readers/own-threads.js', isOurs: true },
  exceljs: { title: 'exceljs streaming', module: './readers/exceljs.js', isOurs: false },
  'xlsx-stream-reader': { title: 'xlsx-stream-reader', module: './readers/xlsx-stream-reader.js', isOurs: false },
} as const;

export type ReaderName = keyof typeof READERS;
export const READER_NAMES = Object.keys(READERS) as ReaderName[];

/** What a reader's process writes to its standard output, as JSON. */
export interface ReaderProcessResult extends CellCount {
  /** of all threads, user and system, from the start of the process */
  cpuSeconds: number;
  peakBytes: number;
}
