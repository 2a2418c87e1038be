import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Env } from '../config/env';
import { weakETag } from './answer-adapter';
import { assignCorrelationId, CORRELATION_HEADER } from './correlation-id';
import { Metrics } from './metrics';
import { limitTime, limitUrl } from './http-limits';
import { serveOpenApi } from './openapi';
import { PAGES } from './pages';
import { ProblemFilter } from './problem.filter';
import { RequestEnds } from './request-ends';
import { measureRequest } from './request-observer';
import { RequestTimes } from './request-times';
import { securityHeaders } from './security-headers';
import { buildValidationPipe } from './validation';

const BODY_LIMIT = '1mb';
const WORKER_PATHS = /^\/(api\/health|api\/ops\/health|health\/live|health\/ready|metrics)\/?$/;

type ShellEnv = Pick<Env, 'corsOrigins' | 'role' | 'trustProxy' | 'requestTimeoutSeconds'>;

/**
 * Everything between the socket and the controllers. Controllers name their whole path ('api/prodplan/orders'): the
 * contract has endpoints outside /api too, so there is no global prefix.
 *
 * Middlewares added here run before Nest's own body parser, so a body that cannot be parsed already has its id.
 */
export function applyHttpShell(app: NestExpressApplication, env: ShellEnv): void {
  app.disable('x-powered-by');
  app.set('etag', weakETag);
  app.set('trust proxy', env.trustProxy);
  const ends = app.get(RequestEnds);
  ends.observe(measureRequest(app.get(Metrics), app.get(RequestTimes)));
  app.use(assignCorrelationId);
  app.use(ends.watch);
  app.use(limitTime(app.getHttpServer(), env.requestTimeoutSeconds));
  app.use(securityHeaders(PAGES));
  app.use(limitUrl);
  app.use(unfoldApiAlias);
  if (env.role === 'worker') app.use(hideAllButProbes);
  app.enableCors(corsOf(env.corsOrigins));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(buildValidationPipe());
  app.useGlobalFilters(new ProblemFilter(app.get(HttpAdapterHost)));
  if (env.role !== 'worker') serveOpenApi(app);
}

/** Who asks without an origin is no page of another, and is told nothing of what those may; a cache keeps the answers apart. */
function corsOf(origins: readonly string[]): CorsOptionsDelegate<Request> {
  const options: CorsOptions = {
    origin: origins.includes('*') ? true : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Content-Type', 'X-API-Key', CORRELATION_HEADER, 'traceparent', 'tracestate'],
    exposedHeaders: [CORRELATION_HEADER, 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After'],
    maxAge: 600,
  };
  const nothing: CorsOptions = { origin: false };
  return (request, decide) => {
    const isAsked = request.headers.origin !== undefined || request.method === 'OPTIONS';
    if (!isAsked) request.res?.setHeader('Vary', 'Origin');
    decide(null, isAsked ? options : nothing);
  };
}

/** A frontend built with VITE_API_URL=http://host:8000/api, as its README says, asks for /api/api/…. */
function unfoldApiAlias(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.startsWith('/api/api/')) request.url = request.url.slice('/api'.length);
  next();
}

/** A worker answers its health to a supervisor, its metrics to Prometheus, and nothing else. */
function hideAllButProbes(request: Request, _response: Response, next: NextFunction): void {
  if (!WORKER_PATHS.test(request.path)) request.url = '/not-served-by-a-worker';
  next();
}
