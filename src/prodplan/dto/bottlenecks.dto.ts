import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QueryInteger } from '../../common/query-params';
import { FreshnessDto } from '../../published/freshness';

/** Query of the bottlenecks. */
export class BottlenecksQuery {
  @QueryInteger({ description: 'Bottlenecks at most.', minimum: 1, maximum: 1000, default: 10 })
  top_n?: number;
}

const PERCENT = { type: Number, minimum: 0, maximum: 100 } as const;

/** Where a score comes from. */
export class ScorePartsDto {
  @ApiProperty({
    ...PERCENT,
    description: 'Age of the WIP (p90) against the usual one; 50 is as usual.',
    example: 64.2,
  })
  wip_age: number;

  @ApiProperty({
    ...PERCENT,
    description: 'Orders at the phase, open and queued, against the usual number.',
    example: 89.5,
  })
  load: number;

  @ApiProperty({ ...PERCENT, description: 'Wait of the queue (p90) against the usual one.', example: 83.1 })
  queue_age: number;
}

/** The phase's usual values: medians over the twelve moments 30, 60, … 360 days before as_of; absent without history. */
export class UsualValuesDto {
  @ApiPropertyOptional({ description: 'Age of the WIP (p90), hours.', example: 423 })
  wip_p90_age_hours?: number;

  @ApiPropertyOptional({ description: 'Orders at the phase, open and queued.', example: 5.5 })
  orders?: number;

  @ApiPropertyOptional({ description: 'Wait of the queue (p90), hours.', example: 32 })
  queue_p90_age_hours?: number;
}

/** A phase type by how much it holds up. */
export class BottleneckDto {
  @ApiProperty({ description: 'Phase type.', type: 'integer', example: 5 })
  fase_id: number;

  @ApiProperty({ description: 'Name of the phase type.', type: String, nullable: true, example: 'Pintura Acabamento' })
  fase_nome: string | null;

  @ApiProperty({ description: 'fase_id as text.', example: '5' })
  phase_code: string;

  @ApiProperty({ description: 'fase_nome.', type: String, nullable: true, example: 'Pintura Acabamento' })
  phase_name: string | null;

  @ApiProperty({ description: 'Place by score, from 1; the order of the list.', type: 'integer', example: 1 })
  rank: number;

  @ApiProperty({ description: 'Open phases of active orders.', type: 'integer', example: 44 })
  wip_count: number;

  @ApiProperty({ description: 'Active orders that wait for this phase type.', type: 'integer', example: 2 })
  queue_size: number;

  @ApiProperty({ description: '90th percentile of the age of the WIP, hours; 0 without WIP.', example: 745 })
  p90_age_hours: number;

  @ApiProperty({
    description: 'Mean wait of the queue, hours; null without queue.',
    type: Number,
    nullable: true,
    example: 98.5,
  })
  avg_wait_hours: number | null;

  @ApiPropertyOptional({
    description: '90th percentile of the wait of the queue, hours; absent without queue.',
    example: 158,
  })
  fila_horas?: number;

  @ApiProperty({
    ...PERCENT,
    description:
      'How much the phase holds up against its own usual: weighted parts, less the fewer orders there are (docs/bottlenecks.md).',
    example: 70.4,
  })
  bottleneck_score: number;

  @ApiProperty({ type: ScorePartsDto, description: 'The parts of the score before they are weighted.' })
  score_parts: ScorePartsDto;

  @ApiProperty({ type: UsualValuesDto, description: 'What the parts compare with.' })
  usual: UsualValuesDto;

  @ApiProperty({
    description: 'HIGH from a score of 60, MEDIUM from 40.',
    enum: ['HIGH', 'MEDIUM', 'LOW'],
    example: 'HIGH',
  })
  severity: 'HIGH' | 'MEDIUM' | 'LOW';

  @ApiProperty({
    description: 'The numbers that made the score, in a sentence.',
    example:
      '46 orders at Pintura Acabamento (44 open, 2 queued), usually 5.5; 9 in 10 open phases are at most 745 h old (usually 423 h).',
  })
  why: string;

  @ApiPropertyOptional({
    description:
      'The score as it was 30 days before as_of, from the events up to then alone; absent where the data do not go back so far.',
    example: 55.3,
  })
  score_30_days_before?: number;

  @ApiPropertyOptional({
    description: 'RISING or FALLING by 5 points or more in 30 days, else STABLE; absent as score_30_days_before.',
    enum: ['RISING', 'FALLING', 'STABLE'],
    example: 'RISING',
  })
  trend?: 'RISING' | 'FALLING' | 'STABLE';

  @ApiPropertyOptional({
    ...PERCENT,
    description:
      'Share of the last 90 days in which an execution of this type was going on, percent; absent with fewer than 20 executions, which would say nothing.',
    example: 28.5,
  })
  utilizacao_pct?: number;

  @ApiPropertyOptional({
    description:
      'Share of the last 90 days in which the active-period method named this phase (alone or shifting), 0..1; absent when it did nothing in them.',
    minimum: 0,
    maximum: 1,
    example: 0.31,
  })
  probabilidade?: number;

  @ApiPropertyOptional({
    description: 'Place by the active-period method, from 1; absent as probabilidade.',
    type: 'integer',
    example: 4,
  })
  active_period_rank?: number;

  @ApiProperty({
    description: 'Among the first three of one method and not of the other.',
    example: true,
  })
  methods_disagree: boolean;
}

/** The active-period verdict on a phase type. */
export class ActivePeriodDto {
  @ApiProperty({ description: 'Phase type.', type: 'integer', example: 1 })
  fase_id: number;

  @ApiProperty({ description: 'Name of the phase type.', type: String, nullable: true, example: 'Laminagem' })
  fase_nome: string | null;

  @ApiProperty({ description: 'Executions in the window.', type: 'integer', example: 1007 })
  executions: number;

  @ApiProperty({
    ...PERCENT,
    description: 'Share of the window in which an execution was going on, percent.',
    example: 72.6,
  })
  active_pct: number;

  @ApiProperty({
    ...PERCENT,
    description: 'Share of the window in which it alone was the bottleneck, percent.',
    example: 30.8,
  })
  sole_pct: number;

  @ApiProperty({
    ...PERCENT,
    description: 'Share of the window in which the bottleneck was passing to or from it, percent.',
    example: 25.5,
  })
  shifting_pct: number;
}

/** The window of the active-period method and its verdict. */
export class ActivePeriodsDto {
  @ApiPropertyOptional({
    description: 'Begin of the window: 90 days before as_of.',
    format: 'date-time',
    example: '2025-09-12T13:50:00+01:00',
  })
  from?: string;

  @ApiPropertyOptional({
    description: 'End of the window: as_of.',
    format: 'date-time',
    example: '2025-12-11T12:50:00+00:00',
  })
  to?: string;

  @ApiProperty({ type: [ActivePeriodDto], description: 'By sole plus shifting share, the greatest first.' })
  phases: ActivePeriodDto[];
}

/** What holds the factory up. */
export class BottlenecksDto extends FreshnessDto {
  @ApiProperty({ type: [BottleneckDto], description: 'By score, the greatest first.' })
  bottlenecks: BottleneckDto[];

  @ApiProperty({ type: [BottleneckDto], description: 'The same rows.' })
  top_losses: BottleneckDto[];

  @ApiProperty({ type: ActivePeriodsDto, description: 'The verdict of the active-period method.' })
  active_periods: ActivePeriodsDto;
}
