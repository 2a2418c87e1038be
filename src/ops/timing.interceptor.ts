import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { Metrics } from '../common/metrics';
import { RequestTimes } from './request-times';

/** Measures every request of a known route, from its handler to the last byte of its answer. */
@Injectable()
export class TimingInterceptor implements NestInterceptor {
  constructor(
    private readonly times: RequestTimes,
    private readonly metrics: Metrics,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const route = `${request.method} ${(request.route as { path: string }).path}`;
    const began = performance.now();
    response.once('finish', () => {
      // A stream lasts as long as what it reports on.
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return;
      const milliseconds = performance.now() - began;
      this.times.add(route, milliseconds);
      this.metrics.requestSeconds.observe({ route, status: response.statusCode }, milliseconds / 1000);
    });
    return next.handle();
  }
}
