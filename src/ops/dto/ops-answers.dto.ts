import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export class TableRateDto {
  @ApiProperty({ description: 'Which table is matched with which.', example: 'ordens_fabrico -> modelos' })
  table: string;

  @ApiProperty({ description: 'Distinct keys that found their partner, 0..1.', minimum: 0, maximum: 1, example: 0.725 })
  rate: number;

  @ApiProperty({ description: 'Name of the rate.', example: 'produto_join' })
  name: string;

  @ApiProperty({ description: 'Distinct keys that found their partner.', type: 'integer', example: 894 })
  matches: number;

  @ApiProperty({ description: 'Distinct keys.', type: 'integer', example: 1233 })
  total: number;

  @ApiPropertyOptional({ description: 'Rate below which functions are off or degraded, 0..1.', example: 0.95 })
  threshold?: number;

  @ApiProperty({ description: 'ON, DEGRADED, OFF, NO_DATA or UNKNOWN.', example: 'DEGRADED' })
  status: string;
}

export class OrphansDto {
  @ApiProperty({ description: 'Table whose rows name something that does not exist.', example: 'ordens_fabrico' })
  table: string;

  @ApiProperty({ description: 'Such rows, kept and quarantined.', type: 'integer', example: 387 })
  count: number;
}

export class FindingDto {
  @ApiProperty({ description: 'The table of the rows.', example: 'ordens_fabrico' })
  entity: string;

  @ApiProperty({ description: 'The sheet of the rows.', example: 'OrdensFabrico' })
  sheet: string;

  @ApiProperty({ description: 'The finding, for programs.', example: 'ORPHAN_PRODUCT' })
  code: string;

  @ApiProperty({ description: 'Rows.', type: 'integer', example: 387 })
  count: number;

  @ApiPropertyOptional({
    description: 'Where the rows are listed; left out when they are no longer kept.',
    example: '/api/ingestion/issues/5?entity=ordens_fabrico&code=ORPHAN_PRODUCT',
  })
  drill_down?: string;
}

/** Answer of /api/ops/data-contract. */
export class DataContractDto extends FreshnessDto {
  @ApiProperty({ description: 'How many references of one sheet find their row in another.', type: [TableRateDto] })
  match_rates: TableRateDto[];

  @ApiProperty({ description: 'References that find no row.', type: [OrphansDto] })
  orphan_counts: OrphansDto[];

  @ApiProperty({ description: 'Findings about rows that were kept.', type: [FindingDto] })
  issues: FindingDto[];

  @ApiProperty({ description: 'Quarantined rows.', type: [FindingDto] })
  rejects: FindingDto[];
}

export class SloDto {
  @ApiProperty({ description: 'What is promised.', example: 'orders p95' })
  name: string;

  @ApiProperty({ description: 'Milliseconds that the 95th percentile stays below.', example: '400 ms' })
  target: string;

  @ApiProperty({
    description: '95th percentile of the latest requests to this process, at most 1000 a route.',
    example: '12.4 ms',
  })
  actual: string;

  @ApiProperty({ description: 'Whether it is kept.', enum: ['PASS', 'FAIL'] })
  status: 'PASS' | 'FAIL';

  @ApiProperty({ description: 'Over how many requests.', example: 'over the latest 812 requests' })
  details: string;
}

/** Answer of /api/ops/performance. */
export class PerformanceDto {
  @ApiProperty({ description: 'The targets of which this process has answered requests.', type: [SloDto] })
  slos: SloDto[];

  @ApiProperty({
    description: 'The targets of which it has answered none since it started.',
    type: [String],
    example: ['quality/risk p95'],
  })
  not_measured: string[];

  @ApiPropertyOptional({ description: 'The data clock; left out while nothing is loaded.', format: 'date-time' })
  as_of?: string;

  @ApiProperty({
    description: 'When the load that is served finished; null while nothing is loaded.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  generated_at: string | null;
}

export class ReleaseCheckDto {
  @ApiProperty({ description: 'What is checked.', example: 'migrations' })
  name: string;

  @ApiProperty({ description: 'Whether it does not block a release.', example: true })
  passed: boolean;

  @ApiPropertyOptional({ description: 'What to do; left out where nothing is.', example: 'npm run migrate' })
  reason?: string;

  @ApiProperty({ description: 'What was found.', example: '9 applied' })
  details: string;
}

/** Answer of /api/ops/release-gate. */
export class ReleaseGateDto {
  @ApiProperty({ description: 'Whether nothing blocks a release.', example: true })
  passed: boolean;

  @ApiProperty({ description: 'All of them; the gate passes when each does.', type: [ReleaseCheckDto] })
  checks: ReleaseCheckDto[];

  @ApiPropertyOptional({ description: 'What blocks it; left out when nothing does.' })
  blocked_reason?: string;

  @ApiProperty({ description: 'When it was checked.', format: 'date-time' })
  timestamp: string;
}
