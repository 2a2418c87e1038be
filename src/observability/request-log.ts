import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import { PinoLogger } from 'nestjs-pino';
import { correlationIdOf } from '../common/correlation-id';
import { errorCodeOf } from '../common/problem.filter';
import { redactUrl } from '../common/redact-url';
import { type EndedRequest, RequestEnds } from '../common/request-ends';

const PROBES = /^\/((api\/)+(ops\/)?health|health\/(live|ready)|metrics)\b/;

/**
 * One line per request, with the id its answer carries. Headers are not logged: they hold the API key, and nothing of
 * them was ever needed beside the id.
 */
@Injectable()
export class RequestLog implements OnModuleInit {
  constructor(
    private readonly ends: RequestEnds,
    private readonly logger: PinoLogger,
  ) {}

  onModuleInit(): void {
    this.ends.observe((ended) => this.write(ended));
  }

  private write({ request, response, milliseconds, isSent }: EndedRequest): void {
    const { method } = request;
    // As asked for, before an alias was unfolded.
    const url = redactUrl(request.originalUrl);
    const status = response.statusCode;
    const error_code = errorCodeOf(response);
    const fields = {
      correlation_id: correlationIdOf(request),
      req: { method, url },
      status,
      duration_ms: milliseconds,
      ...(error_code === undefined ? {} : { error_code }),
    };
    const outcome = isSent
      ? `${status} ${Math.round(milliseconds)} ms`
      : `given up after ${Math.round(milliseconds)} ms`;
    this.logger.logger[levelOf(request, status)](fields, `${method} ${url} ${outcome}`);
  }
}

function levelOf(request: Request, status: number): 'error' | 'info' | 'debug' {
  if (status >= 500) return 'error';
  // The frontend asks every 30 seconds from every open page, supervisors and Prometheus more often.
  return PROBES.test(request.originalUrl) ? 'debug' : 'info';
}
