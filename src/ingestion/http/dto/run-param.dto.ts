import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/**
 * The run of a path. A DTO and not a pipe of the parameter: the global validation pipe comes first, and would already
 * have made 1 of `1.0` and a number of whatever else Number() takes.
 */
export class RunParamDto {
  @ApiProperty({
    description: 'Number of the run; /api/ingestion/runs lists them.',
    type: 'integer',
    minimum: 1,
    example: 12,
  })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value,
  )
  @ValidateBy({
    name: 'isRunId',
    validator: {
      validate: (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0,
      defaultMessage: () => 'must be a whole number from 1 (the runs are listed at /api/ingestion/runs)',
    },
  })
  run_id: number;
}
