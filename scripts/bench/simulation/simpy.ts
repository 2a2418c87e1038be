import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Instance, simulate } from '@libs/simulation';
import { median } from '../figures';
import { table } from '../markdown';
import { largeShop, MACHINES } from './instances';
import { measureSpeed, millions } from './measure';
import type { Section } from './section';

/** The model stands in the sources only; npm runs scripts in the repository. */
const MODEL = join(process.cwd(), 'scripts/bench/simulation/simpy_model.py');
const PYTHONS = ['python3', '/usr/bin/python3'];
const TARGET = 15;
const RULES = ['FIFO', 'SPT'] as const;

interface PeerAnswer {
  seconds: number[];
  makespan: number;
  version: string;
}

/** SimPy on the same instance, in the same run; left out where Python or SimPy is not there. */
export const simpySection: Section = ({ isQuick }) => {
  const python = PYTHONS.find((command) => spawnSync(command, ['-c', 'import simpy']).status === 0);
  if (python === undefined) return Promise.resolve(undefined);
  const instance = largeShop(1000);
  const rows: string[][] = [];
  let least = Infinity;
  let version = '';
  for (const rule of RULES) {
    const peer = runPeer(python, instance, rule, isQuick ? 1 : 3);
    const seconds = median(peer.seconds);
    const own = measureSpeed(instance, rule, isQuick ? 2 : undefined);
    const factor = (seconds * 1000) / own.millis;
    version = peer.version;
    least = Math.min(least, factor);
    rows.push([
      rule,
      millions(own.operationsPerSecond),
      millions(instance.operationCount / seconds),
      `${factor.toFixed(1)} x`,
      String(simulate(instance, { rule }).makespan),
      String(peer.makespan),
    ]);
  }
  return Promise.resolve({
    title: `Beside SimPy ${version}`,
    blocks: [
      table(['rule', 'operations/s', 'SimPy operations/s', 'as fast', 'makespan', 'SimPy makespan'], rows),
      `1,000 jobs x 50 operations x 50 machines; \`scripts/bench/simulation/simpy_model.py\` is the model, with a priority resource a machine.
SimPy hands a machine on in the midst of a moment's completions, before the last job of that moment has joined the queue, so that
its schedule may differ where completions fall together.`,
    ],
    verdicts: [
      {
        target: 'at least 15 x as fast as SimPy on the same instance',
        found: `${least.toFixed(1)} x`,
        isReached: least >= TARGET,
      },
    ],
  });
};

function runPeer(python: string, instance: Instance, rule: string, runs: number): PeerAnswer {
  const { jobCount, jobFirst, operationResource, duration } = instance;
  const jobs = Array.from({ length: jobCount }, (_, job) => {
    const operations: number[][] = [];
    for (let i = jobFirst[job]; i < jobFirst[job + 1]; i += 1) operations.push([operationResource[i], duration[i]]);
    return operations;
  });
  const input = JSON.stringify({ machines: MACHINES, jobs, rule, runs });
  const { status, stdout, stderr } = spawnSync(python, [MODEL], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`the SimPy model failed: ${stderr}`);
  return JSON.parse(stdout) as PeerAnswer;
}
