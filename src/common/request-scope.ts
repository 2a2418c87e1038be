import type { Request } from 'express';
import { correlationIdOf } from './correlation-id';
import { type Span, tracer } from './tracing';
import type { WorkScope } from './work-scope';

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
export class RequestScope implements WorkScope {
  readonly span: Span | undefined;

  constructor(private readonly request: Request) {
    const { method, headers, path } = request;
    const { traceparent } = headers;
    this.span = tracer()?.start(
      method,
      'server',
      { 'http.request.method': method, 'url.path': path },
      typeof traceparent === 'string' ? traceparent : undefined,
    );
  }

  get correlationId(): string {
    return correlationIdOf(this.request);
  }

  get endpoint(): string {
    return routeOf(this.request);
  }
}
