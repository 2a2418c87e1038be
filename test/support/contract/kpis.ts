import {
  both,
  count,
  fraction,
  list,
  moment,
  nullable,
  number,
  optional,
  optionalOrNull,
  record,
  text,
} from '../shape';
import { type ContractCase, fresh, notSupportedOr, BAD_WINDOW, WINDOW, noSuch } from './contract-case';

export const KPIS: readonly ContractCase[] = [
  {
    path: '/api/kpis/overview',
    shape: fresh({
      kpis: optionalOrNull(
        record({
          otd_pct: optionalOrNull(fraction()),
          throughput_day: optionalOrNull(number({ from: 0 })),
          throughput_dia: optional(number({ from: 0 })),
          avg_cycle_time_hours: optionalOrNull(number({ from: 0 })),
          lead_time_h: optional(number({ from: 0 })),
          gargalo_ativo: optionalOrNull(text()),
          horas_setup_semana: optional(number()),
          wip_total: optional(count()),
          generated_at: optional(moment()),
        }),
      ),
      message: optional(text()),
      from_date: optionalOrNull(text()),
      to_date: optionalOrNull(text()),
    }),
    queries: WINDOW,
    refused: BAD_WINDOW,
  },
  {
    path: '/api/kpis/by-phase',
    shape: fresh({
      phases: list(
        record({
          fase_id: count(),
          fase_nome: nullable(text()),
          executions: count(),
          p50_duration_hours: nullable(number({ from: 0 })),
          p90_duration_hours: nullable(number({ from: 0 })),
          return_rate: nullable(fraction()),
          wip_count: count(),
        }),
        ['fase_id'],
      ),
    }),
    lists: ['phases'],
    queries: WINDOW,
    unmatched: noSuch('fase_id'),
    refused: BAD_WINDOW,
  },
  {
    path: '/api/kpis/by-product',
    shape: fresh({
      products: list(
        record({
          produto_id: nullable(count()),
          produto_nome: nullable(text()),
          orders: count(),
          lead_time_h: nullable(number({ from: 0 })),
          otd_pct: nullable(fraction()),
          error_rate: fraction(),
        }),
        ['produto_id'],
      ),
    }),
    lists: ['products'],
    queries: WINDOW,
    unmatched: noSuch('produto_id'),
    refused: BAD_WINDOW,
  },
  {
    path: '/api/kpis/by-employee',
    shape: both(
      fresh({
        employees: list(
          record({
            funcionario_id: count(),
            funcionario_nome: nullable(text()),
            phases_worked: count(),
            phases_as_chief: count(),
            elapsed_hours_shared: number({ from: 0 }),
            ratio_to_phase_median: nullable(number({ from: 0 })),
            errors: count(),
          }),
          ['funcionario_id'],
        ),
      }),
      notSupportedOr(fresh({})),
    ),
    lists: ['employees'],
    // The sample's assignments name phases that are not there, as the factory's do.
    mayBeEmpty: ['employees'],
    queries: WINDOW,
    refused: BAD_WINDOW,
  },
];
