import { Registry } from 'prom-client';
import { registerGauges } from './metric-gauges';

const DEFINITIONS = {
  depth: { name: 'depth', help: 'Depth.', labelNames: ['queue'] },
  size: { name: 'size', help: 'Size.' },
};

describe('gauges that are read when asked for', () => {
  it('are read once for a whole group, and anew for the next scrape', async () => {
    const registry = new Registry();
    let readings = 0;
    const read = () => {
      readings += 1;
      return { depth: [{ labels: { queue: 'a' }, value: readings }], size: [{ value: readings }] };
    };
    registerGauges(registry, DEFINITIONS, read, () => undefined);
    expect(await registry.metrics()).toContain('depth{queue="a"} 1');
    expect(readings).toBe(1);
    expect(await registry.metrics()).toContain('size 2');
  });

  it('forget a label that is gone', async () => {
    const registry = new Registry();
    const queues = ['a', 'b'];
    const read = () => ({ depth: queues.map((queue) => ({ labels: { queue }, value: 1 })), size: [] });
    registerGauges(registry, DEFINITIONS, read, () => undefined);
    await registry.metrics();
    queues.pop();
    expect(await registry.metrics()).not.toContain('queue="b"');
  });

  it('leave out what cannot be read: neither the last value nor 0 would be true', async () => {
    const registry = new Registry();
    let broken = false;
    const failures: unknown[] = [];
    const read = () => {
      if (broken) throw new Error('gone');
      return { depth: [{ labels: { queue: 'a' }, value: 1 }], size: [{ value: 7 }] };
    };
    registerGauges(registry, DEFINITIONS, read, (error) => failures.push(error));
    await registry.metrics();
    broken = true;
    expect(await registry.metrics()).not.toMatch(/^(depth|size)\b/m);
    expect(failures).toEqual([new Error('gone')]);
  });
});
