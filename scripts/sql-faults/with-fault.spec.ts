import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sqlFiles from '../../src/database/sql-file';
import { FIGURES } from './faults/figures';
import { TreeCopy } from './tree-copy';
import { markOf, withFault } from './with-fault';

describe('a fault in the SQL', () => {
  let dir: string;
  const copies: string[] = [];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sql-faults-spec-'));
    mkdirSync(join(dir, 'sql'));
    writeFileSync(join(dir, 'sql/one.sql'), 'SELECT {{what}} WHERE a < $1');
    writeFileSync(join(dir, 'sql/other.sql'), 'SELECT 1 WHERE a < $1');
  });
  afterEach(() => {
    for (const folder of [dir, ...copies.splice(0)]) rmSync(folder, { recursive: true, force: true });
  });

  it('makes one statement wrong, which keeps its name and its places, and leaves the others', () => {
    const fault = { sql: 'sql/one.sql', find: 'a <', replace: 'a <=' };
    const wrong = withFault(sqlFiles, fault, 3);
    const text = `SELECT {{what}} WHERE a <= $1\n${markOf(3)}`;
    expect(wrong.sqlFile(dir, 'sql/one.sql')).toEqual({ name: 'one', text });
    expect(wrong.statementName(text)).toBe('one');
    expect(wrong.sqlFile(dir, 'sql/other.sql').text).toBe('SELECT 1 WHERE a < $1');
  });

  it('stands in its file for as long as it is tried, and cannot be made where its text stands twice or not at all', async () => {
    writeFileSync(join(dir, 'sql/one.sql'), 'a < 1 AND b < 2');
    execFileSync('git', ['init', '--quiet'], { cwd: dir });
    const copy = mkdtempSync(join(tmpdir(), 'sql-faults-spec-'));
    copies.push(copy);
    const tree = TreeCopy.make(dir, copy);
    const path = join(copy, 'sql/one.sql');
    const fault = { sql: 'sql/one.sql', mistake: '', specs: [], find: 'a <', replace: 'a <=' };
    expect(await tree.with(fault, () => Promise.resolve(readFileSync(path, 'utf8')))).toBe('a <= 1 AND b < 2');
    expect(readFileSync(path, 'utf8')).toBe('a < 1 AND b < 2');
    expect(readFileSync(join(dir, 'sql/one.sql'), 'utf8')).toBe('a < 1 AND b < 2');
    expect(tree.check(fault)).toBeUndefined();
    expect(tree.check({ ...fault, find: '<' })).toBe('its text stands there 2 times');
    expect(tree.check({ ...fault, find: 'c' })).toBe('its text is not there');
    expect(tree.check({ ...fault, replace: 'a <' })).toBe('it changes nothing');
  });

  it('is told with its statement and with the specs that must notice it', () => {
    expect(FIGURES[0]).toMatchObject({
      sql: 'src/published/figures/sql/kpi_overview.sql',
      find: 'of_data_acabamento < $2',
      specs: ['kpis/kpis', 'contract/verify'],
    });
  });
});
