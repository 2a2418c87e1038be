import { Random } from '@libs/random';
import type { Instance } from '../instance';
import type { Rule } from '../rules';
import { Simulator } from '../simulator';

/** A single station with Poisson arrivals; times in units of a millionth of the mean service. */
export interface QueueSystem {
  servers: number;
  /** 0..1 */
  utilisation: number;
  service: 'exponential' | 'deterministic';
  rule: Rule;
}

/* Read once: millions of draws. */
const { log, round } = Math;

const SERVICE = 1_000_000;
const CUSTOMERS_PER_RUN = 200_000;
const TWO_32 = 2 ** 32;
const ARRIVALS = 1;
const SERVICES = 2;

/**
 * The mean wait in queue over many customers, in mean service times. Each run begins empty, which over 200,000 customers
 * weighs less than a thousandth.
 */
export function simulatedMeanWait(
  system: QueueSystem,
  runs: number,
  seed: number,
  customers = CUSTOMERS_PER_RUN,
): number {
  const instance = emptyQueue(system.servers, customers);
  const simulator = new Simulator(instance);
  let sum = 0;
  for (let run = 0; run < runs; run += 1) {
    draw(instance, system, seed, run);
    const { start } = simulator.run({ rule: system.rule, seed: seed + run });
    for (let customer = 0; customer < customers; customer += 1) sum += start[customer] - instance.release[customer];
  }
  return sum / runs / customers / SERVICE;
}

function draw(instance: Instance, { servers, utilisation, service }: QueueSystem, seed: number, run: number): void {
  const arrivals = new Random(seed, ARRIVALS, run);
  const services = new Random(seed, SERVICES, run);
  const between = SERVICE / (utilisation * servers);
  let at = 0;
  for (let customer = 0; customer < instance.jobCount; customer += 1) {
    at += exponential(arrivals, between);
    const moment = round(at);
    instance.release[customer] = moment;
    instance.queuedSince[customer] = moment;
    instance.duration[customer] = service === 'exponential' ? round(exponential(services, SERVICE)) : SERVICE;
  }
}

/** By inversion; the last digits of a logarithm, which may differ between machines, are lost in rounding. */
function exponential(random: Random, mean: number): number {
  return -mean * log((random.next() + 0.5) / TWO_32);
}

/** Customers of one operation, in the order of arrival; built directly, since a specification of them would be large. */
function emptyQueue(servers: number, customers: number): Instance {
  const numbers = (fill: number): Float64Array => new Float64Array(customers).fill(fill);
  return {
    start: 0,
    jobCount: customers,
    operationCount: customers,
    resourceCount: 1,
    jobFirst: Int32Array.from({ length: customers + 1 }, (_, i) => i),
    release: numbers(0),
    queuedSince: numbers(0),
    due: numbers(Infinity),
    weight: numbers(1),
    priorityClass: new Int32Array(customers),
    inProcessSince: numbers(NaN),
    inProcessRemaining: numbers(NaN),
    arrivals: Int32Array.from({ length: customers }, (_, i) => i),
    operationJob: Int32Array.from({ length: customers }, (_, i) => i),
    operationResource: new Int32Array(customers),
    duration: numbers(0),
    capacity: Int32Array.of(servers),
    speed: Float64Array.of(1),
    calendarOf: Int32Array.of(-1),
    calendars: [],
  };
}
