import { ApiProperty } from '@nestjs/swagger';
import { SIMULATION_ENGINE_VERSION } from '@libs/simulation';

const GROUPS = ['job_shop', 'queueing', 'invariant'] as const;

export class EngineCheckDto {
  @ApiProperty({
    description:
      'job_shop: makespans of published instances. queueing: mean waits against theory. invariant: laws that hold of every run.',
    enum: GROUPS,
    example: 'job_shop',
  })
  group: (typeof GROUPS)[number];

  @ApiProperty({ description: 'What was simulated.', example: 'ft06 SPT' })
  name: string;

  @ApiProperty({
    description: 'What the two figures are, with their unit.',
    example: 'makespan, in the units of the instance',
  })
  measure: string;

  @ApiProperty({ description: 'What the engine came to.', example: 88 })
  computed: number;

  @ApiProperty({ description: 'What it should come to.', example: 88 })
  expected: number;

  @ApiProperty({ description: 'Largest deviation that passes; 0: exact.', minimum: 0, example: 0 })
  tolerance: number;

  @ApiProperty({
    description: 'Difference relative to expected; the difference itself where expected is 0.',
    minimum: 0,
    example: 0,
  })
  deviation: number;

  @ApiProperty({ description: 'Whether the deviation is within the tolerance.', example: true })
  passed: boolean;

  @ApiProperty({
    description: 'Where the expected figure comes from.',
    example: 'known non-delay schedule, ties by the lowest job number',
  })
  source: string;
}

export class EngineValidationDto {
  @ApiProperty({ description: 'The version of the engine that was validated.', example: SIMULATION_ENGINE_VERSION })
  engine_version: string;

  @ApiProperty({ description: 'Whether every check passed.', example: true })
  passed: boolean;

  @ApiProperty({
    description: 'One entry a check: what is known, and what the engine computed.',
    type: [EngineCheckDto],
  })
  checks: EngineCheckDto[];
}
