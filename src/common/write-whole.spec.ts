import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './write-whole';

describe('writing a file whole', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'prodplan-whole-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('replaces what was there and leaves nothing beside it', async () => {
    await writeWhole(join(dir, 'report.json'), 'old');
    await writeWhole(join(dir, 'report.json'), 'new');
    expect(readFileSync(join(dir, 'report.json'), 'utf8')).toBe('new');
    expect(readdirSync(dir)).toEqual(['report.json']);
  });

  it('leaves nothing beside it where it cannot be put in place', async () => {
    mkdirSync(join(dir, 'report.json'));
    await expect(writeWhole(join(dir, 'report.json'), 'new')).rejects.toThrow();
    expect(readdirSync(dir)).toEqual(['report.json']);
  });
});
