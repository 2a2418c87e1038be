import { ApiProperty } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export class ModelDto {
  @ApiProperty({ description: 'The model and its version.', example: 'leadtime-3' })
  model_id: string;

  @ApiProperty({ description: 'What it predicts.', example: 'leadtime' })
  model_name: string;

  @ApiProperty({ description: 'Counts the trainings.', example: '3' })
  version: string;

  @ApiProperty({ description: 'How it was learned.', example: 'network and boosted trees' })
  algorithm: string;

  @ApiProperty({
    description: 'Each measure by its name.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { mae_days: 29.4, baseline_mae_days: 30.9, p10_p90_coverage: 0.79 },
  })
  metrics: Record<string, number>;

  @ApiProperty({ description: 'Whether predictions come from it.', example: true })
  is_active: boolean;

  @ApiProperty({
    description: 'CHAMPION answers, RETIRED answered before, REJECTED did not beat the baseline.',
    enum: ['CHAMPION', 'RETIRED', 'REJECTED'],
  })
  status: string;

  @ApiProperty({ description: 'Why it is so, or why a champion does not answer.' })
  reason: string;

  @ApiProperty({ description: 'When it was trained.', format: 'date-time', example: '2025-12-12T03:00:00+00:00' })
  created_at: string;

  @ApiProperty({ description: 'The data clock of the load it was learned from.', format: 'date-time' })
  data_cutoff: string;

  @ApiProperty({ description: 'Hash of the rows it was learned from.' })
  dataset_hash: string;

  @ApiProperty({ description: 'Checksum of its file.' })
  artefact_sha256: string;
}

/** Answer of /api/ml/models. */
export class ModelListDto extends FreshnessDto {
  @ApiProperty({ description: 'Trained models.', type: [ModelDto] })
  models: ModelDto[];

  @ApiProperty({ description: 'Models in the list.', type: 'integer', example: 0 })
  total: number;

  @ApiProperty({ description: 'Models that predictions come from.', type: 'integer', example: 0 })
  active_count: number;
}
