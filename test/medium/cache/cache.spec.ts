import { Logger } from '@nestjs/common';
import { CacheService } from '../../../src/cache/cache.service';
import { KeptAnswers } from '../../../src/common/kept-answers';
import { Metrics } from '../../../src/common/metrics';
import { readEnv } from '../../../src/config/env';
import type { Database } from '../../../src/database/database';
import type { PublishedData, PublishedVersion } from '../../../src/published/published-data';
import { startTestApp, type TestApp } from '../../support/app';
import { until } from '../../support/until';
import { FakeRedis } from '../../support/fake-redis';
import { publish } from '../prodplan/seed';

const version = (number: number): PublishedVersion => ({
  version: number,
  runId: number,
  generatedAt: new Date(1_700_000_000_000 + number),
  asOf: null,
  sample: false,
});

/** Published data whose newest version and whose snapshots the test sets apart, as two servers can be. */
class StagedData {
  newest: PublishedVersion | undefined = version(1);
  snapshot: PublishedVersion | undefined = version(1);
  current = () => Promise.resolve(this.newest);
  read = <T>(work: (query: never, published: PublishedVersion | undefined) => Promise<T>) =>
    work(undefined as never, this.snapshot);

  readPublished = this.read;

  at(number: number): void {
    this.newest = this.snapshot = version(number);
  }
}

const opened: CacheService[] = [];
afterEach(() => opened.splice(0).forEach((cache) => cache.onApplicationShutdown()));

function build(data: StagedData, variables: Record<string, string> = {}): { cache: CacheService; metrics: Metrics } {
  const metrics = new Metrics();
  const database = { connectionString: 'postgresql://u:p@h:5432/d' } as Database;
  const cache = new CacheService(
    data as unknown as PublishedData,
    metrics,
    new KeptAnswers(),
    database,
    readEnv(variables),
  );
  cache.onModuleInit();
  opened.push(cache);
  return { cache, metrics };
}

/** Computes 1, 2, 3, …: the answer says how often it was computed. */
function counting() {
  let computed = 0;
  return () => Promise.resolve({ computed: (computed += 1) });
}

const lookups = async (metrics: Metrics, counter: 'cacheHits' | 'cacheMisses' | 'cacheErrors') =>
  (await metrics[counter].get()).values.reduce((sum, { value }) => sum + value, 0);

describe('an answer that is remembered', () => {
  it('is computed once for a hundred that ask at the same time', async () => {
    const { cache, metrics } = build(new StagedData());
    let computed = 0;
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { computed: (computed += 1) };
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.remember('r', { a: 1 }, slow)));
    expect(answers).toEqual(Array(100).fill({ computed: 1 }));
    expect([await lookups(metrics, 'cacheMisses'), await lookups(metrics, 'cacheHits')]).toEqual([1, 99]);
  });

  it('is another for another route, another parameter and another version', async () => {
    const data = new StagedData();
    const { cache } = build(data);
    const compute = counting();
    await cache.remember('r', { a: 1 }, compute);
    expect(await cache.remember('r', { a: 1 }, compute)).toEqual({ computed: 1 });
    expect(await cache.remember('s', { a: 1 }, compute)).toEqual({ computed: 2 });
    expect(await cache.remember('r', { a: 2 }, compute)).toEqual({ computed: 3 });
    data.at(2);
    expect(await cache.remember('r', { a: 1 }, compute)).toEqual({ computed: 4 });
  });

  it('is let go of once a newer version is asked for', async () => {
    const data = new StagedData();
    const { cache, metrics } = build(data);
    const held = async () => (await metrics.registry.getSingleMetric('cache_bytes')?.get())?.values.at(0)?.value ?? NaN;
    const answer = () => Promise.resolve({ text: 'x'.repeat(1000) });
    for (let a = 0; a < 10; a += 1) await cache.remember('r', { a }, answer);
    // Two bytes a character, as an object and as text.
    expect(await held()).toBeGreaterThan(10 * 4 * 1000);
    data.at(2);
    await cache.remember('r', {}, answer);
    expect(await held()).toBeLessThan(2 * 4 * 1000);
    expect(await held()).toBeGreaterThan(4 * 1000);
  });

  it('of a snapshot that lags behind is not kept for the newer version', async () => {
    const data = new StagedData();
    const { cache } = build(data);
    const compute = (_query: unknown, published?: PublishedVersion) => Promise.resolve({ of: published?.version });
    data.newest = version(2);
    expect(await cache.remember('r', {}, compute)).toEqual({ of: 1 });
    data.snapshot = version(2);
    expect(await cache.remember('r', {}, compute)).toEqual({ of: 2 });
  });

  it('is computed again after a failure, which reaches everyone who waited', async () => {
    const { cache } = build(new StagedData());
    const fail = () => Promise.reject(new Error('broken'));
    const both = await Promise.allSettled([cache.remember('r', {}, fail), cache.remember('r', {}, fail)]);
    expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(await cache.remember('r', {}, counting())).toEqual({ computed: 1 });
  });

  it('lives its seconds with CLOCK=wall, and until the version moves without', async () => {
    const walls = build(new StagedData(), { CLOCK: 'wall' }).cache;
    const still = build(new StagedData()).cache;
    const [onWall, onData] = [counting(), counting()];
    const ask = () =>
      Promise.all([
        walls.remember('r', {}, onWall, { wallSeconds: 0.1 }),
        still.remember('r', {}, onData, { wallSeconds: 0.1 }),
      ]);
    const began = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(began);
    try {
      expect(await ask()).toEqual([{ computed: 1 }, { computed: 1 }]);
      clock.mockReturnValue(began + 99);
      expect(await ask()).toEqual([{ computed: 1 }, { computed: 1 }]);
      clock.mockReturnValue(began + 101);
      expect(await ask()).toEqual([{ computed: 2 }, { computed: 1 }]);
    } finally {
      clock.mockRestore();
    }
  });

  it('is not kept before the first load, nor with CACHE_ENABLED=false', async () => {
    const empty = new StagedData();
    empty.newest = empty.snapshot = undefined;
    for (const { cache } of [build(empty), build(new StagedData(), { CACHE_ENABLED: 'false' })]) {
      const compute = counting();
      await cache.remember('r', {}, compute);
      expect(await cache.remember('r', {}, compute)).toEqual({ computed: 2 });
    }
  });
});

