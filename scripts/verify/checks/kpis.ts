import { figuresOfRows, rowsOf, type Answer, type Check } from '../compare';
import { seconds } from './prodplan';

/** Windows: the default one; a year; a month and a half across the change to summer time; a month across the other. */
const WINDOWS: readonly (readonly [from: string | null, to: string | null])[] = [
  [null, null],
  ['2025-01-01', '2026-01-01'],
  ['2025-03-01', '2025-04-15'],
  ['2024-10-10', '2024-11-10'],
];
const FIGURES = [
  'orders_finished',
  'orders_with_due',
  'orders_on_time',
  'otd_pct',
  'lead_time_h',
  'lead_time_p90_h',
  'avg_cycle_time_hours',
  'throughput_day',
  'throughput_dia',
  'wip_total',
];

const overview = (answer: Answer): Record<string, number | null> => {
  const kpis = answer.kpis as Record<string, number | undefined>;
  return {
    ...Object.fromEntries(FIGURES.map((name) => [name, kpis[name] ?? null])),
    from_date: seconds(answer.from_date),
    to_date: seconds(answer.to_date),
  };
};

export const KPIS: readonly Check[] = WINDOWS.flatMap(([from, to]): Check[] => {
  const query = from === null ? '' : `?from=${from}&to=${to}`;
  const window = from === null ? '' : ` ${from} to ${to}`;
  const parameters = (): unknown[] => [from, to];
  return [
    { name: `kpis${window}`, path: `/api/kpis/overview${query}`, sql: 'kpi_overview', parameters, served: overview },
    {
      name: `kpis by phase${window}`,
      path: `/api/kpis/by-phase${query}`,
      sql: 'kpi_by_phase',
      parameters,
      served: (answer) =>
        figuresOfRows(rowsOf(answer, 'phases'), ({ fase_id }) => String(fase_id), [
          'executions',
          'executions_with_duration',
          'p50_duration_hours',
          'p90_duration_hours',
          'returns',
          'return_rate',
          'wip_count',
        ]),
    },
    {
      name: `kpis by product${window}`,
      path: `/api/kpis/by-product${query}`,
      sql: 'kpi_by_product',
      parameters,
      served: (answer) =>
        figuresOfRows(
          rowsOf(answer, 'products'),
          ({ produto_id }) => (typeof produto_id === 'number' ? String(produto_id) : 'none'),
          ['orders', 'lead_time_h', 'avg_cycle_time_hours', 'otd_pct', 'error_rate', 'errors_per_order'],
        ),
    },
    {
      name: `kpis by employee${window}`,
      path: `/api/kpis/by-employee${query}`,
      sql: 'kpi_by_employee',
      parameters,
      isGated: (answer) => answer.status === 'NOT_SUPPORTED_BY_DATA',
      served: (answer) =>
        figuresOfRows(rowsOf(answer, 'employees'), ({ funcionario_id }) => String(funcionario_id), [
          'phases_worked',
          'phases_as_chief',
          'elapsed_hours',
          'elapsed_hours_shared',
          'ratio_to_phase_median',
          'errors',
        ]),
    },
  ];
});
