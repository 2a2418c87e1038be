import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

/** The window of an answer; absent while nothing is loaded. */
export class WindowDto extends FreshnessDto {
  @ApiPropertyOptional({
    description: 'Begin of the window, included.',
    format: 'date-time',
    example: '2025-09-12T12:50:00+01:00',
  })
  from_date?: string;

  @ApiPropertyOptional({
    description: 'End of the window, not included.',
    format: 'date-time',
    example: '2025-12-11T12:50:00+00:00',
  })
  to_date?: string;
}

const FRACTION = { minimum: 0, maximum: 1 } as const;
const OTD = 'Share of the orders with a due date that were finished on or before the due day, 0..1';
const LEAD = 'of the lead times (finish - creation; negative ones left out), hours';

/** Key figures of the orders finished in a window. A figure without an order to count has no key. */
export class OverviewKpisDto {
  @ApiPropertyOptional({ ...FRACTION, description: `${OTD}; absent when none had one.`, example: 0.874 })
  otd_pct?: number;

  @ApiPropertyOptional({ description: `Median ${LEAD}.`, example: 1102.5 })
  lead_time_h?: number;

  @ApiPropertyOptional({ description: `90th percentile ${LEAD}.`, example: 3350.2 })
  lead_time_p90_h?: number;

  @ApiPropertyOptional({ description: `Mean ${LEAD}.`, example: 1483.9 })
  avg_cycle_time_hours?: number;

  @ApiProperty({ description: 'Orders finished per calendar day of the window.', example: 10.3 })
  throughput_day: number;

  @ApiProperty({ description: 'throughput_day.', example: 10.3 })
  throughput_dia: number;

  @ApiProperty({ description: 'Orders finished in the window.', type: 'integer', example: 930 })
  orders_finished: number;

  @ApiProperty({ description: 'Those of them with a due date.', type: 'integer', example: 880 })
  orders_with_due: number;

  @ApiProperty({ description: 'Those finished on or before the due day.', type: 'integer', example: 769 })
  orders_on_time: number;

  @ApiProperty({
    description: 'WIP at as_of: open phases of active orders, whatever the window.',
    type: 'integer',
    example: 698,
  })
  wip_total: number;

  @ApiProperty({
    description: 'Name of the first bottleneck; null when nothing stands anywhere.',
    type: String,
    nullable: true,
    example: 'Pintura Acabamento',
  })
  gargalo_ativo: string | null;

  @ApiProperty({ description: 'When the load finished.', format: 'date-time', example: '2026-11-23T22:41:07+00:00' })
  generated_at: string;
}

/** Key figures, or a message while there is nothing to have any. */
export class OverviewDto extends WindowDto {
  @ApiPropertyOptional({ type: OverviewKpisDto, description: 'Absent while nothing is loaded.' })
  kpis?: OverviewKpisDto;

  @ApiPropertyOptional({ description: 'Only while nothing is loaded.', example: 'No workbook is loaded yet.' })
  message?: string;
}

/** A phase type in a window. */
export class KpiPhaseDto {
  @ApiProperty({ description: 'Phase type.', type: 'integer', example: 1 })
  fase_id: number;

  @ApiProperty({ description: 'Name of the phase type.', type: String, nullable: true, example: 'Laminagem' })
  fase_nome: string | null;

  @ApiProperty({ description: 'Executions that ended in the window.', type: 'integer', example: 1208 })
  executions: number;

  @ApiProperty({ description: 'Those that took time; length 0 marks an event.', type: 'integer', example: 1007 })
  executions_with_duration: number;

  @ApiProperty({
    description: 'Median of the positive durations, hours; null without one.',
    type: Number,
    nullable: true,
    example: 7.67,
  })
  p50_duration_hours: number | null;

  @ApiProperty({
    description: '90th percentile of the positive durations, hours; null without one.',
    type: Number,
    nullable: true,
    example: 14.8,
  })
  p90_duration_hours: number | null;

  @ApiProperty({ description: 'Executions that were a return (faseof_retorno = 1).', type: 'integer', example: 12 })
  returns: number;

  @ApiProperty({
    ...FRACTION,
    description: 'returns / executions, 0..1; null without executions.',
    type: Number,
    nullable: true,
    example: 0.0099,
  })
  return_rate: number | null;

  @ApiProperty({ description: 'WIP of the phase type at as_of, whatever the window.', type: 'integer', example: 17 })
  wip_count: number;
}

/** Key figures by phase type. */
export class KpisByPhaseDto extends WindowDto {
  @ApiProperty({
    type: [KpiPhaseDto],
    description: 'Phase types with an execution in the window or WIP, in the order of production.',
  })
  phases: KpiPhaseDto[];
}

/** A product in a window. */
export class KpiProductDto {
  @ApiProperty({
    description: 'Product; null for orders without one.',
    type: 'integer',
    nullable: true,
    example: 22148,
  })
  produto_id: number | null;

  @ApiProperty({ description: 'Name in the catalogue.', type: String, nullable: true, example: 'K1 Sete M' })
  produto_nome: string | null;

  @ApiProperty({ description: 'Whether the catalogue (Modelos) has the product.', example: true })
  in_catalogue: boolean;

  @ApiProperty({ description: 'Orders finished in the window.', type: 'integer', example: 14 })
  orders: number;

  @ApiProperty({ description: `Median ${LEAD}; null without one.`, type: Number, nullable: true, example: 1102.5 })
  lead_time_h: number | null;

  @ApiProperty({ description: `Mean ${LEAD}; null without one.`, type: Number, nullable: true, example: 1483.9 })
  avg_cycle_time_hours: number | null;

  @ApiProperty({
    ...FRACTION,
    description: `${OTD}; null when none had one.`,
    type: Number,
    nullable: true,
    example: 0.874,
  })
  otd_pct: number | null;

  @ApiProperty({ ...FRACTION, description: 'Orders with at least one error / orders, 0..1.', example: 0.357 })
  error_rate: number;

  @ApiProperty({ description: 'Errors / orders.', example: 1.64 })
  errors_per_order: number;
}

/** Key figures by product. */
export class KpisByProductDto extends WindowDto {
  @ApiProperty({ type: [KpiProductDto], description: 'Most orders first, then by product.' })
  products: KpiProductDto[];
}
