import { performance } from 'node:perf_hooks';
import { type Instance, type Rule, Simulator } from '@libs/simulation';
import { median } from '../figures';

export interface Speed {
  /** median of the batches */
  operationsPerSecond: number;
  eventsPerSecond: number;
  /** one run, milliseconds */
  millis: number;
}

const BATCHES = 7;
const BATCH_MS = 250;

/** Runs one instance over and over, in batches of a quarter of a second after one to warm up. */
export function measureSpeed(instance: Instance, rule: Rule, batches = BATCHES): Speed {
  const simulator = new Simulator(instance);
  const millis: number[] = [];
  let events = 0;
  for (let batch = 0; batch <= batches; batch += 1) {
    const since = performance.now();
    let runs = 0;
    let took = 0;
    do {
      events = simulator.run({ rule }).events;
      runs += 1;
      took = performance.now() - since;
    } while (took < BATCH_MS);
    if (batch > 0) millis.push(took / runs);
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
