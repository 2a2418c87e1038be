import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerLog } from './server-log';

describe('ServerLog', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'server-log-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('sets a log of 10 MB aside, and the server goes on at the beginning of an empty one', () => {
    const log = new ServerLog(dataDir);
    log.withFile((fd) => {
      appendFileSync(log.path, 'x'.repeat(10 * 1024 * 1024));
      log.rotate();
      writeSync(fd, 'next\n');
    });
    expect(readFileSync(log.path, 'utf8')).toBe('next\n');
    expect(statSync(`${log.path}.1`).size).toBe(10 * 1024 * 1024);
  });

  it('leaves a smaller one alone', () => {
    const log = new ServerLog(dataDir);
    log.withFile((fd) => writeSync(fd, 'line\n'));
    log.rotate();
    expect(readFileSync(log.path, 'utf8')).toBe('line\n');
  });
});
