import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlFile, preparedName } from './sql-file';

describe('sqlFile', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sql-file-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('gives the text under the name of the file', () => {
    writeFileSync(join(dir, 'find_order.sql'), '-- An order.\nSELECT 1\n');
    expect(sqlFile(dir, 'find_order.sql')).toEqual({ name: 'find_order', text: '-- An order.\nSELECT 1' });
  });

  it('reads a file once', () => {
    writeFileSync(join(dir, 'a.sql'), 'SELECT 1');
    expect(sqlFile(dir, 'a.sql')).toBe(sqlFile(dir, 'a.sql'));
  });

  it('says which file is missing or empty', () => {
    expect(() => sqlFile(dir, 'gone.sql')).toThrow(join(dir, 'gone.sql'));
    writeFileSync(join(dir, 'blank.sql'), '\n');
    expect(() => sqlFile(dir, 'blank.sql')).toThrow('blank.sql is empty');
  });
});

describe('preparedName', () => {
  it('is one for one text, another for another text of the same name, and short enough for PostgreSQL', () => {
    const one = { name: 'read', text: 'SELECT 1' };
    expect(preparedName(one)).toBe(preparedName({ ...one }));
    expect(preparedName(one)).not.toBe(preparedName({ name: 'read', text: 'SELECT 2' }));
    expect(preparedName({ name: 'x'.repeat(100), text: 'SELECT 3' }).length).toBeLessThan(64);
  });
});
