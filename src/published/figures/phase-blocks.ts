import type { KpiPhaseRow } from './figures';
import { int32At, int64At } from './packed';
import { selectQuantiles } from './select-quantiles';

/** Executions that ended in a month, a day or a part of one, as analytics.phase_period holds them. */
export interface PhaseBlock {
  /** By phase type what ended, and how many durations there are. */
  phases: Buffer;
  /** The durations in hexadecimal digits. */
  durations: string;
}

/** Seconds are kept less 2^31, so that 136 years of them fit four bytes with a sign. */
const SECONDS_BASE = 2 ** 31;
const MINUTES_BASE = 2 ** 15;
const SHARES = [0.5, 0.9];

/** Where what is told of a phase type stands, in bytes. */
const HEAD = { executions: 8, returns: 12, inMinutes: 16, inSeconds: 20, bytes: 24 } as const;

/** What ended of one phase type. */
interface Ended {
  executions: number;
  returns: number;
  timed: number;
  /** Where its durations stand among all of them: from `begin` on, up to `end` while they are put together. */
  begin: number;
  end: number;
}

/** The rows of KPI_BY_PHASE for what ended in some blocks, by phase type: counts, and percentiles of all durations one by one. */
export function figuresOf(blocks: readonly PhaseBlock[]): KpiPhaseRow[] {
  const ended = new Map<number, Ended>();
  let digits = 0;
  for (const { phases, durations } of blocks) {
    for (let head = 0; head < phases.length; head += HEAD.bytes) count(ended, phases, head);
    digits = Math.max(digits, durations.length);
  }
  let length = 0;
  for (const sum of ended.values()) {
    sum.begin = sum.end = length;
    length += sum.timed;
  }
  const { values, bytes } = scratch.of(length, digits / 2);
  for (const { phases, durations } of blocks) {
    bytes.write(durations, 'hex');
    let place = 0;
    for (let head = 0; head < phases.length; head += HEAD.bytes) {
      place = gather(ended.get(int64At(phases, head)), phases, head, bytes, place, values);
    }
  }
  return [...ended].sort(([one], [other]) => one - other).map(([id, sum]) => rowOf(id, sum, values));
}

function count(ended: Map<number, Ended>, phases: Buffer, head: number): void {
  const id = int64At(phases, head);
  let sum = ended.get(id);
  if (sum === undefined) ended.set(id, (sum = { executions: 0, returns: 0, timed: 0, begin: 0, end: 0 }));
  sum.executions += int32At(phases, head + HEAD.executions);
  sum.returns += int32At(phases, head + HEAD.returns);
  sum.timed += int32At(phases, head + HEAD.inMinutes) + int32At(phases, head + HEAD.inSeconds);
}

/** Puts a phase type's durations of one block to its others. @returns where the next one's begin */
function gather(
  sum: Ended | undefined,
  phases: Buffer,
  head: number,
  bytes: Buffer,
  place: number,
  values: Uint32Array,
): number {
  const seconds = place + 2 * int32At(phases, head + HEAD.inMinutes);
  const next = seconds + 4 * int32At(phases, head + HEAD.inSeconds);
  if (sum === undefined) return next;
  let { end } = sum;
  for (let at = place; at < seconds; at += 2) {
    const minutes = ((bytes[at] << 8) | bytes[at + 1]) ^ MINUTES_BASE;
    values[end++] = minutes * 60;
  }
  for (let at = seconds; at < next; at += 4) values[end++] = int32At(bytes, at) + SECONDS_BASE;
  sum.end = end;
  return next;
}

function rowOf(fase_id: number, { executions, returns, timed, begin }: Ended, values: Uint32Array): KpiPhaseRow {
  const durations = values.subarray(begin, begin + timed);
  const [p50, p90] = timed === 0 ? [null, null] : selectQuantiles(durations, SHARES);
  return {
    fase_id,
    executions,
    executions_with_duration: timed,
    duration_p50_seconds: p50,
    duration_p90_seconds: p90,
    returns,
  };
}

/**
 * Memory to put the durations of one answer together in: the same for every answer, none of which lets another begin before
 * it is done with them, since a quarter of a megabyte for each keeps the collector busy.
 */
class Scratch {
  private values = new Uint32Array(0);
  private bytes = Buffer.alloc(0);

  of(values: number, bytes: number): { values: Uint32Array; bytes: Buffer } {
    if (this.values.length < values) this.values = new Uint32Array(values);
    if (this.bytes.length < bytes) this.bytes = Buffer.alloc(bytes);
    return { values: this.values, bytes: this.bytes };
  }
}

const scratch = new Scratch();
