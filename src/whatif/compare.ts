import type { Kpis } from '@libs/factory-model';
import { rounded } from '@libs/factory-model';
import type { WhatifCompareDto } from './dto/runs.dto';

/** Of a stored answer, what a comparison needs. */
interface StoredAnswer {
  scenario_hash: string;
  request: { order_filter: unknown };
  baseline_kpis: Kpis;
  simulated_kpis: Kpis;
  saved_orders: string[];
  late_orders: string[];
}

/** The second scenario against the first. Both know how their orders differ from the same baseline. */
export function compareAnswers(first: string, second: string): WhatifCompareDto {
  const a = JSON.parse(first) as StoredAnswer;
  const b = JSON.parse(second) as StoredAnswer;
  const isSameBase = JSON.stringify(a.baseline_kpis) === JSON.stringify(b.baseline_kpis);
  const side = ({ scenario_hash, simulated_kpis: kpis, request }: StoredAnswer): WhatifCompareDto['a'] => ({
    ...{ scenario_hash, kpis, request },
  });
  const figures = Object.keys(a.simulated_kpis) as (keyof Kpis)[];
  return {
    a: side(a),
    b: side(b),
    delta_kpis: Object.fromEntries(
      figures.map((figure) => [figure, rounded(b.simulated_kpis[figure] - a.simulated_kpis[figure])]),
    ) as unknown as Kpis,
    saved_orders: [...without(b.saved_orders, a.saved_orders), ...without(a.late_orders, b.late_orders)],
    late_orders: [...without(b.late_orders, a.late_orders), ...without(a.saved_orders, b.saved_orders)],
    ...(isSameBase ? {} : { warning: 'The two have different baselines: they are of other data or other orders.' }),
  };
}

function without(values: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return values.filter((value) => !known.has(value));
}
