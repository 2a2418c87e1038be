import { performance } from 'node:perf_hooks';
import { type Instance, type Rule, Simulator } from '@libs/simulation';
import { median } from '../figures';

export interface Speed {
  /** median of the batches */
  operationsPerSecond: number;
  eventsPerSecond: number;
  /** one run, milliseconds on the processor */
  millis: number;
}

const BATCHES = 7;
const BATCH_MS = 250;

/**
 * Runs one instance over and over, in batches of a quarter of a second after one to warm up. Times are the thread's on the
 * processor: what one core does, also where others want it too.
 */
export function measureSpeed(instance: Instance, rule: Rule, batches = BATCHES): Speed {
  const simulator = new Simulator(instance);
  const millis: number[] = [];
  let events = 0;
  for (let batch = 0; batch <= batches; batch += 1) {
    const since = performance.now();
    const before = process.threadCpuUsage();
    let runs = 0;
    do {
      events = simulator.run({ rule }).events;
      runs += 1;
    } while (performance.now() - since < BATCH_MS);
    const { user, system } = process.threadCpuUsage(before);
    if (batch > 0) millis.push((user + system) / 1000 / runs);
  }
  const one = median(millis);
  return {
    operationsPerSecond: (instance.operationCount / one) * 1000,
    eventsPerSecond: (events / one) * 1000,
    millis: one,
  };
}

/** 4.83 M */
export function millions(value: number): string {
  return `${(value / 1e6).toFixed(2)} M`;
}
