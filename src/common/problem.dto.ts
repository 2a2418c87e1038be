import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

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

interface Documented {
  description: string;
  example: Readonly<Record<string, unknown>>;
}

const ID = '6a1c9d0e-6f0b-4c5e-9a55-3f1f6b2b8f10';

/** What each status means here, with the body a caller will see. */
const DOCUMENTED: Readonly<Record<number, Documented>> = {
  400: {
    description: 'A parameter or the body breaks a rule; `detail` names the field, its value and the rule.',
    example: {
      detail: 'limit is 0: it must be a whole number from 1 to 1000.',
      correlation_id: ID,
      error_code: 'INVALID_REQUEST',
    },
  },
  401: {
    description: 'The API key is missing, or not valid: malformed, unknown, expired and revoked are not told apart.',
    example: {
      detail: 'The API key is not valid. Send a valid one as the header X-API-Key or as ?api_key=.',
      correlation_id: ID,
      error_code: 'API_KEY_INVALID',
    },
  },
  403: {
    description: 'The API key is valid and lacks the `scope` that the endpoint needs.',
    example: {
      detail: 'The API key does not have the scope ingest, which this endpoint needs. Use a key that has it.',
      correlation_id: ID,
      error_code: 'SCOPE_MISSING',
      scope: 'ingest',
    },
  },
  404: {
    description: 'There is nothing with this id.',
    example: { detail: "There is no order '1'.", correlation_id: ID, error_code: 'NOT_FOUND' },
  },
  409: {
    description: 'Not possible in the present state.',
    example: { detail: 'Run 7 is going on.', correlation_id: ID, error_code: 'INGESTION_BUSY', run_id: 7 },
  },
  413: {
    description: 'The body is too large.',
    example: {
      detail: 'The body is larger than this endpoint takes.',
      correlation_id: ID,
      error_code: 'BODY_TOO_LARGE',
    },
  },
  422: {
    description: 'The loaded data cannot answer the question; `reason` says why, `suggestion` what would mend it.',
    example: {
      detail: '312 orders are finished: at least 500 are needed to predict from.',
      correlation_id: ID,
      error_code: 'NOT_SUPPORTED_BY_DATA',
      status: 'NOT_SUPPORTED_BY_DATA',
      reason: 'Only 312 orders are finished; predictions need 500.',
      match_rate: 0.624,
      counts: { finished_orders: 312, needed: 500 },
      suggestion: 'Load a workbook with more finished orders.',
    },
  },
  429: {
    description:
      'More requests than are allowed in a minute, or more scenarios than may wait (then without `Retry-After`); `Retry-After` says when to come back.',
    example: {
      detail: 'More than 60 such requests in a minute. Wait 12 seconds.',
      correlation_id: ID,
      error_code: 'TOO_MANY_REQUESTS',
      retry_after_seconds: 12,
    },
  },
  503: {
    description: 'The database does not answer; the request can be repeated once it is back.',
    example: {
      detail: 'The database does not answer. The request can be repeated once it is back.',
      correlation_id: ID,
      error_code: 'BACKEND_DEPENDENCY_DOWN',
    },
  },
};

/**
 * Documents the errors an endpoint can answer with; 503 belongs to every endpoint that reads the database.
 * @throws RangeError at start for a status that is not documented here
 */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  const responses = [...new Set([...statuses, 503])].map((status) => {
    const documented = DOCUMENTED[status];
    if (documented === undefined) throw new RangeError(`no documentation for the status ${status}`);
    const { description, example } = documented;
    const schema = { $ref: getSchemaPath(ProblemDto) };
    return ApiResponse({ status, description, content: { 'application/json': { schema, example } } });
  });
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}
