import {
  anything,
  both,
  count,
  flag,
  fraction,
  list,
  map,
  moment,
  nullable,
  number,
  oneOf,
  optional,
  optionalOrNull,
  record,
  text,
} from '../shape';
import { type ContractCase, fresh, NOT_SUPPORTED } from './contract-case';

/** `status` only when on: the health page prints ON for any truthy one. */
const GATE = record({
  feature: text(),
  enabled: flag(),
  status: optional(oneOf('ON')),
  reason: optional(text()),
  match_rate: optional(fraction()),
  suggestion: optional(text()),
  degraded: optional(flag()),
  threshold: optional(fraction()),
  relationship: optional(text()),
});

/** Not computed yet, or of fewer finished orders than a prediction needs, which no factory of these tests has. */
const UNSUPPORTED: ContractCase[] = [
  { path: '/api/ml/predict/leadtime?modelo_id=100' },
  { method: 'POST', path: '/api/ml/predict/leadtime', body: { modelo_id: 100 } },
  { method: 'POST', path: '/api/ml/explain/leadtime', body: { modelo_id: 100 } },
  { path: '/api/ml/explain/leadtime?modelo_id=100' },
  { method: 'POST', path: '/api/ml/predict/risk', body: { modelo_id: 100 } },
  { path: '/api/ml/explain/risk?modelo_id=100' },
].map((one) => ({ ...one, status: 422, shape: NOT_SUPPORTED }) as ContractCase);

export const OPS: readonly ContractCase[] = [
  ...UNSUPPORTED,
  {
    path: '/api/ml/models',
    shape: record({
      models: list(
        record({
          model_id: text(),
          model_name: text(),
          version: text(),
          algorithm: text(),
          metrics: map(number()),
          is_active: flag(),
          created_at: moment(),
          data_cutoff: optional(text()),
          status: oneOf('CHAMPION', 'RETIRED', 'REJECTED'),
          reason: text(),
          dataset_hash: text(),
          artefact_sha256: text(),
        }),
        ['model_id'],
      ),
      total: count(),
      active_count: count(),
      as_of: optional(moment()),
      generated_at: optional(moment()),
    }),
  },
  { path: '/api/ml/backtest', shape: fresh({ backtests: list(anything()) }) },
  { path: '/api/ml/train/jobs', shape: record({ jobs: list(anything()) }) },
  {
    path: '/api/ml/features',
    shape: record({ features: list(record({ feature: text(), name: text(), unit: text() }), ['feature']) }),
    standsAlone: true,
  },
  {
    path: '/api/health',
    shape: record({
      status: oneOf('healthy', 'degraded', 'unhealthy'),
      db_connected: flag(),
      redis_connected: flag(),
      db_host: optional(text()),
      db_port: optional(count()),
      db_name: optional(text()),
      execution_mode: optional(text()),
      checks: optional(map(text())),
      last_error: optional(text()),
    }),
    isLive: true,
    standsAlone: true,
  },
  {
    path: '/api/ops/health',
    shape: record({
      status: text(),
      api_status: optional(text()),
      db_status: optional(text()),
      database: optional(text()),
      redis_status: optional(text()),
      redis: optional(text()),
      generated_at: optional(moment()),
      services: optional(map(record({ status: text(), latency_ms: optional(number({ from: 0 })) }))),
      uptime_hours: optional(number({ from: 0 })),
      version: optional(text()),
      checked_at: optional(moment()),
    }),
    isLive: true,
    standsAlone: true,
  },
  {
    path: '/api/ops/feature-gates',
    // A generated_at would be shown as one more gate.
    shape: both(map(GATE, ['gates']), record({ gates: map(GATE) }, { without: ['generated_at', 'as_of'] })),
  },
  { path: '/ops/feature-gates', shape: both(map(GATE), record({}, { without: ['gates', 'generated_at', 'as_of'] })) },
  {
    path: '/api/ops/performance',
    aliases: ['/ops/performance'],
    shape: record({
      slos: list(
        record({
          name: text(),
          target: anything(),
          actual: anything(),
          status: oneOf('PASS', 'FAIL'),
          details: optional(text()),
        }),
      ),
      generated_at: nullable(moment()),
    }),
    isLive: true,
  },
  {
    path: '/api/ops/data-contract',
    aliases: ['/ops/data-contract'],
    shape: fresh({
      match_rates: list(record({ table: text(), rate: fraction() })),
      orphan_counts: list(record({ table: text(), count: count() })),
    }),
    lists: ['match_rates', 'orphan_counts'],
  },
  {
    path: '/api/ops/release-gate',
    shape: record({
      passed: flag(),
      checks: list(
        record({
          name: text(),
          passed: flag(),
          reason: optionalOrNull(text()),
          details: optionalOrNull(text()),
        }),
        ['name'],
      ),
      blocked_reason: optionalOrNull(text()),
      timestamp: optional(moment()),
    }),
    isLive: true,
  },
];
