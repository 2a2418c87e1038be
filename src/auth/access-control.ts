import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../common/clock';
import { correlationIdOf } from '../common/correlation-id';
import { redactUrl } from '../common/redact-url';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { AuditLog } from './audit/audit-log';
import { ApiKeyInvalidError, ApiKeyMissingError, ScopeMissingError } from './auth.errors';
import { ApiKeyStore } from './keys/api-key.store';
import { KnownKeys } from './keys/known-keys';
import { ANYBODY, ENVIRONMENT, type Principal } from './principal';
import { mayDo, type Scope } from './scopes';

/**
 * Says who may do what, and has it recorded. With REQUIRE_API_KEY=false no key is looked at, not even a wrong one: the
 * frontend sends `dev-key` everywhere. The query parameter exists because its ingestion page sends the key there.
 */
@Injectable()
export class AccessControl {
  private readonly environmentKey: Buffer | undefined;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'requireApiKey' | 'apiKey'>,
    private readonly keys: KnownKeys,
    private readonly store: ApiKeyStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {
    this.environmentKey = env.apiKey === undefined ? undefined : digest(env.apiKey);
  }

  /**
   * Lets a request pass that may do what `scope` names, and records it before it does anything.
   * @throws ApiKeyMissingError, ApiKeyInvalidError (401), ScopeMissingError (403)
   */
  async authorize(request: Request, response: ServerResponse, scope: Scope): Promise<Principal> {
    const call = {
      scope,
      action: request.method,
      target: redactUrl(request.originalUrl),
      ip: request.ip,
      correlationId: correlationIdOf(request),
    };
    let principal: Principal | undefined;
    try {
      principal = await this.identify(request);
      if (!mayDo(principal.scopes, scope)) throw new ScopeMissingError(scope);
    } catch (error) {
      if (error instanceof ScopeMissingError) this.audit.refused(call, principal, 'FORBIDDEN', 403);
      else if (error instanceof ApiKeyMissingError || error instanceof ApiKeyInvalidError) {
        this.audit.refused(call, undefined, 'UNAUTHENTICATED', 401);
      }
      throw error;
    }
    await this.audit.follow(call, principal, response);
    return principal;
  }

  /** As authorize, for reading, which is not recorded. */
  async authorizeReading(request: Request): Promise<void> {
    const { scopes } = await this.identify(request);
    if (!mayDo(scopes, 'read')) throw new ScopeMissingError('read');
  }

  /** Whether a request may do what `scope` names; nothing is recorded, not even a refusal. */
  async mayUnrecorded(request: Request, scope: Scope): Promise<boolean> {
    return this.identify(request).then(
      ({ scopes }) => mayDo(scopes, scope),
      () => false,
    );
  }

  /** @throws Error when keys are asked for and there is none: nobody could do anything, and nobody would know why. */
  async requireSomeKey(): Promise<void> {
    if (!this.env.requireApiKey || this.environmentKey !== undefined) return;
    if (await this.store.hasValid(this.clock.now())) return;
    throw new Error(
      'API keys are required and there is none. Create one: npm run cli -- keys create NAME --scope admin',
    );
  }

  private async identify(request: Request): Promise<Principal> {
    if (!this.env.requireApiKey) return ANYBODY;
    const sent: unknown = request.headers['x-api-key'] ?? request.query['api_key'];
    if (sent === undefined || sent === '') throw new ApiKeyMissingError();
    if (typeof sent !== 'string') throw new ApiKeyInvalidError();
    if (this.environmentKey !== undefined && timingSafeEqual(digest(sent), this.environmentKey)) return ENVIRONMENT;
    const found = await this.keys.find(sent);
    if (found === undefined) throw new ApiKeyInvalidError();
    return { name: found.name, keyId: found.key_id, scopes: found.scopes };
  }
}

/** Digests are compared, because timingSafeEqual wants equal lengths and the length of the key is none of the caller's business. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
