import type { Metrics } from './metrics';
import type { EndedRequest } from './request-ends';
import { routeOf } from './request-scope';
import type { RequestTimes } from './request-times';

/** Measures every request up to the last byte of its answer, refused ones included. */
export function measureRequest(metrics: Metrics, times: RequestTimes) {
  return ({ request, response, milliseconds, isSent }: EndedRequest): void => {
    if (!isSent) return;
    // A stream lasts as long as what it reports on.
    if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return;
    const route = routeOf(request);
    times.add(route, milliseconds);
    metrics.observeRequest(route, response.statusCode, milliseconds / 1000);
  };
}
