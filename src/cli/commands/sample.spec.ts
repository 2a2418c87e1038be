import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { SAMPLE_MARKER } from '@libs/sample';
import { Workbook } from '@libs/xlsx';
import { parseFaults, runSample, type SampleCommandOptions } from './sample';

describe('runSample', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cli-sample-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(options: Partial<SampleCommandOptions>): Promise<{ code: number; out: string; err: string }> {
    const out = new PassThrough();
    const err = new PassThrough();
    const code = await runSample({ scale: 0.002, seed: 7, out: join(folder, 'a.xlsx'), ...options }, out, err);
    const text = (stream: PassThrough): string => (stream.read() as Buffer | null)?.toString() ?? '';
    return { code, out: text(out), err: text(err) };
  }

  it('writes a marked workbook under its name and prints what it holds', async () => {
    const { code, out, err } = await run({ fault: ['textInNumber=0.01'] });
    expect([code, err]).toEqual([0, '']);
    // 519,079 · 0.002 = 1,038 phases, of which 1 % are 10.
    expect(out).toMatch(/^ {2}FasesOrdemFabrico +1,038 /m);
    expect(out).toMatch(/^ {2}textInNumber +10$/m);
    expect(out).toContain('(32.');
    const workbook = await Workbook.open(join(folder, 'a.xlsx'));
    expect(workbook.parts.some((part) => part.name === SAMPLE_MARKER)).toBe(true);
    await workbook.close();
  });

  it.each<[string, Partial<SampleCommandOptions>, string]>([
    ['scale 0', { scale: 0 }, 'SAMPLE_OPTION: scale is 0'],
    ['scale 1000', { scale: 1000 }, 'SAMPLE_OPTION: scale is 1000'],
    ['a word for a fault', { fault: ['many'] }, "the fault 'many' is not name=share"],
    ['an unknown fault', { fault: ['typos=0.1'] }, 'there is no fault typos'],
    ['zlib level 10', { level: 10 }, 'SAMPLE_OPTION: level is 10'],
    ['more faults than rows', { fault: ['sentinelStart=0.9', 'staleOpen=0.9'] }, 'SAMPLE_FAULTS_EXCEED'],
  ])('refuses %s in one line, exits 1 and leaves what was there', async (_what, options, message) => {
    await writeFile(join(folder, 'a.xlsx'), 'before');
    const { code, out, err } = await run(options);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(await readFile(join(folder, 'a.xlsx'), 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['a.xlsx']);
  });

  it('names a folder that does not exist, and a target that is one', async () => {
    expect(await run({ out: join(folder, 'none', 'a.xlsx') })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^SAMPLE_OUT: the folder .*none does not exist; create it/) as string,
    });
    expect(await run({ out: folder })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^SAMPLE_OUT: .* is a folder; give a file name/) as string,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('reads name=share pairs', () => {
    expect(parseFaults(['noDate=0.5', 'endBeforeStart=1e-3', 'staleOpen=.25'])).toEqual({
      noDate: 0.5,
      endBeforeStart: 0.001,
      staleOpen: 0.25,
    });
    expect(() => parseFaults(['noDate=-1'])).toThrow('is not name=share');
  });
});
