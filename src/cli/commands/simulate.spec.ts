import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { PUBLISHED_INSTANCES } from '@libs/simulation';
import { describeFailure } from '../cli-error';
import { EXIT } from '../exit-codes';
import { runSimulate } from './simulate';

describe('simulate --jobshop FILE', () => {
  const directory = mkdtempSync(join(tmpdir(), 'simulate-spec-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  const write = (text: string): string => {
    const file = join(directory, 'instance.txt');
    writeFileSync(file, text);
    return file;
  };
  const outputOf = async (file: string, rule: string, seed = 0): Promise<string> => {
    const out = new PassThrough({ encoding: 'utf8' });
    expect(await runSimulate({ jobshop: file, rule, seed }, out)).toBe(EXIT.OK);
    out.end();
    let text = '';
    for await (const piece of out) text += piece as string;
    return text;
  };
  const failureOf = async (file: string, rule = 'SPT') => {
    const error: unknown = await runSimulate({ jobshop: file, rule, seed: 0 }, new PassThrough()).catch(
      (e: unknown) => e,
    );
    return describeFailure(error);
  };

  it('prints one line of JSON that begins with the makespan', async () => {
    const text = await outputOf(write(PUBLISHED_INSTANCES.ft06), 'SPT');
    expect(text).toMatch(/^\{"makespan":88,.*\}\n$/);
    expect(JSON.parse(text)).toMatchObject({ makespan: 88, rule: 'SPT', jobs: 6, machines: 6, operations: 36 });
  });

  it('takes rules in small letters, and gives the same bytes for the same seed', async () => {
    const file = write(PUBLISHED_INSTANCES.la01);
    expect(JSON.parse(await outputOf(file, 'mwkr'))).toMatchObject({ rule: 'MWKR' });
    expect(await outputOf(file, 'RANDOM', 7)).toBe(await outputOf(file, 'RANDOM', 7));
    expect(await outputOf(file, 'RANDOM', 7)).not.toBe(await outputOf(file, 'RANDOM', 8));
  });

  it('refuses with a code, the place and a remedy, and exit code 1', async () => {
    expect(await failureOf(join(directory, 'none'))).toMatchObject({
      exitCode: EXIT.FAILED,
      text: expect.stringMatching(/^JOBSHOP_NOT_FOUND: /),
    });
    expect(await failureOf(write('2 2\n0 1 1 2\n0 x 1 2\n'))).toMatchObject({
      exitCode: EXIT.FAILED,
      text: expect.stringMatching(/^JOBSHOP_FORMAT \(.*instance\.txt, line 3\): x is no whole number/),
    });
    expect(await failureOf(write(PUBLISHED_INSTANCES.ft06), 'FASTEST')).toMatchObject({
      exitCode: EXIT.FAILED,
      text: expect.stringMatching(/^UNKNOWN_RULE: .*\nGive one of FIFO, EDD, /),
    });
  });
});
