import type { FactoryTime } from '../common/factory-time';
import type { TimeWindow } from '../common/time-window';
import { sqlFile } from '../database/sql-file';
import { dayFrom, monthFrom, monthOf } from '../published/figures/calendar';
import { COUNT_RISKS_OF } from '../published/figures/figures';
import type { SnapshotQuery } from '../published/published-data';
import type { RateFilter, RiskRow } from './quality.queries';
import { likeliestRisks, type RiskCounts } from './risk-counts';

const READ_RISK_MONTHS = sqlFile(__dirname, 'sql/read_risk_months.sql');
const READ_RISK_NAMES = sqlFile(__dirname, 'sql/read_risk_names.sql');

/** Whole months of a window of creation, and what it has beside them. */
export interface WindowOfMonths {
  /** The first month and the one behind the last, null for open. */
  first: string | null;
  end: string | null;
  /** From <= creation < to. */
  parts: [Date, Date][];
}

/** @returns undefined where the window has no month from its first to its last day */
export function monthsOf({ from, to }: TimeWindow, time: FactoryTime): WindowOfMonths | undefined {
  const first = from === undefined ? null : monthFrom(dayFrom(from, time));
  const end = to === undefined ? null : monthOf(time.dayOf(to));
  if (first !== null && end !== null && first >= end) return undefined;
  const parts: [Date, Date][] = [];
  if (from !== undefined && first !== null) parts.push([from, time.parse(first)]);
  if (to !== undefined && end !== null) parts.push([time.parse(end), to]);
  return { first, end, parts: parts.filter(([begin, behind]) => begin < behind) };
}

/** As read_risks_of, from the months that a job keeps and the parts of months at the ends of the window. */
export async function readRisksOfMonths(
  query: SnapshotQuery,
  { first, end, parts }: WindowOfMonths,
  filter: RateFilter,
  factoryTz: string,
): Promise<{ rows: RiskRow[]; total: number }> {
  const counts = await Promise.all([
    query<RiskCounts>(READ_RISK_MONTHS, [first, end]),
    ...parts.map((part) => query<RiskCounts>(COUNT_RISKS_OF, [factoryTz, ...part])),
  ]);
  const { risks, total } = likeliestRisks(counts.flat(), filter);
  const names = await query<{ is_product: boolean; id: number; nome: string | null }>(READ_RISK_NAMES, [
    [...new Set(risks.map(({ produto_id }) => produto_id))],
    [...new Set(risks.map(({ fase_culpada_id }) => fase_culpada_id))],
  ]);
  const productNames = new Map<number, string | null>();
  const phaseNames = new Map<number, string | null>();
  for (const { is_product, id, nome } of names) (is_product ? productNames : phaseNames).set(id, nome);
  const rows = risks.map((risk) => ({
    ...risk,
    produto_nome: productNames.get(risk.produto_id) ?? null,
    fase_nome: phaseNames.get(risk.fase_culpada_id) ?? null,
  }));
  return { rows, total };
}
