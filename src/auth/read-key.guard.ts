import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { isSupervision } from '../common/supervision';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { AccessControl } from './access-control';
import { NEEDED_SCOPE } from './api-key.guard';

/** With REQUIRE_READ_KEY=true, every endpoint without a scope of its own asks for a key that may read. */
@Injectable()
export class ReadKeyGuard implements CanActivate {
  constructor(
    private readonly access: AccessControl,
    private readonly reflector: Reflector,
    @Inject(ENV) private readonly env: Pick<Env, 'requireReadKey'>,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (!this.env.requireReadKey) return true;
    const guarded = this.reflector.getAllAndOverride(NEEDED_SCOPE, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<Request>();
    if (guarded !== undefined || isSupervision(request.path)) return true;
    return this.access.authorizeReading(request).then(() => true);
  }
}
