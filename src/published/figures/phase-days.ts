import type { FactoryTime } from '../../common/factory-time';
import { sqlFile } from '../../database/sql-file';
import type { PublishedVersion, SnapshotQuery } from '../published-data';
import { dayFrom, monthsBetween } from './calendar';
import { KPI_BY_PHASE, type KpiPhaseRow } from './figures';
import { figuresOf, type PhaseBlock } from './phase-blocks';
import { isPrepared } from './prepared';

const READ_PHASE_PERIODS = sqlFile(__dirname, 'sql/read_phase_periods.sql');
const READ_PHASE_PART_DAY = sqlFile(__dirname, 'sql/read_phase_part_day.sql');

/**
 * The rows of KPI_BY_PHASE for a window: from the months and days that a job keeps, and what the window has of the days at
 * its ends, or by that statement while they are not of the version that is read. Percentiles are exact either way: all
 * durations are there, one by one, a tenth of what core would have to read.
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
  const [firstMonth, endMonth] = monthsBetween(firstDay, endDay);
  const ends: [Date, Date][] = [
    [from, time.parse(firstDay)],
    [time.parse(endDay), to],
  ];
  const blocks = await Promise.all([
    query<PhaseBlock>(READ_PHASE_PERIODS, [firstDay, firstMonth, endMonth, endDay]),
    ...ends.filter(([begin, end]) => begin < end).map((part) => query<PhaseBlock | Nothing>(READ_PHASE_PART_DAY, part)),
  ]);
  return figuresOf(blocks.flat().filter(isSomething));
}

/** What is read of a part of a day in which nothing ended. */
interface Nothing {
  phases: null;
}

const isSomething = (block: PhaseBlock | Nothing): block is PhaseBlock => block.phases !== null;
