import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import type { Principal } from '../principal';
import type { Scope } from '../scopes';

const AUTH = join(__dirname, '..');
const BEGIN = sqlFile(AUTH, 'sql/begin_audit_entry.sql');
const END = sqlFile(AUTH, 'sql/end_audit_entry.sql');
const LIST = sqlFile(AUTH, 'sql/list_audit_entries.sql');
const PRUNE = sqlFile(AUTH, 'sql/prune_audit_log.sql');

/** Refused calls written at the same time at most; a flood of them is counted, and does not queue up in memory. */
const REFUSALS_AT_ONCE = 50;

/**
 * How a recorded call ended. STARTED stays where the process died before the answer, ABORTED where the caller left.
 * REFUSED is an answer from 400 to 499 of the endpoint itself, FAILED one from 500.
 */
export type Outcome = 'STARTED' | 'OK' | 'REFUSED' | 'FAILED' | 'ABORTED' | 'UNAUTHENTICATED' | 'FORBIDDEN';

/** What was asked for. */
export interface AuditedCall {
  scope: Scope;
  /** The HTTP method, or the command. */
  action: string;
  /** The address without the key, or what the command worked on. */
  target: string;
  ip?: string;
  correlationId?: string;
}

export interface AuditEntry {
  audit_id: number;
  at: Date;
  actor: string;
  scope: Scope;
  action: string;
  target: string;
  ip: string | null;
  correlation_id: string | null;
  outcome: Outcome;
  status: number | null;
  duration_ms: number | null;
}

/** Who did what, when, and how it ended: ops.audit_log. Neither keys nor bodies are recorded. */
@Injectable()
export class AuditLog {
  private readonly logger = new Logger(AuditLog.name);
  private writingRefusals = 0;
  private uncounted = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Records a call that is let through, before it does anything, and later how its answer ended. */
  async follow(call: AuditedCall, by: Principal, response: ServerResponse): Promise<void> {
    const began = performance.now();
    const id = await this.write(call, by, 'STARTED');
    response.once('close', () => {
      const [outcome, status] = response.writableFinished
        ? outcomeOf(response.statusCode)
        : (['ABORTED', null] as const);
      this.database
        .query(END, [id, outcome, status, Math.round(performance.now() - began)])
        .catch((error: Error) => this.logger.error(`audit entry ${id} has no outcome: ${error.message}`));
    });
  }

  /** Records a call that is not let through. Its answer does not wait for that. */
  refused(
    call: AuditedCall,
    by: Principal | undefined,
    outcome: 'UNAUTHENTICATED' | 'FORBIDDEN',
    status: number,
  ): void {
    if (this.writingRefusals >= REFUSALS_AT_ONCE) {
      this.uncounted += 1;
      return;
    }
    this.writingRefusals += 1;
    this.write(call, by, outcome, status)
      .catch((error: Error) => this.logger.error(`a refused call was not recorded: ${error.message}`))
      .finally(() => {
        this.writingRefusals -= 1;
        if (this.uncounted > 0) this.logger.warn(`${this.uncounted} refused calls were not recorded: too many at once`);
        this.uncounted = 0;
      });
  }

  /** Records what the command line did. */
  async command(call: AuditedCall, actor: string, outcome: 'OK' | 'FAILED'): Promise<void> {
    await this.write(call, { name: actor }, outcome);
  }

  /** The latest entries, newest first. */
  list(limit: number, filter: { actor?: string; since?: Date } = {}): Promise<AuditEntry[]> {
    return this.database.query<AuditEntry>(LIST, [limit, filter.actor ?? null, filter.since ?? null]);
  }

  async prune(before: Date): Promise<void> {
    await this.database.query(PRUNE, [before]);
  }

  private async write(
    { scope, action, target, ip, correlationId }: AuditedCall,
    by: Pick<Principal, 'name' | 'keyId'> | undefined,
    outcome: Outcome,
    status?: number,
  ): Promise<number> {
    const who = [by?.name ?? 'unknown', by?.keyId ?? null];
    const what = [scope, action, target, ip ?? null, correlationId ?? null];
    const values = [this.clock.now(), ...who, ...what, outcome, status ?? null];
    const [{ audit_id: id }] = await this.database.query<{ audit_id: number }>(BEGIN, values);
    return id;
  }
}

function outcomeOf(status: number): readonly [Outcome, number] {
  return [status < 400 ? 'OK' : status < 500 ? 'REFUSED' : 'FAILED', status];
}
