import { FixedClock } from '../../common/clock';
import { generateApiKey, hashApiKey } from './api-key';
import type { ApiKeyStore, FoundKey } from './api-key.store';
import { KnownKeys } from './known-keys';

const NOW = new Date('2026-01-05T08:00:00Z');

function setUp(keys: FoundKey[] = []) {
  const clock = new FixedClock(NOW);
  const asked: Buffer[] = [];
  const touched: number[] = [];
  const store = {
    find: (hash: Buffer) => {
      asked.push(hash);
      return Promise.resolve(keys.find((key) => key.key_hash.equals(hash)));
    },
    touch: (keyId: number) => {
      touched.push(keyId);
      return Promise.resolve();
    },
  } as unknown as ApiKeyStore;
  return { known: new KnownKeys(store, clock), clock, asked, touched, keys };
}

function stored(key: string, expiresAt: Date | null = null): FoundKey {
  return { key_id: 1, name: 'planner', scopes: ['ingest'], key_hash: hashApiKey(key), expires_at: expiresAt };
}

describe('looking keys up', () => {
  const { key } = generateApiKey();

  it('asks the database once for requests of the same two seconds, side by side or one after the other', async () => {
    const { known, clock, asked } = setUp([stored(key)]);
    await Promise.all([known.find(key), known.find(key)]);
    clock.advance(1_999);
    expect(await known.find(key)).toMatchObject({ name: 'planner' });
    expect(asked).toHaveLength(1);
  });

  it('believes what it read for two seconds and no longer', async () => {
    const { known, clock, keys } = setUp([stored(key)]);
    expect(await known.find(key)).toBeDefined();
    keys.length = 0;
    clock.advance(2_000);
    expect(await known.find(key)).toBeUndefined();
  });

  it('lets a key expire between two readings', async () => {
    const { known, clock } = setUp([stored(key, new Date(NOW.getTime() + 1_000))]);
    expect(await known.find(key)).toBeDefined();
    clock.advance(1_000);
    expect(await known.find(key)).toBeUndefined();
  });

  it('asks nobody about what cannot be a key', async () => {
    const { known, asked } = setUp();
    for (const text of ['', 'dev-key', key.slice(0, -1), `${key}x`]) expect(await known.find(text)).toBeUndefined();
    expect(asked).toHaveLength(0);
  });

  it('remembers a thousand keys at most, whatever is tried', async () => {
    const { known } = setUp([stored(key)]);
    for (let tried = 0; tried < 1_500; tried += 1) await known.find(generateApiKey().key);
    expect(known.size).toBe(1_000);
    expect(await known.find(key)).toBeDefined();
  });

  it('writes when a key was used once a minute, not with every request', async () => {
    const { known, clock, touched } = setUp([stored(key)]);
    for (let second = 0; second < 120; second += 1) {
      await known.find(key);
      clock.advance(1_000);
    }
    expect(touched).toEqual([1, 1]);
  });

  it('asks again after a database that was away', async () => {
    let away = true;
    const store = {
      find: () => (away ? Promise.reject(new Error('away')) : Promise.resolve(stored(key))),
      touch: () => Promise.resolve(),
    } as unknown as ApiKeyStore;
    const known = new KnownKeys(store, new FixedClock(NOW));
    await expect(known.find(key)).rejects.toThrow('away');
    away = false;
    expect(await known.find(key)).toBeDefined();
  });
});
