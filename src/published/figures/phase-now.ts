import type { Env } from '../../config/env';
import { sqlFile } from '../../database/sql-file';
import type { PublishedVersion, SnapshotQuery } from '../published-data';
import { PHASE_STATES, type PhaseStateRow } from './figures';

const READ_PHASE_NOW = sqlFile(__dirname, 'sql/read_phase_now.sql');
const READ_PHASE_TYPES = sqlFile(__dirname, 'sql/read_phase_types.sql');

/** What stands at a phase type now; ages are seconds, null where nothing has an age. */
export interface PhaseNow extends Omit<PhaseStateRow, 'moment'> {
  fase_nome: string | null;
}

/**
 * What stands at every phase type with WIP or a queue, in the order of production: as the load stored it, or counted
 * anew with CLOCK=wall, where ages and dormancy move with the clock.
 */
export async function readPhaseNow(
  query: SnapshotQuery,
  published: PublishedVersion | undefined,
  env: Pick<Env, 'clock' | 'dormantDays'>,
): Promise<PhaseNow[]> {
  if (published === undefined || published.asOf === null) return [];
  if (env.clock === 'data') return query<PhaseNow>(READ_PHASE_NOW);
  const [states, types] = await Promise.all([
    query<PhaseStateRow>(PHASE_STATES, [[published.asOf], env.dormantDays]),
    readPhaseTypes(query),
  ]);
  const byType = new Map(states.map((state) => [state.fase_id, state]));
  return types.flatMap(({ fase_id, fase_nome }) => {
    const state = byType.get(fase_id);
    return state === undefined ? [] : [{ ...state, fase_nome }];
  });
}

/** The phase types in the order of production. */
export function readPhaseTypes(query: SnapshotQuery): Promise<{ fase_id: number; fase_nome: string | null }[]> {
  return query(READ_PHASE_TYPES);
}
