import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

const AGE = { type: Number, nullable: true };

export class WipRowDto {
  @ApiProperty({ description: 'Phase type; one row each.', type: 'integer', example: 12 })
  fase_id: number;

  @ApiProperty({
    description: "The phase type's name; null when the workbook has none.",
    type: String,
    nullable: true,
    example: 'Laminagem',
  })
  fase_nome: string | null;

  @ApiProperty({
    description: 'The product that was asked for; null when none was: the row is of all products.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  produto_id: number | null;

  @ApiProperty({ description: 'Open phases of active orders.', type: 'integer', example: 41 })
  wip_count: number;

  @ApiProperty({ ...AGE, description: 'Median age at as_of, hours since the start.', example: 26.5 })
  p50_age_hours: number | null;

  @ApiProperty({ ...AGE, description: '90th percentile of the ages, hours (continuous).', example: 212.4 })
  p90_age_hours: number | null;

  @ApiProperty({ ...AGE, description: 'Mean age, hours.', example: 71.9 })
  avg_age_hours: number | null;
}

/** Answer of /api/smartinventory/wip. */
export class WipDto extends FreshnessDto {
  @ApiProperty({ description: 'By phase type, most first.', type: [WipRowDto] })
  wip: WipRowDto[];

  @ApiProperty({ description: 'Open phases of all rows.', type: 'integer', example: 698 })
  total_wip: number;
}

export class WipMassRowDto {
  @ApiProperty({ description: 'Type of the latest open phase.', type: 'integer', example: 12 })
  fase_id: number;

  @ApiProperty({
    description: 'The product; null where the order names none.',
    type: 'integer',
    nullable: true,
    example: 22148,
  })
  produto_id: number | null;

  @ApiProperty({ description: 'Mass of the orders whose mass is known, kg.', example: 93.2 })
  wip_mass_kg: number;

  @ApiProperty({ description: 'The same as wip_mass_kg.', example: 93.2 })
  total_mass_kg: number;

  @ApiProperty({ description: 'The same as wip_mass_kg.', example: 93.2 })
  mass_kg: number;

  @ApiProperty({ description: "Whether some of it is the catalogue's weight and not a recorded one.", example: false })
  low_confidence: boolean;

  @ApiProperty({ description: 'Orders, with and without a known mass.', type: 'integer', example: 8 })
  wip_count: number;

  @ApiProperty({ description: 'Those of them without a known mass; they are in no sum.', type: 'integer', example: 0 })
  without_mass: number;

  @ApiPropertyOptional({ description: 'Left out for a type without a name.', example: 'Laminagem' })
  fase_nome?: string;

  @ApiProperty({
    description: 'HIGH all weights recorded, ESTIMATED some from the catalogue, LOW all.',
    enum: ['HIGH', 'ESTIMATED', 'LOW'],
    example: 'HIGH',
  })
  confidence: 'HIGH' | 'ESTIMATED' | 'LOW';
}

export class MassOfPhaseDto {
  @ApiProperty({ description: 'The phase type.', type: 'integer', example: 12 })
  fase_id: number;

  @ApiProperty({ description: "The phase type's name.", example: 'Laminagem' })
  fase_nome: string;

  @ApiProperty({ description: 'kg.', example: 311.5 })
  mass_kg: number;
}

/** Answer of /api/smartinventory/wip_mass. */
export class WipMassDto extends FreshnessDto {
  @ApiProperty({
    description: 'Each active order with WIP once, at its latest open phase, by type and product; the heaviest first.',
    type: [WipMassRowDto],
  })
  wip_mass: WipMassRowDto[];

  @ApiProperty({ description: 'The same list.', type: [WipMassRowDto] })
  wip_mass_by_phase_and_product: WipMassRowDto[];

  @ApiProperty({ description: 'By phase type, the heaviest first.', type: [MassOfPhaseDto] })
  by_phase: MassOfPhaseDto[];

  @ApiProperty({ description: 'kg.', example: 6120.4 })
  total_wip_mass_kg: number;

  @ApiProperty({
    description: 'Orders with WIP of which neither a recorded nor a catalogue weight is known; in no row and no sum.',
    type: 'integer',
    example: 14,
  })
  without_mass: number;

  @ApiProperty({
    description: 'high: all weights recorded; estimated: some; low: none.',
    enum: ['high', 'estimated', 'low'],
    example: 'estimated',
  })
  confidence: 'high' | 'estimated' | 'low';
}
