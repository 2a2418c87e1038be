import { setTimeout as sleep } from 'node:timers/promises';
import { ChaosRedis } from '../redis';
import { lateSchedules } from '../schedules';
import { Traffic } from '../traffic';
import { ended, type Fault, load, recovery, whileLoading, withBench } from './lab';

const AWAY_MS = 2500;
/** No page needs Redis: only what is queued is refused. */
const NONE = { codes: [] };

/** Jobs, cache and rate limits live in Redis, which goes and comes back empty: under traffic, and in the middle of a load. */
export const redisAway: Fault = {
  name: 'Redis gone and back',
  does: 'kill -9, start empty: under traffic, and during a load',
  async play(lab) {
    const redis = await ChaosRedis.start();
    if (typeof redis === 'string') return { figures: '', faults: [], skipped: redis };
    const settings = { REDIS_URL: redis.url, RATE_LIMIT_READS: '1000000', RATE_LIMIT_WRITES: '1000000' };
    try {
      return await withBench(
        lab,
        'redis',
        async ({ product, database }) => {
          const traffic = new Traffic(product.url, NONE, lab);
          const began = await recovery((ms) => traffic.well(ms));
          await redis.kill();
          const faults = [...began.faults, ...(await refused(product.url, lab.known[1].name))];
          await sleep(AWAY_MS);
          await redis.begin();
          faults.push(...(await load(product, lab, 1)).map((fault) => `after the first time: ${fault}`));
          await product.ask(lab.known[0]);
          faults.push(...(await whileLoading(product, () => redis.kill())));
          await sleep(AWAY_MS);
          await redis.begin();
          faults.push(...(await ended(product, lab.known, 0)).map((fault) => `during a load: ${fault}`));
          faults.push(...(await load(product, lab, 1)).map((fault) => `after the second time: ${fault}`));
          const after = await recovery((ms) => traffic.well(ms));
          faults.push(...after.faults, ...(await traffic.end()), ...(await lateSchedules(database, redis.url)));
          return { figures: `${after.figure}; ${traffic.figures}; schedules back`, faults };
        },
        settings,
      );
    } finally {
      await redis.kill();
    }
  },
};

/** Without a queue a load is refused, saying so. */
async function refused(url: string, name: string): Promise<string[]> {
  const response = await fetch(`${url}/api/ingestion/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: name }),
  });
  const body = await response.text();
  if (response.status === 503 && body.includes('QUEUE_UNAVAILABLE')) return [];
  return [`a load asked for without Redis: ${response.status} ${body}`];
}
