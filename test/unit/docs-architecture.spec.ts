import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface ImportTable {
  SRC: Record<string, string[]>;
  LIBS: Record<string, string[]>;
  FACADES: Record<string, string[]>;
}
interface Cruise {
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

const ROOT = join(__dirname, '../..');
const TABLE = jest.requireActual<ImportTable>('../../scripts/check/import-table.cjs');

/** Imports that the architecture forbids, each with the rule that must catch it. */
const FORBIDDEN: [from: string, to: string, rule: string][] = [
  ['src/common/a.ts', 'src/database/a.ts', 'src-common'],
  ['src/database/b.ts', 'src/queue/a.ts', 'src-database'],
  ['src/ingestion/ingestion.service.ts', 'src/prodplan/prodplan.module.ts', 'src-ingestion'],
  ['src/prodplan/orders.service.ts', 'src/ingestion/ingestion.service.ts', 'src-prodplan'],
  ['src/ops/health.service.ts', 'src/prodplan/prodplan.module.ts', 'src-ops'],
  ['src/published/a.ts', 'src/ingestion/ingestion.service.ts', 'src-published'],
  ['src/auth/a.ts', 'src/published/a.ts', 'src-auth'],
  ['src/app.module.ts', 'src/ingestion/pipeline/pipeline.ts', 'facade-ingestion'],
  ['src/cli/main.ts', 'src/ingestion/pipeline/pipeline.ts', 'facade-for-cli'],
  ['src/cli/b.ts', 'src/prodplan/prodplan.module.ts', 'src-cli'],
  ['src/ingestion/a.ts', 'src/app.module.ts', 'entries-on-top'],
  ['src/ingestion/pipeline/b.ts', 'src/ingestion/http/run-views.ts', 'loading-knows-no-http'],
  ['src/newcomer/a.ts', 'src/newcomer/b.ts', 'folders-are-in-the-table'],
  ['src/common/c.ts', 'test/support/app.ts', 'product-without-tests'],
  ['libs/xlsx/src/a.ts', 'src/common/a.ts', 'libs-are-pure'],
  ['libs/xlsx/src/b.ts', 'node_modules/pg/index.js', 'libs-are-pure'],
  ['libs/xlsx/src/c.ts', 'libs/workbook/src/index.ts', 'libs-xlsx'],
  ['libs/workbook/src/a.ts', 'libs/xlsx/src/c.ts', 'libs-by-their-door-between-libs'],
  ['src/ingestion/b.ts', 'libs/xlsx/src/c.ts', 'libs-by-their-door'],
  ['scripts/a.ts', 'libs/xlsx/src/c.ts', 'libs-by-their-door'],
  ['migrations/1-make.ts', 'src/database/a.ts', 'migrations-stand-alone'],
];
const ALLOWED: [from: string, to: string][] = [
  ['src/ingestion/http/c.ts', 'src/ingestion/ingestion.service.ts'],
  ['src/cli/c.ts', 'src/ingestion/pipeline/run-store.ts'],
  ['src/ops/ops.module.ts', 'src/published/b.ts'],
  ['src/ingestion/d.ts', 'libs/xlsx/src/index.ts'],
  ['libs/workbook/src/d.ts', 'libs/xlsx/src/index.ts'],
  ['test/medium/a.ts', 'src/prodplan/orders.service.ts'],
];

/** Writes a repository of nothing but these imports, and returns what check:imports says of it. */
async function violationsOf(imports: readonly [from: string, to: string, ...rest: string[]][]): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'prodplan-imports-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: 'a' });
  };
  try {
    for (const folder of ['src', 'libs', 'migrations', 'test', 'scripts']) write(`${folder}/empty.ts`, '');
    write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext' } }));
    write('package.json', JSON.stringify({ dependencies: { pg: '*' } }));
    for (const [from, to] of imports) {
      write(to, '');
      const up = '../'.repeat(from.split('/').length - 1);
      const name = to.startsWith('node_modules/') ? to.split('/')[1] : `${up}${to.replace(/\.ts$/, '')}`;
      write(from, `import '${name}';\n`);
    }
    const { summary } = await cruise(root);
    return summary.violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** It exits with the number of violations; what it found stands on standard output. */
function cruise(cwd: string): Promise<Cruise> {
  const tool = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const folders = ['src', 'libs', 'migrations', 'test', 'scripts'];
  const options = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [tool, ...folders, ...options], { cwd, maxBuffer: 2 ** 26 }, (_, out, err) => {
      try {
        resolve(JSON.parse(out) as Cruise);
      } catch {
        reject(new Error(`check:imports did not answer: ${err}`));
      }
    });
  });
}

