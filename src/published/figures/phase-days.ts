import type { FactoryTime } from '../../common/factory-time';
import { sqlFile } from '../../database/sql-file';
import type { PublishedVersion, SnapshotQuery } from '../published-data';
import { KPI_BY_PHASE, type KpiPhaseRow } from './figures';
import { selectQuantiles } from './select-quantiles';

const READ_READING_VERSION = sqlFile(__dirname, 'sql/read_reading_version.sql');
const READ_PHASE_DAYS = sqlFile(__dirname, 'sql/read_phase_days.sql');
const READ_PHASE_PART_DAY = sqlFile(__dirname, 'sql/read_phase_part_day.sql');

/** Durations are written less 2^31, so that 136 years of seconds fit four bytes. */
const DURATION_BASE = 2 ** 31;
const DURATION_BYTES = 4;
const PHASE_BYTES = 20;
const SHARES = [0.5, 0.9];

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
  /** Where its durations stand, days apart. */
  parts: Buffer[];
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
  const prepared = firstDay < endDay ? (await query<{ version: number }>(READ_READING_VERSION)).at(0) : undefined;
  if (prepared?.version !== version.version) return query<KpiPhaseRow>(KPI_BY_PHASE, [from, to]);
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
  for (const day of days) addDay(ended, day);
  return [...ended]
    .sort(([one], [other]) => one - other)
    .map(([fase_id, { executions, timed, returns, parts }]) => {
      const [p50, p90] = timed === 0 ? [null, null] : selectQuantiles(numbersOf(parts, timed), SHARES, DURATION_BASE);
      return {
        fase_id,
        executions,
        executions_with_duration: timed,
        duration_p50_seconds: p50,
        duration_p90_seconds: p90,
        returns,
      };
    });
}

function addDay(ended: Map<number, Ended>, { phases, durations }: PhaseDay): void {
  let begin = 0;
  for (let place = 0; place < phases.length; place += PHASE_BYTES) {
    const id = Number(phases.readBigInt64BE(place));
    let sum = ended.get(id);
    if (sum === undefined) ended.set(id, (sum = { executions: 0, timed: 0, returns: 0, parts: [] }));
    const timed = phases.readInt32BE(place + 12);
    sum.executions += phases.readInt32BE(place + 8);
    sum.timed += timed;
    sum.returns += phases.readInt32BE(place + 16);
    const end = begin + timed * DURATION_BYTES;
    if (timed > 0) sum.parts.push(durations.subarray(begin, end));
    begin = end;
  }
}

function numbersOf(parts: readonly Buffer[], count: number): Int32Array {
  const numbers = new Int32Array(count);
  let next = 0;
  for (const part of parts) {
    for (let place = 0; place < part.length; place += DURATION_BYTES) {
      numbers[next] = part.readInt32BE(place);
      next += 1;
    }
  }
  return numbers;
}
