import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export const HEALTH_STATES = ['healthy', 'degraded', 'unhealthy'] as const;

/** Answer of /api/health; always with status 200. */
export class HealthDto extends FreshnessDto {
  @ApiProperty({
    description: 'unhealthy: the database does not answer. degraded: REDIS_URL is set and Redis does not answer.',
    enum: HEALTH_STATES,
    example: 'healthy',
  })
  status: (typeof HEALTH_STATES)[number];

  @ApiProperty({ description: 'Whether the database answers.', example: true })
  db_connected: boolean;

  @ApiProperty({ description: 'False also where no Redis is configured, which is healthy.', example: false })
  redis_connected: boolean;

  @ApiProperty({ description: 'The host of the database.', example: '127.0.0.1' })
  db_host: string;

  @ApiProperty({ description: 'The port of the database.', type: 'integer', example: 5432 })
  db_port: number;

  @ApiProperty({ description: 'The name of the database.', example: 'prodplan' })
  db_name: string;

  @ApiProperty({ description: 'ROLE of the process that answered.', enum: ['all', 'api', 'worker'], example: 'all' })
  execution_mode: string;

  @ApiProperty({
    description: 'What was looked at, and how it is.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { database: 'up', redis: 'not configured', data: 'loaded' },
  })
  checks: Record<string, string>;

  @ApiPropertyOptional({ description: 'Why a check is down; left out when none is.' })
  last_error?: string;

  @ApiProperty({ description: 'Whether the data served were invented by --sample.', example: false })
  sample: boolean;

  @ApiPropertyOptional({
    description: 'Grows by one with every publish; left out while nothing is loaded.',
    type: 'integer',
    example: 3,
  })
  data_version?: number;

  @ApiPropertyOptional({
    description: 'The run whose data are served; left out while nothing is loaded.',
    type: 'integer',
    example: 5,
  })
  run_id?: number;
}
