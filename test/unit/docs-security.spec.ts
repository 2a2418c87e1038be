import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const TEXT = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const ROWS = TEXT.split('\n').filter((line) => /^\| API\d+ /.test(line));
/** [file, name] of every test that the table says shows something. */
const SHOWN = ROWS.flatMap((row) =>
  [...row.matchAll(/`([\w/.-]+\.spec\.ts)` › (.+?)(?= <br> | *\|)/g)].map(([, file, name]) => [file, name]),
);

describe('the table of risks in docs/security.md', () => {
  it('has the ten of OWASP, each shown by a test', () => {
    expect(ROWS.map((row) => row.match(/^\| (API\d+) /)?.[1])).toEqual(
      Array.from({ length: 10 }, (_, i) => `API${i + 1}`),
    );
    expect(ROWS.filter((row) => !row.includes('.spec.ts` › '))).toEqual([]);
  });

  it.each(SHOWN)('%s has the test: %s', (file, name) => {
    const path = join(ROOT, file);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(`'${name}`);
  });
});
