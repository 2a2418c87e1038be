import { Random } from '@libs/random';
import { buildInstance } from '../build-instance';
import type { InstanceSpec } from '../instance';
import { PUBLISHED_INSTANCES } from '../jobshop/published-instances';
import { readJobshop } from '../jobshop/read-jobshop';
import { RULES } from '../rules';
import { simulate } from '../simulator';
import { SIMULATION_ENGINE_VERSION } from '../version';
import { generateShop } from './generate-shop';
import { conservationViolations, littleViolations, monotonicityViolations, relabellingViolations } from './invariants';
import { PUBLISHED_RESULTS } from './published-results';
import { type QueueSystem, simulatedMeanWait } from './queue-run';
import { meanWaitMD1, meanWaitMMc } from './queueing-theory';

export type ValidationGroup = 'job_shop' | 'queueing' | 'invariant';

export interface ValidationCheck {
  group: ValidationGroup;
  name: string;
  /** What the two figures are, with their unit. */
  measure: string;
  computed: number;
  expected: number;
  /** Largest deviation that passes, relative to expected; 0: exact. */
  tolerance: number;
  /** |computed - expected| / expected; the difference itself where expected is 0. */
  deviation: number;
  passed: boolean;
  /** Where the expected figure comes from. */
  source: string;
}

export interface ValidationReport {
  engineVersion: string;
  passed: boolean;
  checks: ValidationCheck[];
}

const QUEUE_TOLERANCE = 0.02;
const SEED = 1;
/** Generated instances for each invariant. */
const CASES = 200;

const MMC = 'Erlang C formula: Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory';
const MD1 = 'Pollaczek-Khinchine formula';

const QUEUES: readonly { name: string; system: QueueSystem; runs: number; expected: number; source: string }[] = [
  queue('M/M/1', 1, 0.5, 'exponential', 5),
  queue('M/M/1', 1, 0.7, 'exponential', 10),
  queue('M/M/1', 1, 0.7, 'exponential', 10, 'RANDOM'),
  queue('M/M/3', 3, 0.7, 'exponential', 10),
  queue('M/M/10', 10, 0.8, 'exponential', 10),
  queue('M/D/1', 1, 0.5, 'deterministic', 5),
  queue('M/D/1', 1, 0.7, 'deterministic', 10),
];

function queue(
  kind: string,
  servers: number,
  utilisation: number,
  service: QueueSystem['service'],
  runs: number,
  rule: QueueSystem['rule'] = 'FIFO',
): (typeof QUEUES)[number] {
  return {
    name: `${kind}, utilisation ${utilisation}, ${rule}`,
    system: { servers, utilisation, service, rule },
    runs,
    expected: service === 'exponential' ? meanWaitMMc(servers, utilisation) : meanWaitMD1(utilisation),
    source: service === 'exponential' ? MMC : MD1,
  };
}

/**
 * Runs the engine against what is known: published schedules, queueing theory, and laws that hold of every run. Some
 * seconds of computation, the same figures at each call.
 */
export function validate(): ValidationReport {
  const checks = [...jobShopChecks(), ...queueingChecks(), ...invariantChecks()];
  return { engineVersion: SIMULATION_ENGINE_VERSION, passed: checks.every(({ passed }) => passed), checks };
}

function jobShopChecks(): ValidationCheck[] {
  return PUBLISHED_RESULTS.map(({ instance, rule, makespan }) =>
    compared({
      group: 'job_shop',
      name: `${instance} ${rule}`,
      measure: 'makespan, in the units of the instance',
      computed: simulate(buildInstance(readJobshop(PUBLISHED_INSTANCES[instance])), { rule }).makespan,
      expected: makespan,
      tolerance: 0,
      source: 'known non-delay schedule, ties by the lowest job number',
    }),
  );
}

function queueingChecks(): ValidationCheck[] {
  return QUEUES.map(({ name, system, runs, expected, source }) =>
    compared({
      group: 'queueing',
      name,
      measure: 'mean wait in queue, in mean service times',
      computed: simulatedMeanWait(system, runs, SEED),
      expected,
      tolerance: QUEUE_TOLERANCE,
      source,
    }),
  );
}

function invariantChecks(): ValidationCheck[] {
  const laws: [name: string, source: string, violations: (seed: number) => number][] = [
    [
      'Little’s law on runs that begin and end empty',
      'Little, A proof for the queuing formula L = λW, 1961',
      (seed) => littleViolations(simulate(buildInstance(shop(seed)), { rule: ruleOf(seed), seed })),
    ],
    [
      'work conservation: no server is free while a job waits for it, and no work is lost',
      'definition of a non-delay schedule',
      (seed) => conservationViolations(simulate(buildInstance(shop(seed)), { rule: ruleOf(seed), seed })),
    ],
    [
      'monotonicity of a single-server queue: longer services make no departure earlier',
      'Lindley’s recursion',
      (seed) => monotonicityViolations(customers(seed)),
    ],
    [
      'invariance under relabelling of jobs and resources',
      'numbers carry no meaning but between equal keys',
      (seed) => relabelled(seed),
    ],
  ];
  return laws.map(([name, source, violations]) => {
    let computed = 0;
    for (let seed = 1; seed <= CASES; seed += 1) computed += violations(seed);
    const measure = `violations in ${CASES} generated instances`;
    return compared({ group: 'invariant', name, measure, computed, expected: 0, tolerance: 0, source });
  });
}

/** 5 to 24 jobs on 2 to 6 resources of up to 3 servers, some operations more than resources. */
function shop(seed: number): InstanceSpec {
  const jobs = 5 + (seed % 20);
  const machines = 2 + (seed % 5);
  return generateShop({ jobs, machines, operations: machines + (seed % 3), servers: 3, lastRelease: 200 }, seed);
}

function ruleOf(seed: number): (typeof RULES)[number] {
  return RULES[seed % RULES.length];
}

function customers(seed: number): { release: number; duration: number; extra: number }[] {
  const random = new Random(seed, 3);
  let release = 0;
  return Array.from({ length: 50 }, () => {
    release += random.below(20);
    return { release, duration: random.below(20), extra: random.below(4) === 0 ? random.below(10) : 0 };
  });
}

/** With durations that all differ, SPT has no ties. */
function relabelled(seed: number): number {
  const spec = shop(seed);
  const random = new Random(seed, 4);
  let next = 0;
  const total = spec.jobs.reduce((sum, { operations }) => sum + operations.length, 0);
  const durations = shuffled(total, random);
  const jobs = spec.jobs.map((job) => ({
    ...job,
    operations: job.operations.map(({ resource }) => ({ resource, duration: 1 + durations[next++] })),
  }));
  const resources = shuffled(spec.resources.length, random);
  return relabellingViolations({ ...spec, jobs }, 'SPT', resources, shuffled(jobs.length, random));
}

function shuffled(length: number, random: Random): number[] {
  const list = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i -= 1) {
    const k = random.below(i + 1);
    [list[i], list[k]] = [list[k], list[i]];
  }
  return list;
}

function compared(check: Omit<ValidationCheck, 'deviation' | 'passed'>): ValidationCheck {
  const difference = Math.abs(check.computed - check.expected);
  const deviation = check.expected === 0 ? difference : difference / check.expected;
  return { ...check, deviation, passed: deviation <= check.tolerance };
}