/** `| [x](..) `name` | `a`, `b` |` rows below a heading of docs/architecture.md, as a table of names. */
function tableBelow(heading: string): Record<string, string[]> {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const section = text.split(`\n### ${heading}\n`)[1]?.split(/\n#{1,3} /)[0] ?? '';
  const names = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  return Object.fromEntries(
    section
      .split('\n')
      .map((line) => line.split('|').slice(1, -1))
      .filter((cells) => cells.length > 1 && names(cells[0]).length > 0)
      .map((cells) => [names(cells[0])[0], names(cells[1]).sort()]),
  );
}
const sorted = (table: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(table).map(([name, others]) => [name, [...others].sort()]));

describe('the import rules', () => {
  it('catch every forbidden import, each by the rule made for it', async () => {
    const found = await violationsOf(FORBIDDEN);
    expect(
      FORBIDDEN.map(([from, to, rule]) => `${from} -> ${to}: ${rule}`).filter((one) => !found.includes(one)),
    ).toEqual([]);
  });

  it('catch a cycle', async () => {
    const found = await violationsOf([
      ['src/common/a.ts', 'src/common/b.ts'],
      ['src/common/b.ts', 'src/common/a.ts'],
    ]);
    expect(found).toContain('src/common/a.ts -> src/common/b.ts: no-circular');
  });

  it('catch an import of something that is not there, which no other rule could judge', async () => {
    expect(await violationsOf([['src/common/a.ts', 'node_modules/absent/readme.txt']])).toEqual([
      'src/common/a.ts -> absent: resolvable',
    ]);
  });

  it('let allowed imports pass', async () => {
    expect(await violationsOf(ALLOWED)).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('shows the table of src that the tool enforces', () => {
    expect(tableBelow('Folders of src')).toEqual(sorted(TABLE.SRC));
  });
  it('shows the table of libs that the tool enforces', () => {
    expect(tableBelow('Libraries')).toEqual(sorted(TABLE.LIBS));
  });
  it('shows the facades that the tool enforces', () => {
    expect(tableBelow('Facades')).toEqual(sorted(TABLE.FACADES));
  });
});

describe('what an import rule cannot see', () => {
  const sources = (pattern: string): { file: string; text: string }[] =>
    globSync(pattern, { cwd: ROOT })
      .filter((file) => !/\.spec\.ts$|\/testing\//.test(file))
      .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8').replace(/^ *(\*|\/\/|--).*$/gm, '') }));
  const filesWith = (pattern: string, found: RegExp): string[] =>
    sources(pattern)
      .filter(({ text }) => found.test(text))
      .map(({ file }) => file);

  it('libs have no clock, no chance and no environment', () => {
    expect(sources('libs/*/src/**/*.ts').length).toBeGreaterThan(50);
    expect(filesWith('libs/*/src/**/*.ts', /process\.env|Date\.now|new Date\(\)|Math\.random/)).toEqual([]);
  });

  it('the environment is read in one file', () => {
    expect(filesWith('src/**/*.ts', /process\.env/)).toEqual(['src/config/env.ts']);
  });

  it('no statement asks the database for the time', () => {
    expect(sources('src/**/*.sql').length).toBeGreaterThan(50);
    expect(filesWith('src/**/*.sql', /\b(now\(\)|current_(date|time|timestamp)|clock_timestamp)/i)).toEqual([]);
  });
});
