import type { Rule } from '@libs/simulation';
import { growthExponent } from '../figures';
import { table } from '../markdown';
import { largeShop } from './instances';
import { measureSpeed, millions } from './measure';
import type { Section } from './section';

const JOBS = [250, 1000, 4000];
const RULES: readonly Rule[] = ['FIFO', 'SPT', 'SLACK', 'MWKR'];

/** What the same machine's measurements differ by from run to run, in the exponent. */
const SPREAD = 0.05;

/** How time grows with jobs on the same machines, beside n log n. */
export const growthSection: Section = ({ isQuick }) => {
  const shops = JOBS.map((jobs) => ({ jobs, instance: largeShop(jobs) }));
  // n counts jobs: they are what waits in queues, and the operations are fifty times as many at each size.
  const expected = growthExponent(shops.map(({ jobs }) => ({ x: jobs, y: jobs * Math.log(jobs) })));
  let steepest = -Infinity;
  const rows = RULES.map((rule) => {
    const speeds = shops.map(({ instance }) => measureSpeed(instance, rule, isQuick ? 2 : undefined));
    const exponent = growthExponent(speeds.map(({ millis }, i) => ({ x: shops[i].jobs, y: millis })));
    steepest = Math.max(steepest, exponent);
    const cells = speeds.map(
      ({ millis, operationsPerSecond }) => `${millis.toFixed(2)} (${millions(operationsPerSecond)}/s)`,
    );
    return [rule, ...cells, exponent.toFixed(2)];
  });
  return Promise.resolve({
    title: 'Growth with jobs',
    blocks: [
      table(['rule', ...JOBS.map((jobs, i) => `${4 ** i}x: ${jobs} jobs, ms`), 'exponent'], rows),
      `Time grows with the jobs to the power of the last column, by least squares on the logarithms; n log n has ${expected.toFixed(2)} over
these sizes. What is above it are the processor's caches: the working memory of the largest no longer fits the nearer ones.`,
    ],
    verdicts: [
      {
        target: `time grows at most as n log n with the jobs (exponents within ${SPREAD}, the spread of measurements)`,
        found: `exponent ${steepest.toFixed(2)}, n log n has ${expected.toFixed(2)}`,
        isReached: steepest <= expected + SPREAD,
      },
    ],
  });
};
