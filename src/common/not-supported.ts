import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError, type ProblemExtras } from './domain-error';

export const NOT_SUPPORTED = 'NOT_SUPPORTED_BY_DATA';

/** What an answer says that the loaded data cannot give. */
export class NotSupportedDto {
  @ApiProperty({ description: 'The loaded data cannot answer the question.', enum: [NOT_SUPPORTED] })
  status: typeof NOT_SUPPORTED;

  @ApiProperty({ description: 'What was asked for, and that it cannot be answered.' })
  detail: string;

  @ApiProperty({ description: 'Why the data cannot answer it; the page shows this.' })
  reason: string;

  @ApiPropertyOptional({
    description: 'Share of what is needed that the data hold, 0..1; left out while nothing is loaded.',
    minimum: 0,
    maximum: 1,
    example: 0,
  })
  match_rate?: number;

  @ApiPropertyOptional({ description: 'Share from which on it would be answered, 0..1.', example: 0.9 })
  threshold?: number;

  @ApiProperty({
    description: 'What was counted.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { orders: 27380, with_recorded_consumption: 0 },
  })
  counts: Record<string, number>;

  @ApiProperty({ description: 'What would mend it.' })
  suggestion: string;
}

/** A question that the loaded data cannot answer: 422, which the frontend shows as such with its reason. */
export class NotSupportedError extends DomainError {
  constructor({ detail, ...extras }: NotSupportedDto) {
    super(detail, { code: NOT_SUPPORTED, httpStatus: 422, extras: extras satisfies ProblemExtras });
  }
}
