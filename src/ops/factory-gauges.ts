import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import type { GaugeDefinition, Reading, Readings } from '../common/metric-gauges';
import { Metrics } from '../common/metrics';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { sqlFile } from '../database/sql-file';
import type { KpiOverviewRow } from '../published/figures/figures';
import { type MatchRateRow, readMatchRates } from '../published/match-rates';

const READ_FACTORY_NOW = sqlFile(__dirname, 'sql/read_factory_now.sql');
const READ_LOAD_ACCOUNT = sqlFile(__dirname, 'sql/read_load_account.sql');

const ACTIVE_STATUSES = ['CREATED', 'IN_PROGRESS', 'AT_RISK', 'LATE'] as const;

const GAUGES = {
  version: { name: 'published_version', help: 'Version of the data that are served; grows by one with every publish.' },
  publishedAt: {
    name: 'published_timestamp_seconds',
    help: 'When the load that is served finished, seconds since 1970.',
  },
  asOf: {
    name: 'published_as_of_timestamp_seconds',
    help: 'The data clock: latest recorded event of the data that are served, seconds since 1970.',
  },
  sample: { name: 'published_sample', help: '1 while the data that are served were generated, 0 for real ones.' },
  rows: {
    name: 'published_rows',
    help: 'Rows of the load that is served, by sheet and by what became of them.',
    labelNames: ['sheet', 'status'],
  },
  rejects: {
    name: 'published_rejects',
    help: 'Rows that the load that is served quarantined, by sheet and reason.',
    labelNames: ['sheet', 'reason_code'],
  },
  issues: {
    name: 'published_issues',
    help: 'Findings of the load that is served among the rows it kept, by sheet and code.',
    labelNames: ['sheet', 'code'],
  },
  matchRate: {
    name: 'published_match_rate',
    help: 'Share (0..1) of distinct keys that found their partner, by relationship.',
    labelNames: ['name'],
  },
  matchThreshold: {
    name: 'published_match_rate_threshold',
    help: 'Share (0..1) below which the function that needs the relationship is off or degraded.',
    labelNames: ['name'],
  },
  orders: {
    name: 'factory_active_orders',
    help: 'Active orders (neither closed nor dormant) at the data clock, by status.',
    labelNames: ['status'],
  },
  wip: { name: 'factory_wip_phases', help: 'Open phases of active orders at the data clock.' },
  queued: { name: 'factory_queued_orders', help: 'Active orders that wait for their next phase at the data clock.' },
  otd: {
    name: 'factory_otd_ratio',
    help: 'Share (0..1) of the orders finished on time in the 90 days before the data clock.',
  },
  finished: {
    name: 'factory_orders_finished',
    help: 'Orders finished in the 90 days before the data clock.',
  },
  leadTime: {
    name: 'factory_lead_time_median_seconds',
    help: 'Median lead time of the orders finished in the 90 days before the data clock, seconds.',
  },
} satisfies Record<string, GaugeDefinition>;

interface FactoryRow {
  orders: Readonly<Record<string, number>> | null;
  wip: number;
  queued: number;
  kpis: KpiOverviewRow[] | null;
}

interface LoadAccount {
  sheets?: ({ sheet: string } & Record<(typeof ROW_STATUSES)[number], number>)[];
  rejects?: { sheet: string; reason_code: string; count: number }[];
  issues?: { sheet: string; code: string; count: number }[];
}

const ROW_STATUSES = ['inserted', 'updated', 'unchanged', 'duplicates', 'quarantined', 'absent'] as const;

/** What is served and how the factory stands, for dashboards and alerts; computed once for every publish. */
@Injectable()
export class FactoryGauges {
  constructor(
    metrics: Metrics,
    private readonly cache: CacheService,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz' | 'dormantDays'>,
  ) {
    metrics.gauges('factory', GAUGES, () => this.read());
  }

  private read(): Promise<Readings<keyof typeof GAUGES>> {
    return this.cache.remember('metrics.factory', {}, async (query, published) => {
      if (published === undefined) return NOTHING;
      const { version, runId, generatedAt, asOf, sample } = published;
      const rates = await readMatchRates(query, published);
      const [{ report }] = await query<{ report: LoadAccount }>(READ_LOAD_ACCOUNT, [runId]);
      const values = [asOf, this.env.factoryTz, this.env.dormantDays];
      const [now] = asOf === null ? [] : await query<FactoryRow>(READ_FACTORY_NOW, values);
      return {
        ...NOTHING,
        version: [{ value: version }],
        publishedAt: [{ value: generatedAt.getTime() / 1000 }],
        asOf: asOf === null ? [] : [{ value: asOf.getTime() / 1000 }],
        sample: [{ value: sample ? 1 : 0 }],
        ...ofLoad(report),
        ...ofRates(rates),
        ...(now === undefined ? {} : ofFactory(now)),
      };
    });
  }
}

const NOTHING = Object.fromEntries(Object.keys(GAUGES).map((key) => [key, []])) as unknown as Readings<
  keyof typeof GAUGES
>;

function ofLoad({
  sheets = [],
  rejects = [],
  issues = [],
}: LoadAccount): Record<'rows' | 'rejects' | 'issues', Reading[]> {
  return {
    rows: sheets.flatMap((account) =>
      ROW_STATUSES.map((status) => ({ labels: { sheet: account.sheet, status }, value: account[status] })),
    ),
    rejects: rejects.map(({ sheet, reason_code, count }) => ({ labels: { sheet, reason_code }, value: count })),
    issues: issues.map(({ sheet, code, count }) => ({ labels: { sheet, code }, value: count })),
  };
}

function ofRates(rates: readonly MatchRateRow[]): Record<'matchRate' | 'matchThreshold', Reading[]> {
  const readings = (pick: 'rate' | 'threshold'): Reading[] =>
    rates.flatMap(({ name, [pick]: value }) => (value === null ? [] : [{ labels: { name }, value }]));
  return { matchRate: readings('rate'), matchThreshold: readings('threshold') };
}

function ofFactory({ orders, wip, queued, kpis }: FactoryRow) {
  const kpi = kpis?.at(0);
  const leadTime = kpi?.lead_time_p50_seconds ?? null;
  return {
    orders: ACTIVE_STATUSES.map((status) => ({ labels: { status }, value: orders?.[status] ?? 0 })),
    wip: [{ value: wip }],
    queued: [{ value: queued }],
    finished: kpi === undefined ? [] : [{ value: kpi.orders_finished }],
    otd: kpi === undefined || kpi.orders_with_due === 0 ? [] : [{ value: kpi.orders_on_time / kpi.orders_with_due }],
    leadTime: leadTime === null ? [] : [{ value: leadTime }],
  };
}
