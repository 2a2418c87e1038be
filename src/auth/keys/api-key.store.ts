import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { KeyNameTakenError, KeyNotFoundError } from '../auth.errors';
import type { Scope } from '../scopes';
import { type GeneratedKey, generateApiKey } from './api-key';

const AUTH = join(__dirname, '..');
const INSERT = sqlFile(AUTH, 'sql/insert_api_key.sql');
const FIND = sqlFile(AUTH, 'sql/find_api_key.sql');
const LIST = sqlFile(AUTH, 'sql/list_api_keys.sql');
const FIND_CURRENT = sqlFile(AUTH, 'sql/find_current_api_key.sql');
const SUPERSEDE = sqlFile(AUTH, 'sql/supersede_api_key.sql');
const REVOKE = sqlFile(AUTH, 'sql/revoke_api_keys.sql');
const TOUCH = sqlFile(AUTH, 'sql/touch_api_key.sql');
const HAS_VALID = sqlFile(AUTH, 'sql/has_valid_api_key.sql');

const UNIQUE_VIOLATION = '23505';

/** A key that counts, as it was found by its hash. */
export interface FoundKey {
  key_id: number;
  name: string;
  scopes: Scope[];
  key_hash: Buffer;
  expires_at: Date | null;
}

/** What may be shown of a key. */
export interface ListedKey {
  key_id: number;
  name: string;
  prefix: string;
  last_four: string;
  scopes: Scope[];
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  /** When another key replaced it. */
  superseded_at: Date | null;
  revoked_at: Date | null;
}

export interface NewKey {
  name: string;
  scopes: readonly Scope[];
  expiresAt?: Date;
}

/** The keys in ops.api_keys. Every moment is the caller's, whose clock can be another than the database's. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly database: Database) {}

  /**
   * Makes a key and returns it with its text, which exists nowhere else and cannot be read again.
   * @throws KeyNameTakenError
   */
  async create(wanted: NewKey, now: Date): Promise<{ keyId: number; generated: GeneratedKey }> {
    const generated = generateApiKey();
    try {
      const [{ key_id: keyId }] = await this.database.query<{ key_id: number }>(
        INSERT,
        insertValues(wanted, generated, now),
      );
      return { keyId, generated };
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new KeyNameTakenError(wanted.name);
      throw error;
    }
  }

  /**
   * Replaces a key by one of the same name and scopes. The old one counts until `oldUntil`.
   * @throws KeyNotFoundError
   */
  async rotate(
    name: string,
    { now, oldUntil, expiresAt }: { now: Date; oldUntil: Date; expiresAt?: Date },
  ): Promise<{ keyId: number; generated: GeneratedKey }> {
    const generated = generateApiKey();
    return this.database.transaction(async (client) => {
      const found = await client.query<{ key_id: number; scopes: Scope[] }>(FIND_CURRENT.text, [name]);
      const old = found.rows.at(0);
      if (old === undefined) throw new KeyNotFoundError(name);
      await client.query(SUPERSEDE.text, [old.key_id, now, oldUntil]);
      const values = insertValues({ name, scopes: old.scopes, expiresAt }, generated, now);
      const { rows } = await client.query<{ key_id: number }>(INSERT.text, values);
      return { keyId: rows[0].key_id, generated };
    });
  }

  /** Revokes all keys of the name and returns how many. @throws KeyNotFoundError */
  async revoke(name: string, now: Date): Promise<number> {
    const revoked = await this.database.query(REVOKE, [name, now]);
    if (revoked.length === 0) throw new KeyNotFoundError(name);
    return revoked.length;
  }

  list(): Promise<ListedKey[]> {
    return this.database.query<ListedKey>(LIST);
  }

  async find(hash: Buffer, now: Date): Promise<FoundKey | undefined> {
    return (await this.database.query<FoundKey>(FIND, [hash, now])).at(0);
  }

  async touch(keyId: number, now: Date): Promise<void> {
    await this.database.query(TOUCH, [keyId, now]);
  }

  async hasValid(now: Date): Promise<boolean> {
    const [{ present }] = await this.database.query<{ present: boolean }>(HAS_VALID, [now]);
    return present;
  }
}

function insertValues({ name, scopes, expiresAt }: NewKey, generated: GeneratedKey, now: Date): unknown[] {
  return [name, generated.prefix, generated.lastFour, generated.hash, [...scopes], now, expiresAt ?? null];
}
