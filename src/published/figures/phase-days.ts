import { endianness } from 'node:os';
import type { FactoryTime } from '../../common/factory-time';
import { sqlFile } from '../../database/sql-file';
import type { PublishedVersion, SnapshotQuery } from '../published-data';
import { KPI_BY_PHASE, type KpiPhaseRow } from './figures';
import { isPrepared } from './prepared';
import { selectQuantiles } from './select-quantiles';

const READ_PHASE_DAYS = sqlFile(__dirname, 'sql/read_phase_days.sql');
const READ_PHASE_PART_DAY = sqlFile(__dirname, 'sql/read_phase_part_day.sql');

/** Durations are written less 2^31, so that 136 years of seconds fit four bytes. */
const DURATION_BASE = 2 ** 31;
const DURATION_BYTES = 4;
const PHASE_BYTES = 20;
const SHARES = [0.5, 0.9];
const IS_LITTLE_ENDIAN = endianness() === 'LE';

/** Executions of a day, or of a part of one, as analytics.phase_day holds them. */
interface PhaseDay {
  phases: Buffer;
  durations: Buffer;
}

/** What ended of one phase type. */
interface Ended {
  executions: number;
  timed: number;
  returns: number;
  /** Where its durations stand among all of them, in bytes: from `begin` on, up to `end` while they are put together. */
  begin: number;
  end: number;
}

/**
 * The rows of KPI_BY_PHASE for a window: from the days that a job keeps, and what the window has of the days at its ends,
 * or by that statement while they are not of the version that is read. Percentiles are exact either way: all durations
 * are there, one by one, a tenth of what core would have to read.
 */
export async function readPhaseWindow(
  query: SnapshotQuery,
  version: PublishedVersion,
  { from, to }: { from: Date; to: Date },
  time: FactoryTime,
): Promise<KpiPhaseRow[]> {
  const firstDay = dayFrom(from, time);
  const endDay = time.dayOf(to);
  if (firstDay >= endDay || !(await isPrepared(query, version))) return query<KpiPhaseRow>(KPI_BY_PHASE, [from, to]);
  const days = await query<PhaseDay>(READ_PHASE_DAYS, [firstDay, endDay]);
  const ends: [Date, Date][] = [
    [from, time.parse(firstDay)],
    [time.parse(endDay), to],
  ];
  for (const [begin, end] of ends) {
    if (begin < end) days.push(...(await query<PhaseDay>(READ_PHASE_PART_DAY, [begin, end])).filter(isSomething));
  }
  return figuresOf(days);
}

/** The first day that begins at an instant or after it. */
function dayFrom(instant: Date, time: FactoryTime): string {
  const day = time.dayOf(instant);
  if (time.parse(day).getTime() === instant.getTime()) return day;
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const isSomething = ({ phases }: { phases: Buffer | null }): boolean => phases !== null;

function figuresOf(days: readonly PhaseDay[]): KpiPhaseRow[] {
  const ended = new Map<number, Ended>();
  for (const { phases } of days) eachPhase(phases, (id, place, timed) => count(ended, id, place, timed, phases));
  let length = 0;
  for (const sum of ended.values()) {
    sum.begin = sum.end = length;
    length += sum.timed * DURATION_BYTES;
  }
  const all = bytesFor(length);
  for (const { phases, durations } of days) {
    let place = 0;
    eachPhase(phases, (id, _place, timed) => {
      const end = place + timed * DURATION_BYTES;
      const sum = ended.get(id);
      if (sum !== undefined) sum.end += durations.copy(all, sum.end, place, end);
      place = end;
    });
  }
  if (IS_LITTLE_ENDIAN) all.swap32();
  return [...ended].sort(([one], [other]) => one - other).map(([id, sum]) => rowOf(id, sum, all));
}

function rowOf(fase_id: number, { executions, timed, returns, begin }: Ended, all: Buffer<ArrayBuffer>): KpiPhaseRow {
  const durations = new Int32Array(all.buffer, begin, timed);
  const [p50, p90] = timed === 0 ? [null, null] : selectQuantiles(durations, SHARES, DURATION_BASE);
  return {
    fase_id,
    executions,
    executions_with_duration: timed,
    duration_p50_seconds: p50,
    duration_p90_seconds: p90,
    returns,
  };
}

let scratch = new ArrayBuffer(0);

/**
 * So many bytes to put the durations of one answer together in: the same for every answer, none of which lets another begin
 * before it is done with them, since a quarter of a megabyte for each keeps the collector busy.
 */
function bytesFor(length: number): Buffer<ArrayBuffer> {
  if (scratch.byteLength < length) scratch = new ArrayBuffer(length);
  return Buffer.from(scratch, 0, length);
}

function count(ended: Map<number, Ended>, id: number, place: number, timed: number, phases: Buffer): void {
  let sum = ended.get(id);
  if (sum === undefined) ended.set(id, (sum = { executions: 0, timed: 0, returns: 0, begin: 0, end: 0 }));
  sum.executions += int32At(phases, place + 8);
  sum.timed += timed;
  sum.returns += int32At(phases, place + 16);
}

function eachPhase(phases: Buffer, visit: (id: number, place: number, timed: number) => void): void {
  for (let place = 0; place < phases.length; place += PHASE_BYTES) {
    visit(int32At(phases, place) * 2 ** 32 + (int32At(phases, place + 4) >>> 0), place, int32At(phases, place + 12));
  }
}

/** As readInt32BE, which checks its bounds each time: some hundred thousand are read for an answer. */
function int32At(bytes: Buffer, place: number): number {
  return (bytes[place] << 24) | (bytes[place + 1] << 16) | (bytes[place + 2] << 8) | bytes[place + 3];
}
