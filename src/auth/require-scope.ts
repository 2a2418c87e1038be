import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { ApiKeyGuard, NEEDED_SCOPE } from './api-key.guard';
import type { Scope } from './scopes';

/** Asks for a key with this scope, where keys are required, and records who called. For a controller or an endpoint. */
export function RequireScope(scope: Scope): MethodDecorator & ClassDecorator {
  return applyDecorators(
    NEEDED_SCOPE(scope),
    UseGuards(ApiKeyGuard),
    ApiSecurity('api-key', [scope]),
    ApiProblems(401, 403, 429),
  );
}
