import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';
import { RISK_LEVELS, type RiskLevel } from '../risk-level';

const BY_SEVERITY = {
  description: 'Errors by severity: 1 light, 2, 3 grave.',
  type: 'object' as const,
  additionalProperties: { type: 'integer' as const },
  example: { '1': 75583, '2': 12603, '3': 1641 },
};
const AVERAGE_SEVERITY = {
  description: 'Mean severity, 1..3.',
  type: Number,
  minimum: 1,
  maximum: 3,
  nullable: true,
  example: 1.18,
};

export class HeatmapCellDto {
  @ApiProperty({
    description: 'Type of the phase in which the errors were found; null: unknown, or it has no name.',
    type: String,
    nullable: true,
    example: 'Lixagem',
  })
  fase_avaliacao: string | null;

  @ApiProperty({
    description: 'Type of the phase that caused them; null: not attributed.',
    type: String,
    nullable: true,
    example: 'Pintura',
  })
  fase_culpada: string | null;

  @ApiProperty({ description: 'Errors of the pair.', type: 'integer', example: 912 })
  count: number;

  @ApiProperty(AVERAGE_SEVERITY)
  gravidade_avg: number | null;

  @ApiPropertyOptional({ description: 'Left out when unknown.', type: 'integer', example: 14 })
  fase_avaliacao_id?: number;

  @ApiPropertyOptional({ description: 'Left out when not attributed.', type: 'integer', example: 7 })
  fase_culpada_id?: number;

  @ApiProperty({ description: 'The same as count.', type: 'integer', example: 912 })
  error_count: number;
}

export class ErrorsOfPhaseDto {
  @ApiProperty({
    description: 'Type of the phase; null: not attributed to one.',
    type: 'integer',
    nullable: true,
    example: 7,
  })
  fase_id: number | null;

  @ApiProperty({
    description: "The phase type's name; null when the workbook has none.",
    type: String,
    nullable: true,
    example: 'Pintura',
  })
  fase_nome: string | null;

  @ApiProperty({ description: 'Errors that it caused.', type: 'integer', example: 17178 })
  total_erros: number;

  @ApiProperty({ description: 'Errors that were found in it, whoever caused them.', type: 'integer', example: 0 })
  found: number;

  @ApiProperty({
    ...AVERAGE_SEVERITY,
    description: 'Mean severity of those it caused, 1..3; null when it caused none.',
  })
  gravidade_avg: number | null;

  @ApiProperty({ ...BY_SEVERITY, description: 'Those it caused, by severity.' })
  erros_por_gravidade: Record<string, number>;
}

export class ErrorsOfMonthDto {
  @ApiProperty({ description: 'Month of the error in factory time.', example: '2025-11' })
  month: string;

  @ApiProperty({ description: 'Recorded errors.', type: 'integer', example: 1310 })
  total_erros: number;

  @ApiProperty(BY_SEVERITY)
  erros_por_gravidade: Record<string, number>;
}

export class ErrorDescriptionDto {
  @ApiProperty({ description: 'As the workbook writes it.', example: 'Molde baço' })
  descricao: string;

  @ApiProperty({ description: 'Errors recorded in these words.', type: 'integer', example: 15672 })
  count: number;

  @ApiProperty({ description: 'Its part of the errors counted here, 0..1.', minimum: 0, maximum: 1, example: 0.174 })
  share: number;

  @ApiProperty(AVERAGE_SEVERITY)
  gravidade_avg: number | null;
}

/** Answer of /api/quality/overview. */
export class QualityOverviewDto extends FreshnessDto {
  @ApiProperty({ description: 'Errors found.', type: 'integer', example: 89827 })
  total_erros: number;

  @ApiProperty({ description: 'The same as total_erros.', type: 'integer', example: 89827 })
  total_errors: number;

  @ApiProperty(BY_SEVERITY)
  erros_por_gravidade: Record<string, number>;

  @ApiProperty({ description: 'By the phase that caused them, most first.', type: [ErrorsOfPhaseDto] })
  erros_por_fase: ErrorsOfPhaseDto[];

  @ApiProperty({ description: 'One row per pair of phase types, most errors first.', type: [HeatmapCellDto] })
  heatmap: HeatmapCellDto[];

  @ApiProperty({ description: 'Month by month, oldest first, without gaps.', type: [ErrorsOfMonthDto] })
  trend: ErrorsOfMonthDto[];

  @ApiProperty({ description: 'The 20 most frequent descriptions.', type: [ErrorDescriptionDto] })
  top_descriptions: ErrorDescriptionDto[];
}

/** Answer of /api/quality/by-phase. */
export class QualityByPhaseDto extends FreshnessDto {
  @ApiProperty({ description: 'By the phase that caused them, most first.', type: [ErrorsOfPhaseDto] })
  phases: ErrorsOfPhaseDto[];

