import { count, fraction, moment, number, optional, optionalOrNull, record, text } from '../shape';
import { type ContractCase, fresh, notSupportedOr, BAD_WINDOW, WINDOW } from './contract-case';

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
  { path: '/api/kpis/by-phase', shape: fresh({}), queries: WINDOW, refused: BAD_WINDOW },
  { path: '/api/kpis/by-product', shape: fresh({}), queries: WINDOW, refused: BAD_WINDOW },
  {
    path: '/api/kpis/by-employee',
    shape: notSupportedOr(fresh({})),
    queries: WINDOW,
    refused: BAD_WINDOW,
  },
];
