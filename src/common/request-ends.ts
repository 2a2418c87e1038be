import { Global, Injectable, Module } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RequestScope } from './request-scope';
import { withinScope } from './work-scope';

/** A request that is over. */
export interface EndedRequest {
  request: Request;
  response: Response;
  /** From its arrival to the last byte of its answer, or to where its connection was lost. */
  milliseconds: number;
  /** False when the connection was lost before the answer was out. */
  isSent: boolean;
  scope: RequestScope;
}

/**
 * Tells whoever wants to know (the log, the measurements) that a request is over. A middleware and not an interceptor of
 * Nest: it also sees what no controller answers, and an answer costs a listener and not a chain of observables.
 */
@Injectable()
export class RequestEnds {
  private readonly observers: ((ended: EndedRequest) => void)[] = [];

  /** `observer` must not throw: it is called where nobody listens any more. */
  observe(observer: (ended: EndedRequest) => void): void {
    this.observers.push(observer);
  }

  /** The middleware, which also says on whose account everything behind it is done. */
  readonly watch = (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    const scope = new RequestScope(request);
    // Also emitted after the last byte, always.
    response.once('close', () => {
      const milliseconds = performance.now() - began;
      const isSent = response.writableFinished;
      for (const observer of this.observers) observer({ request, response, milliseconds, isSent, scope });
    });
    withinScope(scope, next);
  };
}

/** For every module that observes requests. */
@Global()
@Module({ providers: [RequestEnds], exports: [RequestEnds] })
export class RequestEndsModule {}
