import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QueryInteger, QueryText } from '../../common/query-params';
import { KpisDto } from './answer.dto';

export class RunsQuery {
  @QueryInteger({ description: 'How many.', minimum: 1, maximum: 500, default: 50 })
  limit?: number;

  @QueryText({ description: 'next_cursor of the page before.' })
  cursor?: string;
}

export class WhatifRunDto {
  @ApiProperty({ type: 'integer' })
  whatif_id: number;

  @ApiProperty()
  scenario_hash: string;

  @ApiProperty({ enum: ['simulate', 'vip', 'avaria'] })
  kind: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  request: object;

  @ApiProperty({ description: 'Names the data it was simulated on.' })
  data_version: string;

  @ApiProperty()
  engine_version: string;

  @ApiProperty({ type: 'integer' })
  seed: number;

  @ApiProperty()
  otd_pct: number;

  @ApiProperty()
  lead_time_h: number;

  @ApiProperty()
  delta_otd_pct: number;

  @ApiProperty()
  delta_lead_time_h: number;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: 'integer' })
  compute_ms: number;
}

export class WhatifRunsDto {
  @ApiProperty({ type: [WhatifRunDto] })
  runs: WhatifRunDto[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export class CompareQuery {
  @QueryText({ description: 'scenario_hash or whatif_id of one.' })
  a?: string;

  @QueryText({ description: 'scenario_hash or whatif_id of the other.' })
  b?: string;
}

export class ComparedSideDto {
  @ApiProperty()
  scenario_hash: string;

  @ApiProperty()
  kpis: KpisDto;

  @ApiProperty({ type: 'object', additionalProperties: true })
  request: object;
}

export class WhatifCompareDto {
  @ApiProperty()
  a: ComparedSideDto;

  @ApiProperty()
  b: ComparedSideDto;

  @ApiProperty({ description: 'b − a.' })
  delta_kpis: KpisDto;

  @ApiProperty({ description: 'Late in a and not in b, as far as the two differ from their baseline.', type: [String] })
  saved_orders: string[];

  @ApiProperty({ description: 'Late in b and not in a.', type: [String] })
  late_orders: string[];

  @ApiPropertyOptional({ description: 'Where the two are of other data or orders: what stands beside what.' })
  warning?: string;
}
