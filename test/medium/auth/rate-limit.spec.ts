import { Controller, Get, Module, Post } from '@nestjs/common';
import { RateLimitStorage } from '../../../src/auth/rate-limit/rate-limit.storage';
import { Costly } from '../../../src/common/costly';
import { startTestApp, type TestApp, type TestAppOptions } from '../../support/app';
import { FakeRedis } from '../../support/fake-redis';
import { until } from '../../support/until';

@Controller('try')
class TriedController {
  @Get('read')
  read() {
    return {};
  }

  @Costly()
  @Get('costly')
  costly() {
    return {};
  }

  @Post('write')
  write() {
    return {};
  }

  @Costly()
  @Post('compute')
  compute() {
    return {};
  }
}

@Module({ controllers: [TriedController] })
class TriedModule {}

const LIMITS = { reads: 3, costly: 2, writes: 1 };

function limited(env: NonNullable<Exclude<TestAppOptions['env'], (...args: never[]) => unknown>> = {}) {
  return startTestApp({ modules: [TriedModule], env: { rateLimit: LIMITS, ...env } });
}

/** What counts in Redis: its clock, and the client whose one command counts a request. */
interface InRedis {
  now(): number;
  redis: { status: string; options: { commandTimeout?: number }; prodplanHit(...parameters: unknown[]): unknown };
}
const inRedis = ({ app }: TestApp) => app.get<{ redis: InRedis }>(RateLimitStorage, { strict: false }).redis;

/**
 * A product that counts in Redis from its first request on: it neither asks before it is connected nor gives up on a Redis
 * that needs longer for an answer, after which it would count by itself for a while.
 */
async function limitedByRedis(env: Parameters<typeof limited>[0]): Promise<TestApp> {
  const product = await limited(env);
  const { redis } = inRedis(product);
  await until(() => redis.status === 'ready');
  redis.options.commandTimeout = undefined;
  return product;
}

async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const response = await ask();
    all.push(response.status);
    await response.arrayBuffer();
  }
  return all;
}

describe('the rate limit', () => {
  let product: TestApp;
  beforeEach(async () => {
    product = await limited();
  });
  afterEach(() => product.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(product.url + path, { headers });
  const post = (path: string) => fetch(product.url + path, { method: 'POST' });

  it('says with every answer what is left, and answers 429 in the contract’s form when nothing is', async () => {
    const first = await get('/try/read');
    expect(first.headers.get('ratelimit-limit')).toBe('3');
    expect(first.headers.get('ratelimit-remaining')).toBe('2');
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    expect(await statuses(3, () => get('/try/read'))).toEqual([200, 200, 429]);
    const refused = await get('/try/read', { 'X-Request-Id': 'refused-1' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(await refused.json()).toEqual({
      detail: `More than 3 such requests in a minute. Wait ${seconds} seconds.`,
      correlation_id: 'refused-1',
      error_code: 'TOO_MANY_REQUESTS',
      retry_after_seconds: seconds,
    });
  });

  it('is tighter for what works hard and for what changes something, each counted by itself', async () => {
    expect(await statuses(2, () => post('/try/write'))).toEqual([201, 429]);
    expect(await statuses(2, () => get('/try/costly'))).toEqual([200, 200]);
    expect(await statuses(1, () => post('/try/compute'))).toEqual([429]);
    expect(await statuses(1, () => get('/try/read'))).toEqual([200]);
  });

  it('never keeps supervisors out', async () => {
    await statuses(4, () => get('/try/read'));
    for (const path of ['/api/health', '/metrics', '/health/live']) {
      expect(await statuses(5, () => get(path))).toEqual([200, 200, 200, 200, 200]);
    }
  });

  it('takes nobody’s word for who they are, unless a proxy is named', async () => {
    const from = (ip: string) => () => get('/try/read', { 'X-Forwarded-For': ip });
    expect(await statuses(3, from('10.0.0.1'))).toEqual([200, 200, 200]);
    expect(await statuses(1, from('10.0.0.2'))).toEqual([429]);
  });
});

describe('the rate limit behind a proxy', () => {
  it('counts by the address that the proxy names, and networks of IPv6 as one', async () => {
    const product = await limited({ trustProxy: ['loopback'] });
    const from = (ip: string) => () => fetch(`${product.url}/try/read`, { headers: { 'X-Forwarded-For': ip } });
    expect(await statuses(4, from('10.0.0.1'))).toEqual([200, 200, 200, 429]);
    expect(await statuses(1, from('10.0.0.2'))).toEqual([200]);
    expect(await statuses(3, from('2001:db8:1:2::1'))).toEqual([200, 200, 200]);
    expect(await statuses(1, from('2001:db8:1:2:ffff::9'))).toEqual([429]);
    expect(await statuses(1, from('2001:db8:9:9::1'))).toEqual([200]);
    await product.close();
  });

  it('counts a key wherever it comes from', async () => {
    const env = { trustProxy: ['loopback'], requireApiKey: true, apiKey: 'one-key' };
    const product = await limited(env);
    const from = (ip: string, key: string) => () =>
      fetch(`${product.url}/try/read`, { headers: { 'X-Forwarded-For': ip, 'X-API-Key': key } });
    expect(await statuses(2, from('10.0.0.1', 'one-key'))).toEqual([200, 200]);
    expect(await statuses(2, from('10.0.0.2', 'one-key'))).toEqual([200, 429]);
    expect(await statuses(1, from('10.0.0.3', 'another'))).toEqual([200]);
    await product.close();
  });
});

describe('the rate limit of a product whose Redis is gone', () => {
  it('is counted in the process', async () => {
    const redis = new FakeRedis();
    await redis.open();
    const product = await limited({ redisUrl: redis.url });
    const read = () => fetch(`${product.url}/try/read`);
    await redis.close();
    // It is left alone for seconds that do not pass here, however long the requests take.
    jest.spyOn(inRedis(product), 'now').mockReturnValue(performance.now());
    const asked = jest.spyOn(inRedis(product).redis, 'prodplanHit');
    expect(await statuses(4, read)).toEqual([200, 200, 200, 429]);
    // Redis is asked once and then left alone: not every request waits for it.
    expect(asked).toHaveBeenCalledTimes(1);
    expect(product.app.get(RateLimitStorage, { strict: false }).size).toBe(1);
    await product.close();
  });
});

const REDIS = process.env.TEST_REDIS_URL;
(REDIS ? describe : describe.skip)('the rate limit on redis', () => {
  it('is each database’s own, whatever else counts in that Redis', async () => {
    const one = await limitedByRedis({ redisUrl: REDIS });
    expect(await statuses(4, () => fetch(`${one.url}/try/read`))).toEqual([200, 200, 200, 429]);
    const other = await limitedByRedis({ redisUrl: REDIS });
    expect(await statuses(1, () => fetch(`${other.url}/try/read`))).toEqual([200]);
    for (const product of [other, one]) await product.close();
  });

  it('is shared by all processes', async () => {
    const first = await limitedByRedis({ redisUrl: REDIS });
    const products = [first, await limitedByRedis({ redisUrl: REDIS, databaseUrl: first.env.databaseUrl })];
    const asked: number[] = [];
    for (let n = 0; n < 4; n += 1) asked.push(...(await statuses(1, () => fetch(`${products[n % 2].url}/try/read`))));
    expect(asked).toEqual([200, 200, 200, 429]);
    for (const product of products.reverse()) await product.close();
  });
});
