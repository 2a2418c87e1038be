import { join } from 'node:path';
import type { Target } from './targets';

interface UnitProject {
  displayName: string;
  transform: object;
  moduleNameMapper: Record<string, string>;
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
  // Without its root, which is the copy's.
  const { transform, moduleNameMapper } = projects.find(({ displayName }) => displayName === 'unit')!;
  return {
    mutate: target.mutate,
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules'],
    plugins: ['@stryker-mutator/jest-runner', join(root, 'scripts/mutation/ignore-texts.mjs')],
    ignorers: ['texts'],
    coverageAnalysis: target.coverage,
    ignoreStatic: !target.statics,
    jest: {
      projectType: 'custom',
      // Of a target's files of tests, those that reach the mutated file: each of the others would be loaded in vain.
      enableFindRelatedTests: true,
      config: {
        testEnvironment: join(root, 'scripts/mutation/environment.cjs'),
        testSequencer: join(root, 'scripts/mutation/quick-first.cjs'),
        transform,
        moduleNameMapper: {
          ...moduleNameMapper,
          '^fast-check$': join(root, 'scripts/mutation/fast-check.cjs'),
        },
        // Where tests are looked for, each time a mutant is tried: the fewer folders the sooner.
        roots: target.specs.map((glob) => `<rootDir>/${glob.slice(0, glob.indexOf('*') - 1)}`),
        watchman: false,
        testMatch: target.specs.map((glob) => `<rootDir>/${glob}`),
        testPathIgnorePatterns: target.leftOut.map((file) => `/${file}$`),
      },
    },
    ignorePatterns: ['/*', '!/libs', '!/src', '!/docs', '!/package.json'],
    tempDirName: tempDir,
    incremental: true,
    incrementalFile: reportFile,
    reporters: ['progress-append-only'],
    concurrency,
    // An endless loop is told by how often it goes round; the clock is for what has no mutant in it, and must not take a
    // machine that is busy with other work for one.
    timeoutMS: 60_000,
    timeoutFactor: 5,
    allowConsoleColors: false,
    checkers: [],
  };
}
