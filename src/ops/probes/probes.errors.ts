import type { HealthCheckResult } from '@nestjs/terminus';
import { DomainError } from '../../common/domain-error';

/** The process must get no requests now: 503 with every check, which load balancers and supervisors go by. */
export class NotReadyError extends DomainError {
  constructor({ status, details }: HealthCheckResult) {
    const down = Object.entries(details).filter(([, check]) => check.status !== 'up');
    const reasons = down.map(([name, check]) => `${name}: ${String(check['message'] ?? check.status)}`);
    super(status === 'shutting_down' ? 'The process is ending.' : `Not ready: ${reasons.join('; ')}.`, {
      code: 'NOT_READY',
      httpStatus: 503,
      logLevel: 'warn',
      extras: { checks: details },
    });
  }
}
