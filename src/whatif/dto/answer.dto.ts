import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ENGINE_VERSION } from '../model/data-version';

export class KpisDto {
  @ApiProperty({
    description: 'Orders finished by the end of their due day, of those that have one, 0..100.',
    example: 82.5,
  })
  otd_pct: number;

  @ApiProperty({ description: 'Mean of finish − creation, hours.', example: 1340.2 })
  lead_time_h: number;

  @ApiProperty({ description: 'From the last recorded event to the last finish, hours.', example: 4200 })
  makespan_h: number;

  @ApiProperty({ description: 'Orders on time.', example: 57 })
  on_time_orders: number;
}

export class DeltaKpisDto {
  @ApiProperty({ description: 'Percentage points.', example: 1.3 })
  otd_pct: number;

  @ApiProperty({ description: 'Hours; below 0 is faster.', example: -12.4 })
  lead_time_h: number;

  @ApiProperty({ description: 'Hours.', example: -3 })
  makespan_h: number;

  @ApiPropertyOptional({ description: 'Orders.', example: 4 })
  on_time_orders?: number;
}

const STATUSES = ['LATE', 'AT_RISK', 'IN_PROGRESS', 'CREATED'];

export class FirstDifferenceDto {
  @ApiPropertyOptional({ description: 'Left out where it is a wait between phases.', type: 'integer' })
  fase_id?: number;

  @ApiProperty({
    description: 'The phase at which the order was first treated otherwise.',
    example: 'Lixagem - polimento',
  })
  fase_nome: string;

  @ApiProperty({
    description:
      'Why: another order goes first, somebody is free at another time, the work takes another time, or the working hours are others.',
    enum: ['OVERTAKEN', 'SERVER', 'DURATION', 'CALENDAR'],
  })
  reason: string;

  @ApiPropertyOptional({ description: 'The order that goes before it in the one and after it in the other.' })
  by_of_id?: string;

  @ApiProperty({ description: 'Hours from the last recorded event.' })
  baseline_start_h: number;

  @ApiProperty({ description: 'The same in the scenario.', example: 51.5 })
  simulated_start_h: number;

  @ApiProperty({ description: 'The same as a sentence.' })
  explanation: string;
}

export class AffectedOrderDto {
  @ApiProperty({ description: 'The order.', example: '140725' })
  of_id: string;

  @ApiProperty({ description: 'Simulated − baseline, hours.', example: -24.5 })
  delta_lead_time_h: number;

  @ApiProperty({ description: 'From creation to finish as the factory works today, hours.', example: 1340.2 })
  baseline_lead_time_h: number;

  @ApiProperty({ description: 'The same in the scenario, hours.', example: 1315.7 })
  simulated_lead_time_h: number;

  @ApiProperty({ description: 'As in the lists of orders, with the simulated finish for the ETA.', enum: STATUSES })
  baseline_status: string;

  @ApiPropertyOptional({ description: 'Where the scenario makes it another one.', enum: STATUSES })
  new_status?: string;

  @ApiPropertyOptional({ description: 'The first dispatching decision that went another way, and why.' })
  first_difference?: FirstDifferenceDto;
}

export class PhaseSideDto {
  @ApiProperty({ description: 'Servers; 0 where the phase needs none.', example: 2 })
  capacity: number;

  @ApiProperty({ description: 'Work done in a working hour, as a multiple of today.', example: 1 })
  speed: number;

  @ApiProperty({ description: 'Of the open time until the last finish, 0..100.', example: 61.2 })
  utilizacao_pct: number;

  @ApiProperty({ description: 'Queueing of an operation, hours.', example: 3.4 })
  mean_wait_h: number;

  @ApiProperty({ description: 'The longest queueing, hours.', example: 40.5 })
  max_wait_h: number;

  @ApiProperty({ description: 'Orders that wait there, over time.' })
  mean_queue: number;
}

export class PhaseComparisonDto {
  @ApiProperty({ description: 'Type of the phase.', type: 'integer', example: 5 })
  fase_id: number;

  @ApiProperty({ description: "The phase type's name.", example: 'Pintura Acabamento' })
  fase_nome: string;

  @ApiProperty({ description: 'false: nobody waits for a server there (curing, storage).' })
  needs_capacity: boolean;

  @ApiProperty({ description: 'Executions that were simulated.', type: 'integer', example: 212 })
  operations: number;

  @ApiProperty({ description: 'As the factory works today.' })
  baseline: PhaseSideDto;

  @ApiProperty({ description: 'In the scenario.' })
  simulated: PhaseSideDto;
}

export class WipPointDto {
  @ApiProperty({ description: 'Days from the last recorded event.', type: 'integer' })
  day: number;

  @ApiProperty({ description: 'Orders not finished then, as the factory works today.', type: 'integer', example: 402 })
  baseline: number;

  @ApiProperty({ description: 'Orders not finished then, in the scenario.', type: 'integer', example: 388 })
  simulated: number;
}

export class WhatifAnswerDto {
  @ApiProperty({ description: 'First come, first served, nothing changed, the same orders.' })
  baseline_kpis: KpisDto;

  @ApiProperty({ description: 'With what was asked for.' })
  simulated_kpis: KpisDto;

  @ApiProperty({ description: 'Simulated − baseline.' })
  delta_kpis: DeltaKpisDto;

  @ApiProperty({ description: 'The 20 orders whose finish moves most.', type: [AffectedOrderDto] })
  top_affected_orders: AffectedOrderDto[];

  @ApiProperty({ description: 'Names the answer: the same request, data, engine and seed have the same.' })
  scenario_hash: string;

  @ApiProperty({
    description: 'The version of engine and model that computed this: another may say something else.',
    example: ENGINE_VERSION,
  })
  engine_version: string;

  @ApiProperty({ description: 'Which question was asked.', enum: ['simulate', 'vip', 'avaria'] })
  kind: string;

  @ApiProperty({ description: 'The request as it was read.', type: 'object', additionalProperties: true })
  request: object;

  @ApiProperty({ description: 'Orders the figures are of.', type: 'integer' })
  orders: number;

  @ApiProperty({ description: 'Those of them with a due day.', type: 'integer', example: 312 })
  orders_with_due: number;

  @ApiProperty({ description: 'Late in the baseline, on time in the scenario.', type: [String] })
  saved_orders: string[];

  @ApiProperty({ description: 'On time in the baseline, late in the scenario.', type: [String] })
  late_orders: string[];

  @ApiProperty({ description: 'Each phase, before and after.', type: [PhaseComparisonDto] })
  phases: PhaseComparisonDto[];

  @ApiProperty({ description: 'Orders that are not finished, day by day.', type: [WipPointDto] })
  wip_curve: WipPointDto[];

  @ApiPropertyOptional({
    description: 'The first decision of the whole factory that went another way.',
    type: 'object',
    additionalProperties: true,
  })
  first_decision?: object;

  @ApiPropertyOptional({
    description: 'What becomes of the urgent orders.',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
  })
  urgent_orders?: object[];

  @ApiPropertyOptional({
    description: 'With stochastic: means, and confidence intervals of the differences.',
    type: 'object',
    additionalProperties: true,
  })
  replications?: object;

  @ApiProperty({ description: 'What of the request was not as it seems, in sentences.', type: [String] })
  warnings: string[];

  @ApiProperty({
    description: 'What the model came to from past moments; docs/whatif.md explains it.',
    type: 'object',
    additionalProperties: true,
  })
  calibration: object;
}
