import { ApiProperty } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export const PHASE_STATUSES = ['PENDING', 'IN_PROGRESS', 'DONE'] as const;
export type PhaseStatus = (typeof PHASE_STATUSES)[number];

/** A phase of an order: the fields the pages read, and beside them the workbook's own columns. */
export class OrderPhaseDto {
  @ApiProperty({ description: 'Number of this phase of this order; unique.', type: 'integer', example: 2210457 })
  of_fase_id: number;

  @ApiProperty({ description: 'Phase type.', type: 'integer', example: 1 })
  fase_id: number;

  @ApiProperty({ description: 'Name of the phase type.', example: 'Laminagem' })
  fase_nome: string;

  @ApiProperty({ description: 'The order.', example: '120583' })
  of_id: string;

  @ApiProperty({
    description: 'When the phase began; null when that is not recorded.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-09T08:15:00+00:00',
  })
  started_at: string | null;

  @ApiProperty({
    description: 'When the phase ended; null while it is open, or when that is not recorded.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-09T10:45:00+00:00',
  })
  ended_at: string | null;

  @ApiProperty({
    description: 'End minus start, hours; null unless both are known. 0 is an event marker.',
    type: Number,
    nullable: true,
    example: 2.5,
  })
  duration_hours: number | null;

  @ApiProperty({
    description:
      'duration_hours minus the usual duration, hours: the median of the positive durations of this phase type and product, or of the phase type alone where the product has fewer than 5. Null without a positive duration.',
    type: Number,
    nullable: true,
    example: 0.75,
  })
  desvio_hours: number | null;

  @ApiProperty({
    description: 'DONE ended; IN_PROGRESS started and not ended; PENDING neither.',
    enum: PHASE_STATUSES,
    example: 'DONE',
  })
  status: PhaseStatus;

  @ApiProperty({ description: 'of_fase_id as text.', example: '2210457' })
  faseof_id: string;

  @ApiProperty({ description: 'of_id.', example: '120583' })
  faseof_of_id: string;

  @ApiProperty({ description: 'fase_id.', type: 'integer', nullable: true, example: 1 })
  faseof_fase_id: number | null;

  @ApiProperty({
    description: 'started_at.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-09T08:15:00+00:00',
  })
  faseof_inicio: string | null;

  @ApiProperty({
    description: 'ended_at.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-09T10:45:00+00:00',
  })
  faseof_fim: string | null;

  @ApiProperty({
    description: 'When it was planned for.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  })
  faseof_data_prevista: string | null;

  @ApiProperty({
    description: 'Place in the order; the list is sorted by it.',
    type: 'integer',
    nullable: true,
    example: 10,
  })
  faseof_sequencia: number | null;

  @ApiProperty({
    description: 'Weight recorded at the phase, kg; 0 where nobody weighed.',
    type: Number,
    nullable: true,
    example: 11.4,
  })
  faseof_peso: number | null;

  @ApiProperty({ description: 'Coefficient; its unit is not known.', type: Number, nullable: true, example: 1.5 })
  faseof_coeficiente: number | null;

  @ApiProperty({ description: 'Second coefficient; its unit is not known.', type: Number, nullable: true, example: 0 })
  faseof_coeficiente_x: number | null;

  @ApiProperty({
    description: '1 when the order came back to this phase.',
    type: 'integer',
    nullable: true,
    example: 0,
  })
  faseof_retorno: number | null;

  @ApiProperty({ description: 'Shift.', type: 'integer', nullable: true, example: null })
  faseof_turno: number | null;
}

/** The timeline of an order. */
export class OrderPhasesDto extends FreshnessDto {
  @ApiProperty({ type: [OrderPhaseDto], description: 'By (faseof_sequencia, faseof_id): the order of the timeline.' })
  phases: OrderPhaseDto[];
}
