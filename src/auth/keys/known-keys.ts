import { timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { hashApiKey, isWellFormed } from './api-key';
import { ApiKeyStore, type FoundKey } from './api-key.store';

/** How long what was read of a key is believed: so long can a revoked key still be used. */
const BELIEVED_MS = 2_000;
/** Keys remembered at most, unknown ones included; the longest unused go first. */
const REMEMBERED = 1_000;
/** `last_used` is written once in so long, not with every request. */
const TOUCH_MS = 60_000;

interface Remembered {
  found: Promise<FoundKey | undefined>;
  readAt: number;
}

/** Looks keys up, with as few questions to the database as a prompt revocation allows. */
@Injectable()
export class KnownKeys {
  private readonly logger = new Logger(KnownKeys.name);
  private readonly remembered = new Map<string, Remembered>();
  private readonly touched = new Map<number, number>();

  constructor(
    private readonly store: ApiKeyStore,
    private readonly clock: Clock,
  ) {}

  /** Keys remembered now. */
  get size(): number {
    return this.remembered.size;
  }

  /** The key that counts, or undefined for one that is malformed, unknown, expired or revoked. */
  async find(sent: string): Promise<FoundKey | undefined> {
    if (!isWellFormed(sent)) return undefined;
    const hash = hashApiKey(sent);
    const now = this.clock.now();
    const found = await this.read(hash, now);
    // The index has found equal bytes already; the comparison that decides takes the same time whatever was sent.
    if (found === undefined || !timingSafeEqual(found.key_hash, hash)) return undefined;
    if (found.expires_at !== null && found.expires_at <= now) return undefined;
    this.touch(found.key_id, now);
    return found;
  }

  private read(hash: Buffer, now: Date): Promise<FoundKey | undefined> {
    const id = hash.toString('base64');
    const held = this.remembered.get(id);
    // A Map keeps its order of insertion: what is used goes to the end.
    this.remembered.delete(id);
    const fresh = held !== undefined && Math.abs(now.getTime() - held.readAt) < BELIEVED_MS;
    const entry = fresh ? held : { found: this.store.find(hash, now), readAt: now.getTime() };
    this.remembered.set(id, entry);
    if (!fresh) {
      // A question that was not answered is asked again.
      entry.found.catch(() => this.remembered.get(id) === entry && this.remembered.delete(id));
      this.forgetOldest(this.remembered);
    }
    return entry.found;
  }

  private touch(keyId: number, now: Date): void {
    const last = this.touched.get(keyId);
    if (last !== undefined && Math.abs(now.getTime() - last) < TOUCH_MS) return;
    this.touched.set(keyId, now.getTime());
    this.forgetOldest(this.touched);
    this.store
      .touch(keyId, now)
      .catch((error: Error) => this.logger.warn(`last_used of key ${keyId} was not written: ${error.message}`));
  }

  private forgetOldest(map: Map<unknown, unknown>): void {
    if (map.size > REMEMBERED) map.delete(map.keys().next().value);
  }
}
