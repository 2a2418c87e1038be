import { AuditLog } from '../../auth/audit/audit-log';
import { ApiKeyStore, type ListedKey } from '../../auth/keys/api-key.store';
import type { Scope } from '../../auth/scopes';
import { Clock } from '../../common/clock';
import { loadEnv } from '../../config/env';
import { EXIT } from '../exit-codes';
import { table } from '../text-table';
import { commander, withDatabase } from '../with-database';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

interface Output {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

export interface CreateKeyOptions {
  scope: Scope[];
  expiresInDays?: number;
}

export interface RotateKeyOptions {
  keepOldHours: number;
  expiresInDays?: number;
}

/** `keys create NAME`: the key goes to `out`, alone, so that a script can take it; it is never shown again. */
export function createKey(name: string, { scope, expiresInDays }: CreateKeyOptions, to: Output): Promise<number> {
  return withKeys(async ({ keys, now, record }) => {
    const { generated } = await keys.create({ name, scopes: scope, expiresAt: inDays(now, expiresInDays) }, now);
    await record('keys create', `${name} (${scope.join(', ')})`);
    hand(generated.key, name, to);
  });
}

/** `keys rotate NAME`: a new key of the same name and scopes; the old one counts for `keepOldHours` more. */
export function rotateKey(name: string, options: RotateKeyOptions, to: Output): Promise<number> {
  return withKeys(async ({ keys, now, record }) => {
    const oldUntil = new Date(now.getTime() + options.keepOldHours * HOUR_MS);
    const { generated } = await keys.rotate(name, { now, oldUntil, expiresAt: inDays(now, options.expiresInDays) });
    await record('keys rotate', name);
    hand(generated.key, name, to);
    to.err.write(`The old key counts until ${oldUntil.toISOString()}.\n`);
  });
}

/** `keys revoke NAME`: none of its keys counts any more, within two seconds in every process. */
export function revokeKey(name: string, { out }: Output): Promise<number> {
  return withKeys(async ({ keys, now, record }) => {
    const revoked = await keys.revoke(name, now);
    await record('keys revoke', name);
    out.write(`Revoked ${revoked} ${revoked === 1 ? 'key' : 'keys'} of the name ${name}.\n`);
  });
}

/** `keys list`: every key there ever was, newest first. */
export function listKeys({ json }: { json?: boolean }, { out }: Output): Promise<number> {
  return withKeys(async ({ keys, now }) => {
    const listed = await keys.list();
    if (json) out.write(`${JSON.stringify(listed, undefined, 2)}\n`);
    else out.write(listed.length === 0 ? 'There is no key yet.\n' : keyTable(listed, now));
  });
}

async function withKeys(
  work: (tools: {
    keys: ApiKeyStore;
    now: Date;
    record: (action: string, target: string) => Promise<void>;
  }) => Promise<void>,
): Promise<number> {
  const clock = new Clock();
  await withDatabase(loadEnv(), async (database) => {
    const audit = new AuditLog(database, clock);
    await work({
      keys: new ApiKeyStore(database),
      now: clock.now(),
      record: (action, target) => audit.command({ scope: 'admin', action, target }, commander(), 'OK'),
    });
  });
  return EXIT.OK;
}

function hand(key: string, name: string, { out, err }: Output): void {
  out.write(`${key}\n`);
  err.write(`This is the key ${name}. Keep it: only its hash is stored, and it is not shown again.\n`);
}

function inDays(now: Date, days: number | undefined): Date | undefined {
  return days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
}

function keyTable(keys: readonly ListedKey[], now: Date): string {
  const titles = ['name', 'key', 'scopes', 'state', 'created', 'expires', 'last used'];
  const rows = keys.map((key) => [
    key.name,
    `${key.prefix}…${key.last_four}`,
    key.scopes.join(','),
    stateOf(key, now),
    minute(key.created_at),
    minute(key.expires_at),
    minute(key.last_used_at),
  ]);
  return `${table(
    titles.map((title) => ({ title, align: 'left' })),
    rows,
  ).join('\n')}\n`;
}

function stateOf({ revoked_at, expires_at, superseded_at }: ListedKey, now: Date): string {
  if (revoked_at !== null) return 'revoked';
  if (expires_at !== null && expires_at <= now) return 'expired';
  return superseded_at === null ? 'valid' : 'replaced';
}

function minute(moment: Date | null): string {
  return moment === null ? '-' : `${moment.toISOString().slice(0, 16)}Z`;
}
