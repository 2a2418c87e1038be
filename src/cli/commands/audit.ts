import { type AuditEntry, AuditLog } from '../../auth/audit/audit-log';
import { Clock } from '../../common/clock';
import { loadEnv } from '../../config/env';
import { EXIT } from '../exit-codes';
import { table } from '../text-table';
import { withDatabase } from '../with-database';

export interface AuditOptions {
  limit: number;
  actor?: string;
  since?: Date;
  json?: boolean;
}

/** `audit`: who did what, newest first. @returns the exit code */
export async function runAudit({ limit, json, ...filter }: AuditOptions, out: NodeJS.WritableStream): Promise<number> {
  const entries = await withDatabase(loadEnv(), (database) => new AuditLog(database, new Clock()).list(limit, filter));
  out.write(json ? `${JSON.stringify(entries, undefined, 2)}\n` : entryTable(entries));
  return EXIT.OK;
}

function entryTable(entries: readonly AuditEntry[]): string {
  if (entries.length === 0) return 'Nothing is recorded.\n';
  const titles = ['at', 'actor', 'ip', 'action', 'target', 'outcome', 'status', 'ms', 'correlation id'];
  const rows = entries.map((entry) => [
    entry.at.toISOString(),
    entry.actor,
    entry.ip ?? '-',
    entry.action,
    entry.target,
    entry.outcome,
    String(entry.status ?? '-'),
    String(entry.duration_ms ?? '-'),
    entry.correlation_id ?? '-',
  ]);
  return `${table(
    titles.map((title) => ({ title, align: 'left' })),
    rows,
  ).join('\n')}\n`;
}
