import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { AccessControl } from './access-control';
import type { Scope } from './scopes';

/** Which scope an endpoint needs: see RequireScope. */
export const NEEDED_SCOPE = Reflector.createDecorator<Scope>();

/** Guards what changes or costs: `@RequireScope(…)`. Where no scope is named, admin is asked for. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly access: AccessControl,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const scope = this.reflector.getAllAndOverride(NEEDED_SCOPE, [context.getHandler(), context.getClass()]) ?? 'admin';
    await this.access.authorize(http.getRequest<Request>(), http.getResponse<Response>(), scope);
    return true;
  }
}
