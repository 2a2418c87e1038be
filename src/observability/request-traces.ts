import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type EndedRequest, RequestEnds } from '../common/request-ends';
import { routeOf } from '../common/request-scope';
import { installTracer, tracer } from '../common/tracing';

/** Ends the span of every request with what was answered, and sends the last spans of a process that ends. */
@Injectable()
export class RequestTraces implements OnModuleInit, OnApplicationShutdown {
  constructor(private readonly ends: RequestEnds) {}

  onModuleInit(): void {
    if (tracer() !== undefined) this.ends.observe((ended) => this.end(ended));
  }

  async onApplicationShutdown(): Promise<void> {
    const closing = tracer();
    installTracer(undefined);
    // A receiver that is away must not keep the process from ending in order.
    await closing?.close().catch(() => undefined);
  }

  private end({ request, response, isSent, scope }: EndedRequest): void {
    const route = routeOf(request);
    const status = response.statusCode;
    scope.span?.rename(route);
    scope.span?.set({ 'http.route': route, 'http.response.status_code': status });
    if (!isSent) scope.span?.end(new Error('The connection was lost before the answer was out.'));
    else scope.span?.end(status >= 500 ? new Error(`answered ${status}`) : undefined);
  }
}
