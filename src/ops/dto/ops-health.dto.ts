import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

/** State of one service. */
export class ServiceDto {
  @ApiProperty({ description: 'up, down, or not configured.', example: 'up' })
  status: string;

  @ApiPropertyOptional({ description: 'How long it took to answer, ms.', example: 2 })
  latency_ms?: number;
}

/** Answer of /api/ops/health. The page turns each status to upper case, so each is a plain string. */
export class OpsHealthDto extends FreshnessDto {
  @ApiProperty({ description: 'up, degraded (Redis is configured and down) or down (the database is).', example: 'up' })
  status: string;

  @ApiProperty({ description: 'up whenever this is answered.', example: 'up' })
  api_status: string;

  @ApiProperty({ description: 'up or down.', example: 'up' })
  db_status: string;

  @ApiProperty({ description: 'The same as db_status.', example: 'up' })
  database: string;

  @ApiProperty({ description: 'up, down, or not configured, which is healthy.', example: 'not configured' })
  redis_status: string;

  @ApiProperty({ description: 'The same as redis_status.', example: 'not configured' })
  redis: string;

  @ApiProperty({
    description: 'The same by service, with the time of its answer in ms.',
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/ServiceDto' },
    example: { api: { status: 'up' }, database: { status: 'up', latency_ms: 2 }, redis: { status: 'not configured' } },
  })
  services: Record<string, ServiceDto>;

  @ApiProperty({ description: 'Hours since the process started.', example: 12.5 })
  uptime_hours: number;

  @ApiProperty({ description: 'When it was looked at.', format: 'date-time', example: '2026-11-23T22:41:07+00:00' })
  checked_at: string;
}