  @ApiProperty({ description: 'Errors of all phases.', type: 'integer', example: 89827 })
  total_erros: number;
}

export class ErrorsOfProductDto {
  @ApiProperty({ description: 'The product.', type: 'integer', example: 22148 })
  produto_id: number;

  @ApiProperty({ description: 'Null: in no catalogue.', type: String, nullable: true, example: 'K1 Sete' })
  produto_nome: string | null;

  @ApiProperty({ description: 'Whether Modelos has it.', example: true })
  in_catalogue: boolean;

  @ApiProperty({ description: 'Orders of the product.', type: 'integer', example: 212 })
  orders: number;

  @ApiProperty({ description: 'Those with at least one error.', type: 'integer', example: 160 })
  orders_with_errors: number;

  @ApiProperty({ description: 'orders_with_errors / orders, 0..1.', minimum: 0, maximum: 1, example: 0.755 })
  erro_rate_produto: number;

  @ApiProperty({ description: 'Errors of its orders.', type: 'integer', example: 731 })
  total_erros: number;

  @ApiProperty({ description: 'total_erros / orders.', example: 3.448 })
  errors_per_order: number;

  @ApiProperty(AVERAGE_SEVERITY)
  gravidade_avg: number | null;
}

/** Answer of /api/quality/by-product. */
export class QualityByProductDto extends FreshnessDto {
  @ApiProperty({ description: 'Ordered products, the one with the most errors first.', type: [ErrorsOfProductDto] })
  products: ErrorsOfProductDto[];

  @ApiProperty({ description: 'Products that match, listed or not.', type: 'integer', example: 1233 })
  total: number;

  @ApiProperty({ description: 'Orders of all that match.', type: 'integer', example: 27380 })
  total_orders: number;

  @ApiProperty({ description: 'Those of them with at least one error.', type: 'integer', example: 21007 })
  total_orders_with_errors: number;

  @ApiProperty({ description: 'Errors of all that match.', type: 'integer', example: 89827 })
  total_erros: number;
}

export class QualityRiskRowDto {
  @ApiProperty({ description: 'The product.', type: 'integer', example: 22148 })
  produto_id: number;

  @ApiProperty({ description: 'Type of the phase that causes the error.', type: 'integer', example: 7 })
  fase_id: number;

  @ApiProperty({
    description:
      'Probability that the next order of the product has an error of this phase, 0..1: (k + 20 r) / (n + 20), with k of n orders of the product so far, and r the rate over all orders. Few orders count little.',
    minimum: 0,
    maximum: 1,
    example: 0.613,
  })
  risk_score: number;

  @ApiProperty({ description: 'k / n, 0..1.', type: Number, minimum: 0, maximum: 1, nullable: true, example: 0.64 })
  historical_rate: number | null;

  @ApiProperty({ description: 'The same as produto_id.', type: 'integer', example: 22148 })
  modelo_id: number;

  @ApiPropertyOptional({ description: 'Left out for a product that is in no catalogue.', example: 'K1 Sete' })
  modelo_nome?: string;

  @ApiPropertyOptional({ description: 'The same as modelo_nome.', example: 'K1 Sete' })
  produto_nome?: string;

  @ApiPropertyOptional({ description: 'Left out for a type without a name.', example: 'Pintura' })
  fase_nome?: string;

  @ApiProperty({ description: 'The same as fase_id.', type: 'integer', example: 7 })
  fase_culpada_id: number;

  @ApiPropertyOptional({ description: 'The same as fase_nome.', example: 'Pintura' })
  fase_culpada?: string;

  @ApiProperty({ description: 'n: orders of the product.', type: 'integer', example: 212 })
  orders: number;

  @ApiProperty({ description: 'k: those with an error of this phase.', type: 'integer', example: 136 })
  orders_with_errors: number;

  @ApiProperty({ description: 'Errors of this phase in them.', type: 'integer', example: 301 })
  error_count: number;

  @ApiProperty({ description: 'Mean severity of those, 1..3.', minimum: 1, maximum: 3, example: 1.2 })
  gravidade_avg: number;

  @ApiProperty({ description: 'HIGH from 0.5, MEDIUM from 0.2, else LOW.', enum: RISK_LEVELS, example: 'HIGH' })
  risk_level: RiskLevel;
}

/** Answer of /api/quality/risk. */
export class QualityRiskDto extends FreshnessDto {
  @ApiProperty({
    description: 'Pairs of product and phase type that had at least one error together, likeliest first.',
    type: [QualityRiskRowDto],
  })
  risks: QualityRiskRowDto[];

  @ApiProperty({ description: 'Pairs that match, listed or not.', type: 'integer', example: 4233 })
  total: number;
}
