import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '../common/clock';
import { AccessControl } from './access-control';
import { AuditLog } from './audit/audit-log';
import { PruneAuditLogProcessor } from './audit/prune-audit-log.processor';
import { ApiKeyStore } from './keys/api-key.store';
import { KnownKeys } from './keys/known-keys';
import { RateLimitModule } from './rate-limit/rate-limit.module';
import { ReadKeyGuard } from './read-key.guard';

/** Who may do what, for every module with something to guard. */
@Global()
@Module({
  imports: [RateLimitModule],
  providers: [
    Clock,
    ApiKeyStore,
    KnownKeys,
    AuditLog,
    AccessControl,
    PruneAuditLogProcessor,
    { provide: APP_GUARD, useClass: ReadKeyGuard },
  ],
  exports: [AccessControl],
})
export class AuthModule {}
