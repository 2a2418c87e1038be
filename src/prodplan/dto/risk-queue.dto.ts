import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';
import { ETA_METHODS, type EtaMethod } from '../eta-method';

/** An order that will probably miss its due day. The five parts of its delay, in hours, add up to delay_hours. */
export class RiskOrderDto {
  @ApiProperty({ description: 'Number of the order; a string.', example: '140469' })
  of_id: string;

  @ApiProperty({ description: 'Product ordered.', type: 'integer', nullable: true, example: 42403 })
  produto_id: number | null;

  @ApiProperty({ description: 'Its name in the catalogue.', type: String, nullable: true, example: 'K1 Sete M' })
  produto_nome: string | null;

  @ApiProperty({
    description: 'Type of the open phase, else of_fase_id.',
    type: 'integer',
    nullable: true,
    example: 5,
  })
  fase_id: number | null;

  @ApiProperty({ description: 'Name of fase_id.', type: String, nullable: true, example: 'Pintura Acabamento' })
  fase_atual: string | null;

  @ApiProperty({
    description: 'When it is due: of_data_transporte.',
    format: 'date-time',
    example: '2025-12-12T00:00:00+00:00',
  })
  due_date: string;

  @ApiProperty({
    description: 'When it will be finished (p50), as in orders.',
    format: 'date-time',
    example: '2025-12-18T14:45:00+00:00',
  })
  eta: string;

  @ApiProperty({
    description: 'By when it will be finished with a probability of 80 % (p80).',
    format: 'date-time',
    example: '2025-12-27T09:10:00+00:00',
  })
  eta_p80: string;

  @ApiProperty({
    description:
      'What eta comes from: orders that stood in the same place before, or the trained model of remaining times; the same for all.',
    enum: ETA_METHODS,
    example: 'comparable_orders',
  })
  eta_method: EtaMethod;

  @ApiProperty({
    description: 'Probability, 0 to 1, of finishing after the due day; over 0.5 for all of the queue.',
    example: 0.83,
  })
  risk_score: number;

  @ApiProperty({ description: 'Days from the due day to the day of eta.', type: 'integer', example: 6 })
  days_behind: number;

  @ApiProperty({ description: 'Hours from the end of the due day to eta.', example: 134.75 })
  delay_hours: number;

  @ApiProperty({
    description: 'Hours by which work started, or has still not started, later after the creation than is usual.',
    example: 170.5,
  })
  late_start_hours: number;

  @ApiProperty({
    description: 'Hours since something last happened, beyond the usual step to the end of waiting_fase.',
    example: 207,
  })
  waiting_hours: number;

  @ApiProperty({
    description: 'Phase type it waits in or for; null when waiting_hours is 0.',
    type: 'integer',
    nullable: true,
    example: 5,
  })
  waiting_fase_id: number | null;

  @ApiProperty({ description: 'Hours worked in returns.', example: 3.5 })
  rework_hours: number;

  @ApiProperty({
    description: 'Hours by which the slowest execution, compared with its usual duration, exceeded it.',
    example: 12,
  })
  slow_phase_hours: number;

  @ApiProperty({
    description: 'Phase type of that execution; null when slow_phase_hours is 0.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  slow_phase_fase_id: number | null;

  @ApiProperty({
    description:
      'Hours of the delay that are none of these: what remains of the route and usually takes that long, less the time that the due day left for it. Negative when the due day left room for part of the causes.',
    example: -258.25,
  })
  rest_hours: number;

  @ApiProperty({
    description: 'The parts of at least an hour in words, the largest first; numbers in days, or hours below two days.',
    example: '5.6 days late: waiting in Pintura Acabamento 8.6 days, late start 7.1 days; less 10.1 days of room.',
  })
  reason: string;

  @ApiProperty({ description: 'The same as reason.', example: '5.6 days late: late start 5.6 days.' })
  risk_reason: string;
}

/** The risk queue: one list under three names. */
export class RiskQueueDto extends FreshnessDto {
  @ApiPropertyOptional({
    description: 'Why eta_method was chosen at the load; absent of an empty queue.',
    example: 'No trained model of remaining times has beaten it yet.',
  })
  eta_method_reason?: string;

  @ApiProperty({ type: [RiskOrderDto], description: 'By risk_score, then days_behind, the highest first, then of_id.' })
  queue: RiskOrderDto[];

  @ApiProperty({ type: [RiskOrderDto], description: 'The same as queue.' })
  risk_queue: RiskOrderDto[];

  @ApiProperty({ type: [RiskOrderDto], description: 'The same as queue.' })
  at_risk_orders: RiskOrderDto[];
}
