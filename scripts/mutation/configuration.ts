import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './targets';

/** Jest's configuration, as far as it is read here. */
interface UnitProject {
  displayName: string;
  transform: Record<string, [transformer: string, options: object]>;
}

const TYPESCRIPT = '^.+\\.ts$';

/** Tests that draw hundreds of cases: an example that notices the mutant spares them. */
const SLOW = /(properties|fuzz|differential|round-trip|memory|threads|streaming|limits)\.spec\.ts$/;

/** Files of tests in the order in which they are tried on a mutant: the first that notices ends the trial. */
function quickFirst(files: readonly string[], root: string): string[] {
  const rank = (file: string): number => (SLOW.test(file) ? 1e9 : 0) + statSync(join(root, file)).size;
  return [...files].sort((a, b) => rank(a) - rank(b));
}

/** How Stryker is to try one target. */
export interface Trial {
  root: string;
  /** where Stryker copies the sources to, relative to the root: a folder that Jest and git leave alone */
  tempDir: string;
  /** the report, and what a next run goes by: mutants whose code and tests are the same are not tried again */
  reportFile: string;
  concurrency: number;
}

/** Stryker's options for a target: a copy of the sources with all its mutants, and of Jest's tests those of the target. */
export function configuration(target: Target, { root, tempDir, reportFile, concurrency }: Trial): object {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest's configuration is CommonJS
  const { projects } = require(join(root, 'jest.config.js')) as { projects: UnitProject[] };
  const { transform } = projects.find(({ displayName }) => displayName === 'unit')!;
  const leftOut = (file: string): boolean => target.leftOut.some((name) => file.endsWith(`/${name}`));
  const specs = globSync(target.specs, { cwd: root }).filter((file) => !leftOut(file));
  return {
    mutate: target.mutate,
    testRunner: 'quick',
    plugins: ['quick-runner.mjs', 'ignore-texts.mjs'].map((file) => join(root, 'scripts/mutation', file)),
    quick: { specs: quickFirst(specs, root), swc: transform[TYPESCRIPT][1] },
    ignorers: ['texts'],
    coverageAnalysis: target.coverage,
    ignoreStatic: !target.statics,
    ignorePatterns: ['/*', '!/libs', '!/src', '!/docs', '!/package.json'],
    tempDirName: tempDir,
    incremental: true,
    incrementalFile: reportFile,
    reporters: ['progress-append-only'],
    concurrency,
    // An endless loop is told by how often it goes round; the clock is for what has no mutant in it, and must not take a
    // machine that is busy with other work for one.
    timeoutMS: 15_000,
    timeoutFactor: 4,
    allowConsoleColors: false,
    checkers: [],
  };
}
