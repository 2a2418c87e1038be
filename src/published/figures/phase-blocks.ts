import { endianness } from 'node:os';
import type { KpiPhaseRow } from './figures';
import { MinuteCounts } from './minute-counts';
import { int32At, int64At } from './packed';

/** Executions that ended in a month, a day or a part of one, as analytics.phase_period holds them. */
export interface PhaseBlock {
  /** By phase type what ended, and how many durations there are. */
  phases: Buffer;
  /** The durations in base64. */
  durations: string;
}

/** Seconds are kept less 2^31, so that 136 years of them fit four bytes with a sign. */
const SECONDS_BASE = 2 ** 31;

/** Numbers are sent big endian, and read as this machine has them. */
const IS_LITTLE_ENDIAN = endianness() === 'LE';

/** Where what is told of a phase type stands, in bytes. */
const HEAD = { executions: 8, returns: 12, inMinutes: 16, inSeconds: 20, bytes: 24 } as const;

/** What ended of one phase type. */
interface Ended {
  executions: number;
  returns: number;
  /** Where its durations stand, block by block, in words of two bytes: those in minutes, those in seconds, and the next one's. */
  places: number[];
}

// The same memory for every answer, none of which lets another begin before it is done with it: a quarter of a megabyte for
// each keeps the collector busy.
let bytes = Buffer.alloc(0);
let words = new Uint16Array(0);
const counts = new MinuteCounts();

/** The rows of KPI_BY_PHASE for what ended in some blocks, by phase type: counts, and percentiles of all durations one by one. */
export function figuresOf(blocks: readonly PhaseBlock[]): KpiPhaseRow[] {
  const length = blocks.reduce((sum, { durations }) => sum + Math.ceil((durations.length * 3) / 4), 0);
  if (bytes.length < length) {
    words = new Uint16Array(Math.ceil(length / 2));
    bytes = Buffer.from(words.buffer);
  }
  const ended = new Map<number, Ended>();
  let place = 0;
  for (const { phases, durations } of blocks) {
    bytes.write(durations, 2 * place, 'base64');
    for (let head = 0; head < phases.length; head += HEAD.bytes) place = note(ended, phases, head, place);
  }
  if (IS_LITTLE_ENDIAN) bytes.subarray(0, 2 * place).swap16();
  return [...ended].sort(([one], [other]) => one - other).map(([id, sum]) => rowOf(id, sum));
}

/** Adds what a block has of a phase type. @returns where the durations of the next one begin */
function note(ended: Map<number, Ended>, phases: Buffer, head: number, place: number): number {
  const id = int64At(phases, head);
  let sum = ended.get(id);
  if (sum === undefined) ended.set(id, (sum = { executions: 0, returns: 0, places: [] }));
  sum.executions += int32At(phases, head + HEAD.executions);
  sum.returns += int32At(phases, head + HEAD.returns);
  const seconds = place + int32At(phases, head + HEAD.inMinutes);
  const next = seconds + 2 * int32At(phases, head + HEAD.inSeconds);
  sum.places.push(place, seconds, next);
  return next;
}

function rowOf(fase_id: number, { executions, returns, places }: Ended): KpiPhaseRow {
  counts.clear();
  for (let at = 0; at < places.length; at += 3) {
    counts.addMinutes(words, places[at], places[at + 1]);
    for (let second = places[at + 1]; second < places[at + 2]; second += 2) {
      counts.addSeconds(((words[second] << 16) | words[second + 1]) + SECONDS_BASE);
    }
  }
  return {
    fase_id,
    executions,
    executions_with_duration: counts.size,
    duration_p50_seconds: counts.size === 0 ? null : counts.quantile(0.5),
    duration_p90_seconds: counts.size === 0 ? null : counts.quantile(0.9),
    returns,
  };
}
