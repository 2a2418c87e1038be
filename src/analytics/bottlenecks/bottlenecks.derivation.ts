import {
  activePeriods,
  type ActivePeriodShare,
  type PhaseLoad,
  rankPhases,
  scorePhase,
  severityOf,
  usualOf,
} from '@libs/bottleneck';
import { sqlFile, type SqlStatement } from '../../database/sql-file';
import { PHASE_STATES, type PhaseStateRow } from '../../published/figures/figures';
import type { Derivation, MergedRun } from '../derivation';
import { why } from './why';

const READ_PHASE_NAMES = sqlFile(__dirname, 'sql/read_phase_names.sql');
const READ_EXECUTIONS = sqlFile(__dirname, 'sql/read_executions.sql');
const CLEAR = [
  sqlFile(__dirname, 'sql/clear_phase_now.sql'),
  sqlFile(__dirname, 'sql/clear_phase_bottleneck.sql'),
  sqlFile(__dirname, 'sql/clear_phase_active_period.sql'),
];
const INSERT_PHASE_NOW = sqlFile(__dirname, 'sql/insert_phase_now.sql');
const INSERT_PHASE_BOTTLENECK = sqlFile(__dirname, 'sql/insert_phase_bottleneck.sql');
const INSERT_PHASE_ACTIVE_PERIOD = sqlFile(__dirname, 'sql/insert_phase_active_period.sql');

const DAY_MS = 86_400_000;
const STEP_DAYS = 30;
/** Earlier moments, STEP_DAYS apart, that say what is usual. */
const HISTORY_MOMENTS = 12;
const ACTIVE_PERIOD_DAYS = 90;
/** A phase is among the first of one method and not of the other: the methods disagree about it. */
const FIRST_RANKS = 3;

type States = ReadonlyMap<number, PhaseLoad>;

/**
 * The state of every phase type at the data clock, its bottleneck score with that of 30 days before, and beside it the
 * active-period verdict. Recomputed whole: all of it depends on the clock, which moves with every load.
 */
export const bottlenecksDerivation: Derivation = {
  name: 'bottlenecks',
  async derive(run) {
    for (const statement of CLEAR) await run.client.query(statement.text);
    const { asOf } = run;
    if (asOf === null) return;
    const moments = Array.from(
      { length: HISTORY_MOMENTS + 2 },
      (_, step) => new Date(asOf.getTime() - step * STEP_DAYS * DAY_MS),
    );
    const rows = await rowsOf<PhaseStateRow>(run, PHASE_STATES, [moments, run.settings.dormantDays]);
    await insert(
      run,
      INSERT_PHASE_NOW,
      rows
        .filter((row) => row.moment.getTime() === asOf.getTime())
        .map(({ moment, ...row }) => ({ ...row, as_of: moment })),
    );
    const shares = await activePeriodsBefore(run, asOf);
    const names = await rowsOf<{ fase_id: number; fase_nome: string | null }>(run, READ_PHASE_NAMES, []);
    const nameOf = new Map(names.map((row) => [row.fase_id, row.fase_nome ?? `Fase ${row.fase_id}`]));
    const states = moments.map((moment) => statesAt(rows, moment));
    await insert(run, INSERT_PHASE_BOTTLENECK, bottleneckRows(states, shares, nameOf));
  },
};

function statesAt(rows: readonly PhaseStateRow[], moment: Date): States {
  return new Map(
    rows
      .filter((row) => row.moment.getTime() === moment.getTime())
      .map((row) => [
        row.fase_id,
        {
          faseId: row.fase_id,
          wip: row.wip_count,
          wipAgeP90: row.wip_age_p90_seconds,
          queue: row.queue_size,
          queueAgeP90: row.queue_age_p90_seconds,
        },
      ]),
  );
}

function bottleneckRows(
  states: readonly States[],
  shares: readonly ActivePeriodShare[],
  nameOf: ReadonlyMap<number, string>,
): object[] {
  // A moment at which nothing stood anywhere lies before the data begin.
  const usualAt = (step: number, faseId: number) =>
    usualOf(
      states
        .slice(step + 1, step + 1 + HISTORY_MOMENTS)
        .filter((at) => at.size > 0)
        .map((at) => at.get(faseId)),
    );
  const [current, before] = states;
  const ranked = rankPhases(
    [...current.values()].map((now) => {
      const usual = usualAt(0, now.faseId);
      return { now, usual, ...scorePhase(now, usual) };
    }),
  );
  const first = new Set(shares.slice(0, FIRST_RANKS).map(({ faseId }) => faseId));
  return ranked.map(({ now, usual, score, parts }, position) => {
    const then = before.get(now.faseId);
    const earlier = then === undefined ? 0 : scorePhase(then, usualAt(1, now.faseId)).score;
    return {
      fase_id: now.faseId,
      rank: position + 1,
      score,
      wip_age_part: parts.wipAge,
      load_part: parts.load,
      queue_age_part: parts.queueAge,
      usual_wip_age_p90_seconds: usual.wipAgeP90,
      usual_load: usual.load,
      usual_queue_age_p90_seconds: usual.queueAgeP90,
      severity: severityOf(score),
      why: why(nameOf.get(now.faseId) ?? `Fase ${now.faseId}`, now, usual),
      score_before: before.size === 0 ? null : earlier,
      methods_disagree: shares.length > 0 && position < FIRST_RANKS !== first.has(now.faseId),
    };
  });
}

async function activePeriodsBefore(run: MergedRun, asOf: Date): Promise<ActivePeriodShare[]> {
  const from = new Date(asOf.getTime() - ACTIVE_PERIOD_DAYS * DAY_MS);
  const rows = await rowsOf<{ fase_id: number; starts: number[]; ends: number[] }>(run, READ_EXECUTIONS, [
    from,
    asOf,
    run.settings.terminalPhases,
  ]);
  const executions = rows.flatMap(({ fase_id: faseId, starts, ends }) =>
    starts.map((start, position) => ({ faseId, start, end: ends[position] })),
  );
  const shares = activePeriods(executions, 0, (asOf.getTime() - from.getTime()) / 1000);
  await insert(
    run,
    INSERT_PHASE_ACTIVE_PERIOD,
    shares.map((share, position) => ({
      fase_id: share.faseId,
      rank: position + 1,
      window_from: from,
      window_to: asOf,
      executions: share.executions,
      active_share: share.activeShare,
      sole_share: share.soleShare,
      shifting_share: share.shiftingShare,
    })),
  );
  return shares;
}

async function rowsOf<Row>(run: MergedRun, statement: SqlStatement, values: readonly unknown[]): Promise<Row[]> {
  return (await run.client.query({ text: statement.text, values: [...values] })).rows as Row[];
}

async function insert(run: MergedRun, statement: SqlStatement, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await run.client.query(statement.text, [JSON.stringify(rows)]);
}
