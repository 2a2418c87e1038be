import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInstance } from './check-instance';

const INSTANCES = join(__dirname, 'instances');

/** The shortest schedule that is known of each (instances/README.md); no rule finds a shorter one. */
const SHORTEST: [string, number][] = [
  ['abz6', 943],
  ['ft20', 1165],
  ['la10', 958],
  ['orb03', 1005],
  ['swv01', 1407],
  ['yn1', 884],
];

describe('published job-shop instances', () => {
  it.each(SHORTEST)('%s runs by every rule, and each schedule is possible', async (name, shortest) => {
    const checked = await checkInstance(join(INSTANCES, `${name}.txt`));
    expect(checked.faults).toEqual([]);
    expect(checked.operations).toBe(checked.jobs * checked.machines);
    expect(checked.lowerBound).toBeLessThanOrEqual(shortest);
    for (const makespan of checked.makespans.values()) expect(makespan).toBeGreaterThanOrEqual(shortest);
  });

  it('has no file here that is not run', () => {
    const names = readdirSync(INSTANCES).filter((name) => name.endsWith('.txt'));
    expect(names.sort()).toEqual(SHORTEST.map(([name]) => `${name}.txt`));
  });
});

describe('small and odd instances', () => {
  const directory = mkdtempSync(join(tmpdir(), 'jobshop-spec-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const made = (text: string): ReturnType<typeof checkInstance> => {
    const file = join(directory, 'instance.txt');
    writeFileSync(file, text);
    return checkInstance(file);
  };

  it.each([
    // The bound is the longest job or the busiest machine, and with so few jobs or machines it is reached.
    ['one job', '1 3\n2 4 0 5 1 6\n', 15],
    ['one machine', '3 1\n0 4\n0 5\n0 6\n', 15],
    ['one job on one machine', '1 1\n0 7\n', 7],
    ['durations of 0', '2 2\n0 0 1 0\n1 0 0 0\n', 0],
    ['some durations of 0', '2 2\n0 0 1 3\n1 0 0 2\n', 3],
    ['a machine that nobody needs', '2 3\n0 1\n0 2\n', 3],
    [
      'comments, trailing spaces, blank lines and line ends of Windows',
      '# two jobs\r\n\r\n2 1  \r\n0 1 \t\r\n\r\n0 2  \r\n',
      3,
    ],
  ])('run: %s', async (_, text, makespan) => {
    const { faults, makespans, lowerBound } = await made(text);
    expect(faults).toEqual([]);
    expect(lowerBound).toBe(makespan);
    for (const each of makespans.values()) expect(each).toBe(makespan);
  });
});
