import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { InjectThrottlerOptions, ThrottlerGuard, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Costly } from '../../common/costly';
import { DomainError } from '../../common/domain-error';
import { isSupervision } from '../../common/supervision';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { hashApiKey } from '../keys/api-key';
import type { Count } from './memory-counters';
import { RateLimitStorage } from './rate-limit.storage';

export const WINDOW_MS = 60_000;

type Kind = 'read' | 'costly' | 'write';

/** More requests than are allowed in a minute: 429. */
export class TooManyRequestsError extends DomainError {
  constructor(limit: number, seconds: number) {
    super(`More than ${limit} such requests in a minute. Wait ${seconds} seconds.`, {
      code: 'TOO_MANY_REQUESTS',
      httpStatus: 429,
      extras: { retry_after_seconds: seconds },
    });
  }
}

/**
 * Limits how often one address, and one key, may ask in a minute: reading, costly and changing requests each by a limit
 * of their own. The library's guard looks limits up anew for every request and waits for a promise each; this one
 * decides once per handler and, without Redis, at once.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly limits: Readonly<Record<Kind, number>>;
  private readonly countsKeys: boolean;
  private readonly costly = new WeakMap<object, boolean>();

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    // Named, since the base class names what it injects at this place.
    @Inject(RateLimitStorage) private readonly counters: RateLimitStorage,
    @Inject(Reflector) reflector: Reflector,
    @Inject(ENV) env: Pick<Env, 'rateLimit' | 'requireApiKey'>,
  ) {
    super(options, counters, reflector);
    const { reads, costly, writes } = env.rateLimit;
    this.limits = { read: reads, costly, write: writes };
    this.countsKeys = env.requireApiKey;
  }

  // The library promises a promise; Nest takes a boolean too, and is faster with it.
  override canActivate(context: ExecutionContext): Promise<boolean> {
    return this.decide(context) as Promise<boolean>;
  }

  private decide(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const kind = this.kindOf(context, request);
    const limit = this.limits[kind];
    if (limit === 0 || isSupervision(request.path)) return true;
    const response = http.getResponse<Response>();
    const ip = request.ip ?? '';
    // One household has 2^64 addresses of IPv6: the library counts them by their network.
    if (ip.includes(':') && !ip.startsWith('::ffff:')) {
      return super.getTracker(request).then((network) => this.count(kind, limit, network, request, response));
    }
    return this.count(kind, limit, ip, request, response);
  }

  private count(
    kind: Kind,
    limit: number,
    ip: string,
    request: Request,
    response: Response,
  ): boolean | Promise<boolean> {
    const counts: (Count | Promise<Count>)[] = [this.counters.hit(`${kind}:ip:${ip}`, WINDOW_MS)];
    const key = this.countsKeys ? keyOf(request) : undefined;
    if (key !== undefined) counts.push(this.counters.hit(`${kind}:key:${key}`, WINDOW_MS));
    if (counts.some((count) => count instanceof Promise)) {
      return Promise.all(counts.map((count) => Promise.resolve(count))).then((all) => answer(all, limit, response));
    }
    return answer(counts as Count[], limit, response);
  }

  private kindOf(context: ExecutionContext, request: Request): Kind {
    const handler = context.getHandler();
    let costly = this.costly.get(handler);
    if (costly === undefined) {
      costly = this.reflector.getAllAndOverride(Costly, [handler, context.getClass()]) ?? false;
      this.costly.set(handler, costly);
    }
    if (costly) return 'costly';
    return request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write';
  }
}

/** The key that was sent, without keeping it; whether it is valid is for others to say. */
function keyOf(request: Request): string | undefined {
  const sent: unknown = request.headers['x-api-key'] ?? request.query['api_key'];
  return typeof sent === 'string' && sent !== '' ? hashApiKey(sent).toString('base64url') : undefined;
}

/** @throws TooManyRequestsError */
function answer(counts: readonly Count[], limit: number, response: Response): true {
  const worst = counts.reduce((a, b) => (b.hits > a.hits ? b : a));
  const seconds = Math.ceil(worst.endsInMs / 1000);
  response.setHeader('RateLimit-Limit', limit);
  response.setHeader('RateLimit-Remaining', Math.max(0, limit - worst.hits));
  response.setHeader('RateLimit-Reset', seconds);
  if (worst.hits <= limit) return true;
  response.setHeader('Retry-After', seconds);
  throw new TooManyRequestsError(limit, seconds);
}
