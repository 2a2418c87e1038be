import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/ingestion.md'), 'utf8');

/** The files that give rows and loads their codes. XLSX_… codes have a guide and a test of their own. */
function sources(): string[] {
  const under = (dir: string, ending: RegExp): string[] =>
    readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name) && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(join(ROOT, dir, name), 'utf8'));
  return [
    ...under('libs/workbook/src', /\.ts$/),
    ...under('src/ingestion', /\.(ts|sql)$/),
    ...under('src/cli', /^[^/]+\.ts$|commands\/(ingest|report)\.ts$/),
  ];
}

/** What gives a code: `code: 'X'`, `Code = 'X' | 'Y'`, `CliError('X'`, a SQL literal of reasons and issues. */
const KNOWN_NOUNS =
  /^(NULL|INVALID|ERROR|UNKNOWN|ORPHAN|SENTINEL|FUTURE|CONFLICTING|MISSING|STALE|SHEET|HEADER|MAPPING|MASS|WORKBOOK|PATH|UPLOAD|DISK|DATABASE|QUEUE|INGESTION|RUN|COUNT|INTERNAL|SCHEMA|NO)_[A-Z_]+$/;
/** Words of the same shape that are no codes. */
const OTHER = new Set(['NO_OP', 'NO_DATA', 'NO_ALIASES', 'UPLOAD_ABORTED', 'INVALID_REQUEST']);

describe('docs/ingestion.md', () => {
  const codes = new Set(
    sources()
      .flatMap((text) => [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map((match) => match[1]))
      .filter((code) => KNOWN_NOUNS.test(code) && !OTHER.has(code)),
  );

  it('is compared with the codes that the source really has', () => {
    expect([...codes]).toEqual(
      expect.arrayContaining(['NULL_KEY', 'STALE_OPEN_PHASE', 'MASS_ABSENCE', 'INGESTION_BUSY']),
    );
  });

  it.each([...codes].sort())('says what %s means and how to mend it', (code) => {
    expect(GUIDE).toMatch(new RegExp(`^\\| \`${code}\` `, 'm'));
  });

  it('explains no code that the source no longer has', () => {
    const explained = [...GUIDE.matchAll(/^\| `([A-Z]+(?:_[A-Z]+)+)` /gm)].map((match) => match[1]);
    expect(explained.filter((code) => !codes.has(code))).toEqual([]);
  });
});
