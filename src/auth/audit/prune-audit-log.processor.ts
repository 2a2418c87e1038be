import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { JobProcessor } from '../../queue/base.processor';
import { AuditLog } from './audit-log';

const DAY_MS = 24 * 3_600_000;

/** Forgets what the audit log has kept for AUDIT_RETENTION_DAYS. */
@Injectable()
export class PruneAuditLogProcessor extends JobProcessor<'maintenance.prune-audit-log'> {
  readonly job = 'maintenance.prune-audit-log' as const;

  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'auditRetentionDays'>,
  ) {
    super();
  }

  async process(): Promise<void> {
    await this.audit.prune(new Date(this.clock.now().getTime() - this.env.auditRetentionDays * DAY_MS));
  }
}
