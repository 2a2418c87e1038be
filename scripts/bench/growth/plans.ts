import { Client } from 'pg';
import type { Captured } from '../api/capture';
import { judgePlans } from '../api/explain-document';
import { countMonths, explainAll } from '../api/explain-statements';

/** How much one answer reads, by the plans that its statements had. */
export interface PlanReach {
  endpoint: string;
  /** whether the tables for reading were of the published version */
  isPrepared: boolean;
  /** partitions of the phases that were read, of so many */
  months: number;
  allMonths: number;
  /** what the window allows; undefined where there is none */
  allowedMonths: number | undefined;
  executionMs: number;
  faults: string[];
}

const FORGET = 'DELETE FROM analytics.reading_state RETURNING id, version';
const REMEMBER = 'INSERT INTO analytics.reading_state (id, version) VALUES ($1, $2)';

/**
 * The plans of the answers as captured, and of the same answers between a publish and the making of the tables for
 * reading, when they read core: `ask` captures them again.
 */
export async function readPlans(
  url: string,
  captured: readonly Captured[],
  ask: () => Promise<Captured[]>,
): Promise<PlanReach[]> {
  const allMonths = await countMonths(url);
  const reach = async (answers: readonly Captured[], isPrepared: boolean): Promise<PlanReach[]> =>
    (await explainAll(url, answers)).map((explained) => {
      const { months, allowedMonths, faults } = judgePlans(explained);
      const executionMs = explained.statements.reduce((sum, one) => sum + one.explained['Execution Time'], 0);
      const endpoint = explained.captured.endpoint.name;
      return { endpoint, isPrepared, months, allMonths, allowedMonths, executionMs, faults };
    });
  const prepared = await reach(captured, true);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: number; version: string }>(FORGET);
    const unprepared = await reach(await ask(), false);
    for (const { id, version } of rows) await client.query(REMEMBER, [id, version]);
    return [...prepared, ...unprepared];
  } finally {
    await client.end();
  }
}
