import { figuresOfRows, rowsOf, type Answer, type Check, type Figures } from '../compare';

const WINDOWS: readonly (readonly [from: string | null, to: string | null])[] = [
  [null, null],
  ['2025-03-01', '2025-04-15'],
];
const TOP_DESCRIPTIONS = 10;

const idOr = (id: unknown): string => (typeof id === 'number' ? String(id) : 'none');

function totals(answer: Answer): Figures {
  const bySeverity = (prefix: string, counts: unknown): [string, number][] =>
    Object.entries(counts as Record<string, number>)
      .filter(([, count]) => count !== 0)
      .map(([severity, count]) => [`severity ${severity}${prefix}`, count]);
  const months = rowsOf(answer, 'trend').filter(({ total_erros }) => total_erros !== 0);
  const descriptions = rowsOf(answer, 'top_descriptions').slice(0, TOP_DESCRIPTIONS);
  return Object.fromEntries([
    ['total', answer.total_erros as number],
    ...bySeverity('', answer.erros_por_gravidade),
    ...months.map(({ month, total_erros }) => [`month ${String(month)}`, total_erros as number]),
    ...months.flatMap(({ month, erros_por_gravidade }) =>
      bySeverity(` of month ${String(month)}`, erros_por_gravidade),
    ),
    ...descriptions.map(({ descricao, count }) => [`description ${String(descricao)}`, count as number]),
  ]) as Figures;
}

const phases = (rows: readonly Record<string, unknown>[]): Figures =>
  figuresOfRows(rows, ({ fase_id }) => idOr(fase_id), ['total_erros', 'found', 'gravidade_avg']);

const OF_ERRORS: readonly Check[] = WINDOWS.flatMap(([from, to]): Check[] => {
  const query = from === null ? '' : `?from=${from}&to=${to}`;
  const window = from === null ? '' : ` ${from} to ${to}`;
  const parameters = (): unknown[] => [from, to];
  const path = `/api/quality/overview${query}`;
  return [
    { name: `errors${window}`, path, sql: 'quality_totals', parameters, served: totals },
    {
      name: `error heatmap${window}`,
      path,
      sql: 'quality_heatmap',
      parameters,
      served: (answer) =>
        figuresOfRows(
          rowsOf(answer, 'heatmap'),
          ({ fase_avaliacao_id, fase_culpada_id }) => `${idOr(fase_avaliacao_id)} x ${idOr(fase_culpada_id)}`,
          ['count', 'gravidade_avg'],
        ),
    },
    {
      name: `errors by phase of the overview${window}`,
      path,
      sql: 'quality_by_phase',
      parameters,
      served: (answer) => phases(rowsOf(answer, 'erros_por_fase')),
    },
    {
      name: `errors by phase${window}`,
      path: `/api/quality/by-phase${query}`,
      sql: 'quality_by_phase',
      parameters,
      served: (answer) => phases(rowsOf(answer, 'phases')),
    },
  ];
});

export const QUALITY: readonly Check[] = [
  ...OF_ERRORS,
  {
    name: 'errors by product',
    path: '/api/quality/by-product?limit=100000',
    sql: 'quality_by_product',
    served: (answer) => ({
      total: answer.total as number,
      total_orders: answer.total_orders as number,
      total_orders_with_errors: answer.total_orders_with_errors as number,
      total_erros: answer.total_erros as number,
      ...figuresOfRows(rowsOf(answer, 'products'), ({ produto_id }) => String(produto_id), [
        'orders',
        'orders_with_errors',
        'total_erros',
        'erro_rate_produto',
        'errors_per_order',
        'gravidade_avg',
      ]),
    }),
  },
  {
    name: 'risk',
    path: '/api/quality/risk?limit=100000',
    sql: 'quality_risk',
    served: (answer) => ({
      total: answer.total as number,
      ...figuresOfRows(
        rowsOf(answer, 'risks'),
        ({ produto_id, fase_id }) => `${String(produto_id)} x ${String(fase_id)}`,
        ['risk_score', 'historical_rate', 'orders', 'orders_with_errors', 'error_count', 'gravidade_avg'],
      ),
    }),
  },
];
