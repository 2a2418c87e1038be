import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReaderProcess } from './reader-process';

const ANSWER = "process.send({ id, answer: { kind: 'refused', code: 'X' }, peakBytes: 1 })";

describe('a reader in a process of its own', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'reader-process-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A program that does so when it is asked. */
  function reader(whenAsked: string, begin = ''): ReaderProcess {
    const path = join(folder, 'program.js');
    writeFileSync(path, `${begin}; process.on('message', ({ id }) => { ${whenAsked} }); process.send('ready');`);
    return new ReaderProcess(relative(__dirname, path));
  }
  const request = { path: 'none.xlsx', asFactory: false };
  const answered = { kind: 'refused', code: 'X' };

  it('answers, and ends when it is told to', async () => {
    const process = reader(ANSWER);
    await expect(process.ask(request)).resolves.toMatchObject(answered);
    await expect(process.ask(request)).resolves.toMatchObject(answered);
    expect(process.lateEnd()).toBeUndefined();
    await expect(process.end()).resolves.toBeUndefined();
  });

  it('tells of an end after the answer, and then reads in a new process', async () => {
    const process = reader(`${ANSWER}; setTimeout(() => { throw new Error('too late') }, 20)`);
    await expect(process.ask(request)).resolves.toMatchObject(answered);
    while (process.lateEnd() === undefined) await sleep(10);
    expect(process.lateEnd()).toMatch(/^ends the process after its answer \(1\): [^]*too late/);
    await expect(process.ask(request)).resolves.toMatchObject(answered);
    expect(process.lateEnd()).toBeUndefined();
    // It fails while it is let go.
    await expect(process.end()).resolves.toContain('too late');
  });

  it('tells of a crash instead of an answer', async () => {
    const process = reader("throw new Error('at once')");
    await expect(process.ask(request)).resolves.toMatchObject({ kind: 'crashed' });
    await expect(process.end()).resolves.toBeUndefined();
  });

  it('does not count its start as reading', async () => {
    const process = reader(ANSWER, 'const until = Date.now() + 400; while (Date.now() < until);');
    const { seconds } = await process.ask(request);
    expect(seconds).toBeLessThan(0.3);
    await process.end();
  });
});
