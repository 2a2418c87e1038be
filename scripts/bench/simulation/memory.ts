import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildInstance, PUBLISHED_INSTANCES, readJobshop, RULES, simulate, Simulator } from '@libs/simulation';
import { table } from '../markdown';
import type { Section } from './section';

const RUNS = 10_000;
const MARKS = [1000, 4000, 7000, RUNS];
/** Growth that counts as none, of what is in use after a collection. */
const FLAT_BYTES = 256 * 1024;

/** What is in use after collections while the same process runs 10,000 times. */
export const memorySection: Section = () => {
  const instance = buildInstance(readJobshop(PUBLISHED_INSTANCES.la40));
  const simulator = new Simulator(instance);
  const used: number[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const rule = RULES[run % RULES.length];
    if (run % 2 === 0) simulator.run({ rule, seed: run });
    else simulate(instance, { rule, seed: run });
    if (MARKS.includes(run)) used.push(collectAndLook());
  }
  const growth = Math.max(...used) - used[0];
  return Promise.resolve({
    title: 'Memory over 10,000 runs',
    blocks: [
      table(
        ['after runs', 'in use after a collection, MB'],
        MARKS.map((mark, i) => [mark.toLocaleString('en-US'), (used[i] / 1e6).toFixed(2)]),
      ),
      'la40, rules in turn, half of the runs in one simulator and half in a new one each; heap and array buffers together.',
    ],
    verdicts: [
      {
        target: 'memory is flat over 10,000 runs (within 256 KiB)',
        found: `${(growth / 1024).toFixed(0)} KiB more than after the first 1,000`,
        isReached: growth <= FLAT_BYTES,
      },
    ],
  });
};

function collectAndLook(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i += 1) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
