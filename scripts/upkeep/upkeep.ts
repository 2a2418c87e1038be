/**
 * What it costs to carry this code on, and what makes it dearer: docs/proof.md.
 *
 * Run: npm run proof:upkeep -- [--no-cycles]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { table } from '../bench/markdown';
import { dependencies } from './dependencies';
import { longFiles } from './long-files';
import { cycles, duplicates } from './tools';
import { undocumented } from './undocumented';

const ROOT = join(__dirname, '../..');

function parse(argv: readonly string[]): { cycles: boolean } {
  return new Command('proof:upkeep')
    .description('Packages and licences, long files, cycles, duplicates, what has no docstring')
    .option('--no-cycles', 'leave out the cycles, where check:imports runs anyway')
    .parse(argv)
    .opts<{ cycles: boolean }>();
}

/** Tracked files and new ones, without what is ignored. */
function filesOf(root: string): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout.trim().split('\n');
}

const options = parse(process.argv);
const files = filesOf(ROOT);
const sections = [
  ...dependencies(ROOT),
  longFiles(ROOT, files),
  undocumented(ROOT, files),
  duplicates(ROOT),
  ...(options.cycles ? [cycles(ROOT)] : []),
];
console.log(
  table(
    ['check', 'found', 'to mend'],
    sections.map(({ check, found, findings }) => [check, found, String(findings.length)]),
  ),
);
for (const { check, findings } of sections) {
  if (findings.length > 0) console.log(`\n${check}:\n${findings.map((finding) => `- ${finding}`).join('\n')}`);
}
const count = sections.reduce((sum, { findings }) => sum + findings.length, 0);
console.log(`\n${count === 0 ? 'Nothing to mend: PASSED' : `${count} findings: FAILED`}`);
if (count > 0) process.exitCode = 1;
