import { createHash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '../common/domain-error';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';

/** The key is missing or another one: 401. What was sent is not repeated, since a near miss is nearly a secret. */
export class ApiKeyError extends DomainError {
  constructor(sent: boolean) {
    super(
      sent
        ? 'The API key is not the right one. Send the value of API_KEY as the header X-API-Key or as ?api_key=.'
        : 'This endpoint needs the API key. Send it as the header X-API-Key or as ?api_key=.',
      { code: sent ? 'API_KEY_WRONG' : 'API_KEY_MISSING', httpStatus: 401, logLevel: 'warn' },
    );
  }
}

/**
 * Guards what starts or stops work. With REQUIRE_API_KEY=false no key is looked at, not even a wrong one: the
 * frontend sends `dev-key` everywhere. The query parameter exists because its ingestion page sends the key there.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(ENV) private readonly env: Pick<Env, 'requireApiKey' | 'apiKey'>) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.env.requireApiKey) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const sent = request.headers['x-api-key'] ?? request.query['api_key'];
    if (sent === undefined || sent === '') throw new ApiKeyError(false);
    if (typeof sent !== 'string' || !equalInConstantTime(sent, this.env.apiKey)) throw new ApiKeyError(true);
    return true;
  }
}

/** Digests are compared, because timingSafeEqual wants equal lengths and the length of the key is none of the caller's business. */
function equalInConstantTime(sent: string, expected: string | undefined): boolean {
  if (expected === undefined) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(sent), digest(expected));
}
