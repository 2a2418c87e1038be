import type { ReaderFigures } from './compare-readers';
import { highest } from './figures';
import type { ReaderName } from './reader-names';
import type { LoadFigures, LoadName, LoadsFigures } from './time-loads';

const MB = 1e6;

export interface Verdict {
  target: string;
  /** undefined where what it compares with was left out */
  found: string | undefined;
  isReached: boolean | undefined;
}

/** The measures that the load is to reach; each is compared within this one run, on this machine. */
export function judge(readers: readonly ReaderFigures[], { loads }: LoadsFigures): Verdict[] {
  const reader = (name: ReaderName): ReaderFigures | undefined => readers.find((figures) => figures.name === name);
  const load = (name: LoadName): LoadFigures | undefined => loads.find((figures) => figures.name === name);
  const secondsOf = (name: LoadName): number => load(name)?.seconds ?? NaN;
  const single = reader('own-single')?.seconds ?? NaN;
  const sideBySide = reader('own-threads')?.seconds ?? NaN;
  const exceljs = reader('exceljs')?.seconds;
  const streamReader = reader('xlsx-stream-reader')?.seconds;
  const readerPeak = Math.max(
    ...['own-single', 'own-threads'].map((name) => reader(name as ReaderName)?.peakBytes ?? NaN),
  );
  const loadPeak = highest(loads.map(({ nodeBytes }) => nodeBytes));
  // The run, not the command: what a service that is up takes for it.
  const identical = (name: LoadName, what: string): Verdict =>
    atMost(
      `identical content, ${what}: at most 1.5 x our reading, side by side`,
      (load(name)?.runSeconds ?? NaN) / sideBySide,
      1.5,
      'x',
    );
  return [
    atLeast('reader, one thread: at least 4 x as fast as exceljs', ratio(exceljs, single), 4),
    atLeast('reader, one thread: at least 15 x as fast as xlsx-stream-reader', ratio(streamReader, single), 15),
    atMost('reader, either way: under 150 MB', readerPeak / MB, 150, 'MB'),
    atMost('first load: in less time than exceljs reads', ratio(secondsOf('first'), exceljs), 1, 'x'),
    identical('repacked', 'packed again'),
    identical('rewritten', 'other writer'),
    atMost('same file again: under a second', secondsOf('same'), 1, 's'),
    atMost('all loads, our Node processes: under 600 MB', loadPeak / MB, 600, 'MB'),
  ];
}

function ratio(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below;
}

function atLeast(target: string, value: number | undefined, bound: number): Verdict {
  return verdict(target, value, 'x', (found) => found >= bound);
}

function atMost(target: string, value: number | undefined, bound: number, unit: string): Verdict {
  return verdict(target, value, unit, (found) => found <= bound);
}

function verdict(target: string, value: number | undefined, unit: string, holds: (value: number) => boolean): Verdict {
  if (value === undefined || Number.isNaN(value)) return { target, found: undefined, isReached: undefined };
  return { target, found: `${value.toFixed(unit === 'MB' ? 0 : 2)} ${unit}`, isReached: holds(value) };
}