describe('a cache shared through Redis', () => {
  let redis: FakeRedis;
  const said: string[] = [];
  const remember = (cache: CacheService, compute: () => Promise<{ computed: number }>, a = 1) =>
    cache.remember('r', { a }, compute);

  beforeEach(async () => {
    redis = new FakeRedis();
    await redis.open();
    said.length = 0;
    for (const level of ['warn', 'log'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...text: unknown[]) => void said.push(String(text[0])));
    }
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await redis.close();
  });

  /** Connecting is not waited for, and an answer can be late: asks until one was kept in Redis and nothing was said since. */
  async function connected(cache: CacheService): Promise<void> {
    let attempt = 0;
    await until(async () => {
      await cache.remember('connected', { attempt: (attempt += 1) }, counting());
      return redis.content.size > 0 && !(said.at(-1) ?? '').includes('Redis does not answer');
    });
    said.length = 0;
  }

  it('gives one process what another computed', async () => {
    const one = build(new StagedData(), { REDIS_URL: redis.url }).cache;
    const other = build(new StagedData(), { REDIS_URL: redis.url }).cache;
    await Promise.all([connected(one), connected(other)]);
    // Either may not be connected yet, or not hear of Redis in time: then it goes on without.
    let a = 0;
    await until(async () => {
      await remember(one, counting(), (a += 1));
      return (await remember(other, () => Promise.resolve({ computed: 99 }), a)).computed === 1;
    });
  });

  it.each(['away', 'silent'])('answers without Redis while it is %s, counts that, and says it once', async (how) => {
    const { cache, metrics } = build(new StagedData(), { REDIS_URL: redis.url });
    await connected(cache);
    const before = await lookups(metrics, 'cacheErrors');
    if (how === 'away') await redis.close();
    else redis.silent = true;
    for (let a = 10; a < 13; a += 1) expect(await remember(cache, counting(), a)).toEqual({ computed: 1 });
    expect(await remember(cache, counting(), 12)).toEqual({ computed: 1 });
    expect(await lookups(metrics, 'cacheErrors')).toBeGreaterThanOrEqual(before + 3);
    expect(said).toEqual([expect.stringContaining('Redis does not answer')]);
    if (how === 'away') await redis.open();
    redis.speak();
    let a = 100;
    await until(async () => (await remember(cache, counting(), (a += 1)), said.length > 1));
    expect(said[1]).toContain('Redis answers again');
  });

  it('keeps the product starting and answering where no Redis ever was', async () => {
    await redis.close();
    const { cache } = build(new StagedData(), { REDIS_URL: redis.url });
    const compute = counting();
    await remember(cache, compute);
    expect(await remember(cache, compute)).toEqual({ computed: 1 });
    await redis.open();
  });
});

describe('the cache of the running product', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ env: { cacheEnabled: true } });
  });
  afterAll(() => product.close());

  it('shows a publish to the very next request, with data and version of one snapshot', async () => {
    const cache = product.app.get(CacheService);
    const ask = () => cache.remember('r', {}, (_query, published) => Promise.resolve({ version: published?.version }));
    expect(await ask()).toEqual({ version: undefined });
    for (const number of [1, 2]) {
      await publish(product.sql, { asOf: null, finishedAt: `2026-01-0${number}T08:00:00Z` });
      expect(await Promise.all([ask(), ask()])).toEqual([{ version: number }, { version: number }]);
    }
  });

  it('sends a kept answer as it sends a computed one, to the byte and the header', async () => {
    const ask = async (headers: Record<string, string> = {}) => {
      const answer = await fetch(`${product.url}/api/quality/overview`, { headers });
      const names = ['content-type', 'content-length', 'etag'];
      return {
        status: answer.status,
        text: await answer.text(),
        headers: names.map((name) => answer.headers.get(name)),
      };
    };
    const computed = await ask();
    expect(computed.headers).toEqual([
      'application/json; charset=utf-8',
      String(computed.text.length),
      expect.stringMatching(/^W\//),
    ]);
    // The first hit writes the text, the second sends it again.
    expect([await ask(), await ask()]).toEqual([computed, computed]);
    // fetch would add a Cache-Control of its own, which asks for the whole answer.
    const known = { 'If-None-Match': computed.headers[2] ?? '', 'Cache-Control': 'max-age=0' };
    expect((await ask(known)).status).toBe(304);
    await publish(product.sql, { asOf: null, finishedAt: '2026-02-01T08:00:00Z' });
    expect((await ask()).text).toContain('2026-02-01');
  });
});
