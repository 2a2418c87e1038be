import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QueryInteger, QueryText } from '../../common/query-params';
import { ENGINE_VERSION } from '../model/data-version';
import { KpisDto } from './answer.dto';

export class RunsQuery {
  @QueryInteger({ description: 'How many.', minimum: 1, maximum: 500, default: 50 })
  limit?: number;

  @QueryText({ description: 'next_cursor of the page before.' })
  cursor?: string;
}

export class WhatifRunDto {
  @ApiProperty({ description: 'Number of the stored answer.', type: 'integer', example: 12 })
  whatif_id: number;

  @ApiProperty({ description: 'Names the answer: the same request, data, engine and seed have the same.' })
  scenario_hash: string;

  @ApiProperty({ description: 'Which question was asked.', enum: ['simulate', 'vip', 'avaria'] })
  kind: string;

  @ApiProperty({ description: 'The request as it was read.', type: 'object', additionalProperties: true })
  request: object;

  @ApiProperty({ description: 'Names the data it was simulated on.' })
  data_version: string;

  @ApiProperty({ description: 'Of the engine and of the model of the factory.', example: ENGINE_VERSION })
  engine_version: string;

  @ApiProperty({ description: 'Of what is drawn, where anything is.', type: 'integer', example: 1 })
  seed: number;

  @ApiProperty({ description: 'On time in the scenario, 0..100.', example: 82.5 })
  otd_pct: number;

  @ApiProperty({ description: 'Mean lead time in the scenario, hours.', example: 1315.7 })
  lead_time_h: number;

  @ApiProperty({ description: 'Scenario − baseline, percentage points.', example: 1.3 })
  delta_otd_pct: number;

  @ApiProperty({ description: 'Scenario − baseline, hours.', example: -12.4 })
  delta_lead_time_h: number;

  @ApiProperty({ description: 'When it was computed.', format: 'date-time' })
  created_at: string;

  @ApiProperty({ description: 'How long that took, milliseconds.', type: 'integer', example: 132 })
  compute_ms: number;
}

export class WhatifRunsDto {
  @ApiProperty({ description: 'Newest first.', type: [WhatifRunDto] })
  runs: WhatifRunDto[];

  @ApiProperty({ description: 'For the next page; null on the last one.', type: String, nullable: true })
  next_cursor: string | null;
}

export class CompareQuery {
  @ApiProperty({ required: true })
  @QueryText({ description: 'scenario_hash or whatif_id of one.' })
  a?: string;

  @ApiProperty({ required: true })
  @QueryText({ description: 'scenario_hash or whatif_id of the other.' })
  b?: string;
}

export class ComparedSideDto {
  @ApiProperty({ description: 'Names the answer: the same request, data, engine and seed have the same.' })
  scenario_hash: string;

  @ApiProperty({ description: 'Of the scenario.' })
  kpis: KpisDto;

  @ApiProperty({ description: 'The request as it was read.', type: 'object', additionalProperties: true })
  request: object;
}

export class WhatifCompareDto {
  @ApiProperty({ description: 'The first one.' })
  a: ComparedSideDto;

  @ApiProperty({ description: 'The second one.' })
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
