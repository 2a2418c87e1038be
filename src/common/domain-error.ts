/** How loudly a failure is logged: what a caller did wrong is no alarm. */
export type FailureLevel = 'error' | 'warn' | 'info' | 'debug';

/** What an error body may carry beside `detail`, `correlation_id` and `error_code`; keys that are undefined are left out. */
export interface ProblemExtras {
  status?: 'NOT_SUPPORTED_BY_DATA';
  reason?: string;
  suggestion?: string;
  match_rate?: number;
  [field: string]: unknown;
}

export interface DomainErrorOptions {
  /** UPPER_SNAKE, stable: callers branch on it. */
  code: string;
  /** The HTTP status the error is answered with. Kept on the class, so that no switch elsewhere can forget one. */
  httpStatus: number;
  /** Default: error from 500; below, debug, since the line of the request has the status already. */
  logLevel?: FailureLevel;
  extras?: ProblemExtras;
  cause?: unknown;
}

/**
 * A failure the product foresees. Subclasses name one failure each and own its code, status and log level; the message
 * is the `detail` a person reads, so it names what was wrong, where, and what to do.
 */
export abstract class DomainError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly logLevel: FailureLevel;
  readonly extras: ProblemExtras;

  protected constructor(detail: string, options: DomainErrorOptions) {
    super(detail, { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.httpStatus = options.httpStatus;
    this.logLevel = options.logLevel ?? (options.httpStatus >= 500 ? 'error' : 'debug');
    this.extras = options.extras ?? {};
  }
}

/** A request that breaks a rule of its own form: 400, never 422, which the frontend takes for NOT_SUPPORTED_BY_DATA. */
export class InvalidRequestError extends DomainError {
  constructor(detail: string, extras: ProblemExtras = {}) {
    super(detail, { code: 'INVALID_REQUEST', httpStatus: 400, extras });
  }
}

/** Something that was asked for by its id and does not exist: 404. */
export class NotFoundError extends DomainError {
  constructor(detail: string, extras: ProblemExtras = {}) {
    super(detail, { code: 'NOT_FOUND', httpStatus: 404, extras });
  }
}
