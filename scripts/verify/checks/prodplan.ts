import { figuresOfRows, rowsOf, type Answer, type Ask, type Check, type Figures } from '../compare';

const ORDERS = '/api/prodplan/orders?limit=1000&include_total=true';
/** Orders whose timelines are compared phase by phase: enough for every phase type, few enough to ask one by one. */
const NEWEST = '/api/prodplan/orders?limit=200&data_criacao_to=2025-11-01';
/** Into which the delay of an order in the risk queue is split. */
const PARTS = ['late_start_hours', 'waiting_hours', 'rework_hours', 'slow_phase_hours', 'rest_hours'];
const STATUSES = ['DONE', 'LATE', 'AT_RISK', 'IN_PROGRESS', 'CREATED'];

/** Every order, page by page. */
async function allOrders(first: Answer, ask: Ask): Promise<Record<string, unknown>[]> {
  const orders = [...rowsOf(first, 'orders')];
  let cursor = first.next_cursor;
  while (typeof cursor === 'string') {
    const page = await ask(`/api/prodplan/orders?limit=1000&cursor=${encodeURIComponent(cursor)}`);
    orders.push(...rowsOf(page, 'orders'));
    cursor = page.next_cursor;
  }
  return orders;
}

/** The orders, and when each is estimated to be finished. */
async function estimates(ask: Ask): Promise<[orders: unknown[], etas: unknown[]]> {
  const orders = await allOrders(await ask(ORDERS), ask);
  return [orders.map(({ of_id }) => of_id), orders.map(({ eta }) => eta ?? null)];
}

/** An estimate that comes from the file of a trained model, and from no workbook. */
const isByModel = ({ eta_method }: Record<string, unknown>): boolean => eta_method === 'model';

export const seconds = (moment: unknown): number | null =>
  typeof moment === 'string' ? Date.parse(moment) / 1000 : null;
const byPhase = (row: Record<string, unknown>): string => String(row.fase_id);

export const PRODPLAN: readonly Check[] = [
  {
    name: 'orders',
    path: ORDERS,
    sql: 'orders_by_status',
    parameters: (_, ask) => estimates(ask),
    served: async (answer, ask): Promise<Figures> => {
      const orders = await allOrders(answer, ask);
      const count = (holds: (order: Record<string, unknown>) => boolean): number => orders.filter(holds).length;
      return {
        orders: answer.total as number,
        ...Object.fromEntries(
          STATUSES.map((status) => [`status ${status}`, count((order) => order.status === status)]),
        ),
        dormant: count(({ dormant }) => dormant === true),
        'not in the catalogue': count(({ produto_in_catalogue }) => produto_in_catalogue === false),
      };
    },
  },
  {
    name: 'estimates',
    path: ORDERS,
    sql: 'active_orders',
    served: async (answer, ask): Promise<Figures> => ({
      orders: (await allOrders(answer, ask)).filter(({ eta }) => typeof eta === 'string').length,
    }),
  },
  {
    name: 'ETAs',
    path: ORDERS,
    sql: 'etas',
    tables: ['create_families', 'create_positions', 'create_cases', 'create_curves'],
    parameters: async (answer, ask) => [(await allOrders(answer, ask)).filter(isByModel).map(({ of_id }) => of_id)],
    served: async (answer, ask): Promise<Figures> => {
      const orders = (await allOrders(answer, ask)).filter(
        (order) => typeof order.eta === 'string' && !isByModel(order),
      );
      return figuresOfRows(
        orders.map(({ of_id, eta, eta_p80 }) => ({ of_id, p50: seconds(eta), p80: seconds(eta_p80) })),
        ({ of_id }) => String(of_id),
        ['p50', 'p80'],
      );
    },
  },
  {
    name: 'timelines',
    path: NEWEST,
    sql: 'timelines',
    parameters: (answer) => [rowsOf(answer, 'orders').map(({ of_id }) => of_id)],
    served: async (answer, ask): Promise<Figures> => {
      const timelines = await Promise.all(
        rowsOf(answer, 'orders').map(({ of_id }) => ask(`/api/prodplan/orders/${String(of_id)}/phases`)),
      );
      const phases = timelines.flatMap((timeline) => rowsOf(timeline, 'phases'));
      return figuresOfRows(phases, ({ of_fase_id }) => String(of_fase_id), ['duration_hours', 'desvio_hours']);
    },
  },
  {
    name: 'schedule',
    path: '/api/prodplan/schedule/current',
    sql: 'wip_by_phase',
    leaveOut: ['avg_age_hours', 'total'],
    served: (answer) => {
      const rows = rowsOf(answer, 'schedule').filter(({ wip_count }) => wip_count !== 0);
      return figuresOfRows(
        rows.map((row) => ({ ...row, oldest: seconds(row.oldest_event_time) })),
        byPhase,
        ['wip_count', 'p50_age_hours', 'p90_age_hours', 'oldest'],
      );
    },
  },
  {
    name: 'bottlenecks',
    path: '/api/prodplan/bottlenecks?top_n=1000',
    sql: 'queues',
    served: (answer) =>
      figuresOfRows(
        rowsOf(answer, 'bottlenecks').map((row) => ({ ...row, fila_horas: row.fila_horas ?? null })),
        byPhase,
        ['wip_count', 'p90_age_hours', 'queue_size', 'avg_wait_hours', 'fila_horas'],
      ),
  },
  {
    name: 'bottleneck scores',
    path: '/api/prodplan/bottlenecks?top_n=1000',
    sql: 'bottleneck_scores',
    served: (answer) =>
      figuresOfRows(
        rowsOf(answer, 'bottlenecks').map((row) => ({
          ...row,
          ...(row.score_parts as object),
          score_30_days_before: row.score_30_days_before ?? null,
          usual_orders: (row.usual as Answer).orders ?? null,
        })),
        byPhase,
        ['bottleneck_score', 'wip_age', 'load', 'queue_age', 'score_30_days_before', 'usual_orders'],
      ),
  },
  {
    name: 'active periods',
    path: '/api/prodplan/bottlenecks?top_n=1000',
    sql: 'active_periods',
    served: (answer) =>
      figuresOfRows(rowsOf(answer.active_periods as Answer, 'phases'), byPhase, [
        'executions',
        'active_pct',
        'sole_pct',
        'shifting_pct',
      ]),
  },
  {
    name: 'risk queue',
    path: '/api/prodplan/risk_queue?limit=1000',
    sql: 'risk_queue',
    parameters: (_, ask) => estimates(ask),
    served: (answer) =>
      figuresOfRows(
        rowsOf(answer, 'queue').map((row) => ({
          ...row,
          'parts of the delay': PARTS.reduce((sum, part) => sum + Number(row[part]), 0),
        })),
        ({ of_id }) => String(of_id),
        ['days_behind', 'delay_hours', 'parts of the delay'],
      ),
  },
  {
    name: 'backtest',
    path: '/api/prodplan/eta/backtest',
    sql: 'backtest',
    isGated: (answer) => answer.status !== 'CURRENT',
    served: (answer) =>
      figuresOfRows(
        [answer.overall as Answer, ...rowsOf(answer, 'months')],
        ({ moment }) => (typeof moment === 'string' ? moment.slice(0, 'YYYY-MM'.length) : 'overall'),
        ['active', 'finished', 'naive_mae_days', 'naive_bias_days'],
      ),
  },
];
