import { Random } from '@libs/random';
import { type QueueSystem, simulatedMeanWait } from './queue-run';

/**
 * The same queue without the engine: each customer goes to the server that is free first, and waits until it is. Streams 1
 * and 2 of the seed are the arrivals and the services, by inversion, in millionths of a mean service.
 */
function meanWaitByHand(system: QueueSystem, runs: number, seed: number, customers: number): number {
  let sum = 0;
  for (let run = 0; run < runs; run += 1) {
    const [arrivals, services] = [new Random(seed, 1, run), new Random(seed, 2, run)];
    const draw = (random: Random, mean: number): number => -mean * Math.log((random.next() + 0.5) / 2 ** 32);
    const free = Array.from({ length: system.servers }, () => 0);
    let at = 0;
    for (let customer = 0; customer < customers; customer += 1) {
      at += draw(arrivals, 1_000_000 / (system.utilisation * system.servers));
      const arrival = Math.round(at);
      const service = system.service === 'exponential' ? Math.round(draw(services, 1_000_000)) : 1_000_000;
      const next = free.indexOf(Math.min(...free));
      const start = Math.max(arrival, free[next]);
      free[next] = start + service;
      sum += start - arrival;
    }
  }
  return sum / (runs * customers) / 1_000_000;
}

describe('a simulated queue', () => {
  it.each<[string, QueueSystem]>([
    ['M/M/1', { servers: 1, utilisation: 0.7, service: 'exponential', rule: 'FIFO' }],
    ['M/M/3', { servers: 3, utilisation: 0.9, service: 'exponential', rule: 'FIFO' }],
    ['M/D/1', { servers: 1, utilisation: 0.5, service: 'deterministic', rule: 'FIFO' }],
  ])('%s has the waits that a walk from customer to customer gives', (_name, system) => {
    const simulated = simulatedMeanWait(system, 3, 5, 400);
    expect(simulated).toBeCloseTo(meanWaitByHand(system, 3, 5, 400), 9);
    expect(simulated).toBeGreaterThan(0);
    expect(simulatedMeanWait(system, 3, 6, 400)).not.toBe(simulated);
  });

  it('is served in another order under another rule', () => {
    const wait = (rule: QueueSystem['rule']) =>
      simulatedMeanWait({ servers: 1, utilisation: 0.9, service: 'exponential', rule }, 1, 5, 400);
    // The shortest first makes the mean wait shorter.
    expect(wait('SPT')).toBeLessThan(wait('FIFO'));
  });
});
