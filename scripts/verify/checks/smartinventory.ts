import { figuresOfRows, rowsOf, type Check } from '../compare';

const GEL_WINDOWS: readonly (readonly [from: string | null, to: string | null])[] = [
  [null, null],
  ['2025-03-01', '2025-04-15'],
];
const BUCKETS = ['OVERDUE', 'DUE_7D', 'DUE_14D', 'SAFE'];

const GELCOAT: readonly Check[] = GEL_WINDOWS.map(([from, to]) => ({
  name: from === null ? 'gelcoat' : `gelcoat ${from} to ${to}`,
  path: `/api/smartinventory/gelcoat_theoretical_usage${from === null ? '' : `?from_date=${from}&to_date=${to}`}`,
  sql: 'gelcoat',
  parameters: () => [from, to],
  served: (answer) => ({
    'total deck': answer.total_theoretical_gel_deck as number,
    'total hull': answer.total_theoretical_gel_casco as number,
    ...Object.fromEntries(
      rowsOf(answer, 'by_product')
        .flatMap(({ produto_id, theoretical_usage_deck, theoretical_usage_casco }): [string, number][] => [
          [`deck of ${String(produto_id)}`, theoretical_usage_deck as number],
          [`hull of ${String(produto_id)}`, theoretical_usage_casco as number],
        ])
        .filter(([, amount]) => amount !== 0),
    ),
  }),
}));

export const SMART_INVENTORY: readonly Check[] = [
  {
    name: 'wip',
    path: '/api/smartinventory/wip',
    sql: 'wip_by_phase',
    leaveOut: ['oldest'],
    served: (answer) => ({
      total: answer.total_wip as number,
      ...figuresOfRows(rowsOf(answer, 'wip'), ({ fase_id }) => String(fase_id), [
        'wip_count',
        'p50_age_hours',
        'p90_age_hours',
        'avg_age_hours',
      ]),
    }),
  },
  {
    name: 'wip mass',
    path: '/api/smartinventory/wip_mass',
    sql: 'wip_mass',
    served: (answer) => ({
      'total mass': answer.total_wip_mass_kg as number,
      'orders without mass': answer.without_mass as number,
      'rows with an estimated mass': rowsOf(answer, 'wip_mass').filter(({ low_confidence }) => low_confidence === true)
        .length,
      ...Object.fromEntries(
        rowsOf(answer, 'by_phase').map(({ fase_id, mass_kg }) => [`mass of ${String(fase_id)}`, mass_kg as number]),
      ),
    }),
  },
  ...GELCOAT,
  {
    name: 'due risk',
    path: '/api/smartinventory/due_risk?limit=100000',
    sql: 'due_risk',
    served: (answer) => {
      const items = rowsOf(answer, 'due_risk_items');
      return Object.fromEntries(
        BUCKETS.map((bucket) => [bucket, items.filter(({ risk_bucket }) => risk_bucket === bucket).length]),
      );
    },
  },
];
