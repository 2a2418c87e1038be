import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';

/** The body of every error of the API. */
export class ProblemDto {
  @ApiProperty({
    description: 'What was wrong, for a person to read.',
    example: 'limit is 0: it must be a whole number from 1 to 1000.',
  })
  detail: string;

  @ApiProperty({
    description: 'The id of this request in the log; the same as the X-Request-Id header of the answer.',
    example: '6a1c9d0e-6f0b-4c5e-9a55-3f1f6b2b8f10',
  })
  correlation_id: string;

  @ApiPropertyOptional({ description: 'What was wrong, for a program to branch on.', example: 'INVALID_REQUEST' })
  error_code?: string;

  @ApiPropertyOptional({
    description: 'Only when the loaded data cannot answer the question.',
    enum: ['NOT_SUPPORTED_BY_DATA'],
  })
  status?: 'NOT_SUPPORTED_BY_DATA';

  @ApiPropertyOptional({ description: 'Why the data cannot answer it.' })
  reason?: string;

  @ApiPropertyOptional({ description: 'What would mend it.' })
  suggestion?: string;

  @ApiPropertyOptional({
    description: 'Share of rows that found their partner, 0..1.',
    minimum: 0,
    maximum: 1,
    example: 0.725,
  })
  match_rate?: number;
}

const MEANING: Readonly<Record<number, string>> = {
  400: 'A parameter or the body breaks a rule; `detail` names the field, its value and the rule.',
  401: 'The API key is missing or wrong.',
  404: 'There is nothing with this id.',
  409: 'Not possible in the present state.',
  413: 'The body is too large.',
  422: 'The loaded data cannot answer the question (`status` NOT_SUPPORTED_BY_DATA).',
  503: 'The database does not answer (`error_code` BACKEND_DEPENDENCY_DOWN).',
};

/** Documents the errors an endpoint can answer with; 503 belongs to every endpoint that reads the database. */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...[...statuses, 503].map((status) =>
      ApiResponse({ status, description: MEANING[status] ?? 'An error.', type: ProblemDto }),
    ),
  );
}
