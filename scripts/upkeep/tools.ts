import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Section } from './section';

const LINES = 10;
const TOKENS = 60;
const LEFT_OUT = '**/node_modules/**,**/dist/**,docs/**,migrations/**,data/**';
const FOLDERS = ['src', 'libs', 'migrations', 'test', 'scripts'];

interface Clones {
  duplicates: { firstFile: Place; secondFile: Place; lines: number }[];
  statistics: { total: { lines: number; percentage: number } };
}

interface Place {
  name: string;
  start: number;
}

/**
 * Blocks that stand twice (jscpd). Not migrations, which stay as they were, and not SQL: a file is one statement, which can
 * share nothing with another.
 */
export function duplicates(root: string): Section {
  const output = mkdtempSync(join(tmpdir(), 'prodplan-upkeep-'));
  try {
    const sizes = ['--min-lines', String(LINES), '--min-tokens', String(TOKENS)];
    const where = ['--format', 'typescript,javascript,bash', '--ignore', LEFT_OUT, '.'];
    run(root, 'jscpd', [...sizes, '--reporters', 'json', '--silent', '--output', output, ...where]);
    const { duplicates: found, statistics } = JSON.parse(
      readFileSync(join(output, 'jscpd-report.json'), 'utf8'),
    ) as Clones;
    return {
      check: `blocks of ${LINES} lines or more that stand twice`,
      found: `${found.length} in ${statistics.total.lines.toLocaleString('en-US')} lines`,
      findings: found.map(
        ({ firstFile, secondFile, lines }) =>
          `${lines} lines: ${firstFile.name}:${firstFile.start} and ${secondFile.name}:${secondFile.start}`,
      ),
    };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

interface Cruise {
  summary: { violations: { rule: { name: string }; from: string; to: string }[]; totalCruised: number };
}

/** Import cycles (dependency-cruiser, by the rules of `npm run check:imports`). */
export function cycles(root: string): Section {
  const said = run(root, 'depcruise', [...FOLDERS, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']);
  const { summary } = JSON.parse(said) as Cruise;
  const circular = summary.violations.filter(({ rule }) => rule.name === 'no-circular');
  return {
    check: 'import cycles',
    found: `${circular.length} among ${summary.totalCruised} modules`,
    findings: circular.map(({ from, to }) => `${from} and ${to}`),
  };
}

/** @returns the standard output, whatever the exit code: tools say by it that they found something */
function run(root: string, tool: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (stdout === '' && stderr !== '') throw new Error(`${tool}: ${stderr.slice(0, 500)}`);
  return stdout;
}
