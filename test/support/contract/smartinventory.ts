import {
  anything,
  count,
  flag,
  fraction,
  list,
  moment,
  nullable,
  number,
  oneOf,
  optional,
  optionalOrNull,
  percent,
  record,
  text,
} from '../shape';
import { type ContractCase, fresh, notSupportedOr, noSuch } from './contract-case';

const MASS_ROW = record({
  fase_id: count(),
  produto_id: nullable(count()),
  wip_mass_kg: number({ from: 0 }),
  low_confidence: optional(flag()),
  wip_count: optional(count()),
  total_mass_kg: optional(number({ from: 0 })),
  fase_nome: optional(text()),
  mass_kg: optional(number({ from: 0 })),
  confidence: optional(text()),
});
const GEL_ROW = record({
  produto_id: count(),
  produto_nome: nullable(text()),
  qtd_gel_deck: nullable(number()),
  qtd_gel_casco: nullable(number()),
  ofs_in_progress: count(),
  theoretical_usage_deck: number({ from: 0 }),
  theoretical_usage_casco: number({ from: 0 }),
  disclaimer: text(),
  order_count: optional(count()),
});
const MATERIAL_YIELD = notSupportedOr(
  // A `status` in a supported answer hides everything; `either` sends one that has it elsewhere.
  fresh({
    avg_yield_pct: percent(),
    products_analyzed: count(),
    worst_yield_pct: percent(),
    ranking: list(anything()),
  }),
);

export const SMART_INVENTORY: readonly ContractCase[] = [
  {
    path: '/api/smartinventory/wip',
    shape: fresh({
      wip: list(
        record({
          fase_id: count(),
          produto_id: nullable(count()),
          wip_count: count(),
          p50_age_hours: nullable(number({ from: 0 })),
          p90_age_hours: nullable(number({ from: 0 })),
          fase_nome: optionalOrNull(text()),
          avg_age_hours: optionalOrNull(number({ from: 0 })),
        }),
        ['fase_id'],
      ),
      total_wip: optional(count()),
    }),
    lists: ['wip'],
    unmatched: noSuch('fase_id', 'produto_id', 'modelo_id'),
    refused: ['fase_id=x'],
  },
  {
    path: '/api/smartinventory/wip_mass',
    shape: fresh({
      wip_mass: list(MASS_ROW, ['fase_id', 'produto_id']),
      wip_mass_by_phase_and_product: optional(list(MASS_ROW, ['fase_id', 'produto_id'])),
      total_wip_mass_kg: optional(number({ from: 0 })),
      by_phase: optional(
        list(record({ fase_id: count(), fase_nome: text(), mass_kg: number({ from: 0 }) }), ['fase_id']),
      ),
      confidence: optional(oneOf('high', 'estimated', 'low')),
    }),
    lists: ['wip_mass'],
    unmatched: noSuch('fase_id', 'produto_id'),
    refused: ['fase_id=x'],
  },
  {
    path: '/api/smartinventory/gelcoat_theoretical_usage',
    shape: fresh({
      status: oneOf('SUPPORTED'),
      disclaimer: text(),
      by_product: list(GEL_ROW, ['produto_id']),
      total_theoretical_gel_deck: number({ from: 0 }),
      total_theoretical_gel_casco: number({ from: 0 }),
      from_date: optional(text()),
      to_date: optional(text()),
      gelcoat_usage: optional(list(GEL_ROW, ['produto_id'])),
    }),
    lists: ['by_product'],
    queries: ['from_date=2019-01-01&to_date=2026-01-01'],
    unmatched: noSuch('produto_id'),
    refused: ['from_date=yesterday', 'from_date=2025-03-02&to_date=2025-03-01', 'produto_id=x'],
  },
  {
    path: '/api/smartinventory/consumption_estimate',
    shape: notSupportedOr(fresh({})),
  },
  {
    path: '/api/smartinventory/material_yield',
    aliases: ['/smartinventory/material_yield'],
    shape: MATERIAL_YIELD,
  },
  {
    path: '/api/smartinventory/due_risk',
    aliases: ['/smartinventory/due_risk'],
    shape: fresh({
      due_risk_items: list(
        record({
          of_id: text(),
          produto_id: count(),
          produto_nome: optionalOrNull(text()),
          fase_atual_id: count(),
          fase_atual_nome: optionalOrNull(text()),
          due_date: moment(),
          risk_score: fraction(),
          explanation: text(),
          risk_bucket: oneOf('OVERDUE', 'DUE_7D', 'DUE_14D', 'SAFE'),
        }),
        ['of_id'],
      ),
    }),
    lists: ['due_risk_items'],
  },
];
