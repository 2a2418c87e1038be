import type { NextFunction, Request, Response } from 'express';
import { correlationIdOf } from './correlation-id';
import type { Metrics } from './metrics';
import type { RequestTimes } from './request-times';
import { withinScope, type WorkScope } from './work-scope';

/** What answers outside any route are counted under, however many addresses a scanner tries. */
export const UNMATCHED = 'unmatched';

/**
 * The route template that answers a request, known once a handler was found. Methods that no route has (a scanner may
 * make up any) come with the address that matched none.
 */
export function routeOf(request: Request): string {
  const { route } = request as { route?: { path?: unknown } };
  const path = route?.path;
  // Nest answers what no controller has by a route of its own, which is a wildcard.
  return typeof path === 'string' && !path.includes('*') ? `${request.method} ${path}` : UNMATCHED;
}

/** The account of a request. Its route is looked up when asked for: it is not known when the request arrives. */
class RequestScope implements WorkScope {
  constructor(private readonly request: Request) {}

  get correlationId(): string {
    return correlationIdOf(this.request);
  }

  get endpoint(): string {
    return routeOf(this.request);
  }
}

/** A middleware that measures every request from here to the last byte of its answer, refused ones included. */
export function observeRequests(metrics: Metrics, times: RequestTimes) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('finish', () => {
      // A stream lasts as long as what it reports on.
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return;
      const milliseconds = performance.now() - began;
      const route = routeOf(request);
      times.add(route, milliseconds);
      metrics.observeRequest(route, response.statusCode, milliseconds / 1000);
    });
    withinScope(new RequestScope(request), next);
  };
}
