import { ApiProperty } from '@nestjs/swagger';

/** Answer of /health/live. */
export class LiveDto {
  @ApiProperty({ description: 'Always `ok`: a process that cannot answer does not.', example: 'ok' })
  status: 'ok';

  @ApiProperty({ description: 'Seconds since the process started.', type: 'integer', minimum: 0, example: 3600 })
  uptime_seconds: number;
}

/** Answer of /health/ready. */
export class ReadyDto {
  @ApiProperty({ description: '`ok` when every check is up; a check that is down makes it a 503.', example: 'ok' })
  status: string;

  @ApiProperty({
    description: 'Every check by name: database, migrations, queue, disk.',
    type: 'object',
    additionalProperties: { type: 'object' },
    example: {
      database: { status: 'up', data_version: 3 },
      migrations: { status: 'up', pending: 0 },
      queue: { status: 'up', backend: 'postgres' },
      disk: { status: 'up', free_bytes: 73_014_444_032 },
    },
  })
  checks: Record<string, unknown>;
}
