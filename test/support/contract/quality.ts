import { count, fraction, list, map, nullable, number, oneOf, optional, record, text } from '../shape';
import { type ContractCase, fresh, BAD_WINDOW, WINDOW, noSuch } from './contract-case';

const PHASE_ROW = record({
  fase_id: nullable(count()),
  fase_nome: nullable(text()),
  total_erros: count(),
  erros_por_gravidade: map(count()),
});

export const QUALITY: readonly ContractCase[] = [
  {
    path: '/api/quality/overview',
    shape: fresh(
      {
        heatmap: list(
          record({
            fase_avaliacao: nullable(text()),
            fase_culpada: nullable(text()),
            count: count(),
            gravidade_avg: nullable(number({ from: 1, to: 3 })),
            fase_avaliacao_id: optional(count()),
            fase_culpada_id: optional(count()),
            error_count: optional(count()),
          }),
          ['fase_avaliacao', 'fase_avaliacao_id', 'fase_culpada', 'fase_culpada_id'],
        ),
        total_errors: count(),
        total_erros: count(),
        erros_por_gravidade: map(count()),
        erros_por_fase: list(PHASE_ROW, ['fase_id']),
      },
      { same: [['total_errors', 'total_erros']] },
    ),
    lists: ['heatmap', 'erros_por_fase'],
    queries: WINDOW,
    unmatched: noSuch('fase_avaliacao_id', 'fase_culpada_id'),
    refused: BAD_WINDOW,
  },
  {
    path: '/api/quality/by-phase',
    shape: fresh({ phases: list(PHASE_ROW, ['fase_id']), total_erros: count() }),
    lists: ['phases'],
    refused: BAD_WINDOW,
  },
  {
    path: '/api/quality/by-product',
    shape: fresh({
      products: list(
        record({
          produto_id: count(),
          produto_nome: nullable(text()),
          orders: count(),
          erro_rate_produto: fraction(),
          errors_per_order: number({ from: 0 }),
        }),
        ['produto_id'],
      ),
    }),
    lists: ['products'],
    unmatched: noSuch('produto_id', 'modelo_id'),
    refused: BAD_WINDOW,
  },
  {
    path: '/api/quality/risk',
    shape: fresh({
      risks: list(
        record({
          produto_id: count(),
          fase_id: count(),
          risk_score: fraction(),
          historical_rate: nullable(fraction()),
          modelo_id: optional(count()),
          modelo_nome: optional(text()),
          produto_nome: optional(text()),
          fase_nome: optional(text()),
          fase_culpada_id: optional(count()),
          fase_culpada: optional(text()),
          error_count: optional(count()),
          gravidade_avg: optional(number({ from: 1, to: 3 })),
          risk_level: optional(oneOf('HIGH', 'MEDIUM', 'LOW')),
        }),
        ['produto_id', 'fase_id'],
      ),
    }),
    lists: ['risks'],
    unmatched: noSuch('modelo_id', 'fase_culpada_id'),
    refused: ['modelo_id=x'],
  },
];
