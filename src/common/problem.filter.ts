import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { correlationIdOf } from './correlation-id';
import { fullDisk, isDatabaseInMotion, isDatabaseUnreachable } from './dependency-down';
import { DomainError, type FailureLevel, type ProblemExtras } from './domain-error';
import { redactUrl } from './redact-url';

/** The one error body: `detail` is always a string, since the frontend shows an object as "[object Object]". */
export interface Problem extends ProblemExtras {
  detail: string;
  correlation_id: string;
  error_code: string;
}

interface Verdict {
  httpStatus: number;
  code: string;
  detail: string;
  level: FailureLevel;
  extras?: ProblemExtras;
}

/** error_code of a failure that Nest, Express or a middleware raised, by its status. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** What a person can act on, in place of the body parser's own words (its `type` names the case). */
const PARSER_DETAILS: Readonly<Record<string, (error: Error) => string>> = {
  'entity.parse.failed': (error) => `The body is not valid JSON: ${error.message}.`,
  'entity.too.large': () => 'The body is larger than this endpoint takes.',
  'charset.unsupported': () => 'The body must be UTF-8.',
  'encoding.unsupported': () => 'The body must be sent plain, gzip, deflate or br encoded.',
  'request.size.invalid': () => 'The body has another length than its Content-Length says.',
};

const codes = new WeakMap<object, string>();

/** The error_code that an answer carries, for the line that the request leaves in the log. */
export function errorCodeOf(response: object): string | undefined {
  return codes.get(response);
}

/** Turns whatever was thrown into the one error body; what nobody foresaw becomes an opaque 500 and a logged stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const verdict = judge(error, request);
    codes.set(response, verdict.code);
    this.log(verdict, error, request);
    if (response.headersSent) {
      // A stream that has begun cannot change its status: breaking the connection is how the client learns of it.
      response.destroy();
      return;
    }
    const body: Problem = {
      detail: verdict.detail,
      correlation_id: correlationIdOf(request),
      error_code: verdict.code,
      ...verdict.extras,
    };
    this.adapterHost.httpAdapter.reply(response, body, verdict.httpStatus);
  }

  private log({ httpStatus, code, detail, level }: Verdict, error: unknown, request: Request): void {
    const entry = {
      msg: `${request.method} ${redactUrl(request.originalUrl)} failed: ${detail}`,
      status: httpStatus,
      error_code: code,
      correlation_id: correlationIdOf(request),
      ...(level === 'error' ? { err: error } : {}),
    };
    if (level === 'info') this.logger.log(entry);
    else this.logger[level](entry);
  }
}

function judge(error: unknown, request: Request): Verdict {
  if (error instanceof DomainError) {
    const { httpStatus, code, message, logLevel, extras } = error;
    return { httpStatus, code, detail: message, level: logLevel, extras };
  }
  if (error instanceof HttpException && error.getStatus() < 500) {
    const httpStatus = error.getStatus();
    const code = CODE_OF_STATUS[httpStatus] ?? `HTTP_${httpStatus}`;
    return { httpStatus, code, detail: detailOf(error, request), level: 'debug' };
  }
  if (isDatabaseUnreachable(error)) {
    // The marker stands in error_code and not in detail: with it in detail, a page of the frontend would show a
    // factory of zeros in place of the error.
    return {
      httpStatus: 503,
      code: 'BACKEND_DEPENDENCY_DOWN',
      detail: 'The database does not answer. The request can be repeated once it is back.',
      level: 'error',
    };
  }
  if (isDatabaseInMotion(error)) {
    return {
      httpStatus: 503,
      code: 'BACKEND_DEPENDENCY_DOWN',
      detail: 'The database is being changed, or has not the schema of this version. Repeat the request in a moment.',
      level: 'error',
    };
  }
  const full = fullDisk(error);
  if (full !== undefined) {
    return {
      httpStatus: 503,
      code: full === 'files' ? 'DISK_FULL' : 'DATABASE_FULL',
      detail: `The disk of ${full === 'files' ? 'DATA_DIR' : 'the database'} is full. The request can be repeated once it has room.`,
      level: 'error',
    };
  }
  return {
    httpStatus: 500,
    code: 'INTERNAL_ERROR',
    detail: 'An unexpected error happened. Its cause is in the log, under the correlation_id of this answer.',
    level: 'error',
  };
}

function detailOf(error: HttpException, request: Request): string {
  const cause = error.cause as (Error & { type?: unknown }) | undefined;
  const ofParser = typeof cause?.type === 'string' ? PARSER_DETAILS[cause.type] : undefined;
  if (cause && ofParser) return ofParser(cause);
  if (cause instanceof URIError) return `The address ${request.originalUrl} is not valid percent-encoded UTF-8.`;
  if (error.getStatus() === 404 && error.message.startsWith('Cannot ')) {
    return `There is no ${request.method} ${request.path}. The endpoints are listed at /docs.`;
  }
  return error.message;
}
