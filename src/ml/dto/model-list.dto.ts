import { ApiProperty } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export class ModelDto {
  @ApiProperty({ example: 'leadtime-3' })
  model_id: string;

  @ApiProperty({ example: 'leadtime' })
  model_name: string;

  @ApiProperty({ example: '3' })
  version: string;

  @ApiProperty({ example: 'gradient boosting' })
  algorithm: string;

  @ApiProperty({
    description: 'Each measure by its name.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { mae_hours: 71.2 },
  })
  metrics: Record<string, number>;

  @ApiProperty({ description: 'Whether predictions come from it.', example: true })
  is_active: boolean;

  @ApiProperty({ format: 'date-time', example: '2025-12-12T03:00:00+00:00' })
  created_at: string;
}

/** Answer of /api/ml/models. */
export class ModelListDto extends FreshnessDto {
  @ApiProperty({ description: 'Trained models; none yet.', type: [ModelDto] })
  models: ModelDto[];

  @ApiProperty({ type: 'integer', example: 0 })
  total: number;

  @ApiProperty({ description: 'Models that predictions come from.', type: 'integer', example: 0 })
  active_count: number;
}
