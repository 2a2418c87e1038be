// A test runner for Stryker. Jest builds a world of its own for each file of tests each time a mutant is tried, which takes
// half a second where the tests take milliseconds. Here the sources are compiled once for each process and loaded anew for
// each mutant, so that nothing that one mutant left behind meets the next; packages stay loaded. Tests keep Jest's words:
// expect, it.each and jest.fn are Jest's own packages, the rest are Mocha's.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { transformSync } from '@swc/core';
import { expect } from 'expect';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';
import Mocha from 'mocha';
import { format } from 'pretty-format';

/** What a test may take, in milliseconds, where it names no other time. */
const TEST_TIMEOUT = 60_000;

/** The copy of the sources, where Stryker goes once it has loaded this. */
let folder;
let require;

/** Sources as compiled, by file. */
const compiled = new Map();

function compile(file, swc) {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    ...swc,
    filename: file,
    sourceMaps: false,
    swcrc: false,
  });
  return new Script(Module.wrap(code), { filename: file });
}

/** Has Node load TypeScript, and the libraries by their names. */
function loadTypeScript(swc) {
  require.extensions['.ts'] = (module, file) => {
    if (!compiled.has(file)) compiled.set(file, { script: compile(file, swc), require: createRequire(file) });
    const source = compiled.get(file);
    const run = source.script.runInThisContext();
    run.call(module.exports, module.exports, source.require, module, file, dirname(file));
  };
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    const library = /^@libs\/([^/]+)$/.exec(request);
    return resolve.call(this, library ? join(folder, 'libs', library[1], 'src/index.ts') : request, ...rest);
  };
}

/** Whitespace aside, which an editor may have changed. */
const onOneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** Defines Jest's words for all files of tests. */
function useJest() {
  expect.extend({
    toMatchInlineSnapshot(received, snapshot) {
      const shown = format(received, { printBasicPrototype: false, escapeString: false });
      return { pass: onOneLine(shown) === onOneLine(snapshot), message: () => `${shown} is not ${snapshot}` };
    },
  });
  Object.assign(globalThis, { expect, jest: new ModuleMocker(globalThis) });
  // The same cases in every run, and no search for a smaller case once one has failed: it says nothing more about a mutant.
  // Required, as the tests do: what import gives is another copy.
  require('fast-check').configureGlobal({ seed: 1, endOnFailure: true });
}

/** Defines the words whose tests go to Mocha, for the file that is loaded next. */
function useWords(mocha, file) {
  const words = {};
  mocha.suite.emit('pre-require', words, file, mocha);
  const it = (title, test, timeout = TEST_TIMEOUT) => words.it(title, test).timeout(timeout);
  it.each = bind(it, false);
  const { describe, before: beforeAll, after: afterAll, beforeEach, afterEach } = words;
  Object.assign(globalThis, { describe, it, test: it, beforeAll, afterAll, beforeEach, afterEach });
}

const idOf = (test) => `${relative(folder, test.file)}: ${test.fullTitle()}`;

/** Leaves those tests of a suite whose ids are wanted. */
function keepOnly(suite, ids) {
  suite.tests = suite.tests.filter((test) => ids.has(idOf(test)));
  for (const inner of suite.suites) keepOnly(inner, ids);
}

/** What a file of tests throws while it is loaded. */
class LoadError extends Error {}

function load(file) {
  try {
    require(file);
  } catch (error) {
    throw new LoadError(String(error?.stack));
  }
}

class QuickRunner {
  constructor({ quick }) {
    this.options = quick;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    folder = process.cwd();
    require = createRequire(join(folder, 'package.json'));
    loadTypeScript(this.options.swc);
    useJest();
    this.stryker = globalThis.__stryker__ ??= {};
  }

  async dryRun({ coverageAnalysis }) {
    const result = await this.run({ files: this.options.specs, bail: false });
    if (coverageAnalysis !== 'off') result.mutantCoverage = this.stryker.mutantCoverage;
    return result;
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit, disableBail }) {
    const ids = testFilter && new Set(testFilter);
    const wanted = new Set(testFilter?.map((id) => id.slice(0, id.indexOf(': '))));
    const files = ids ? this.options.specs.filter((file) => wanted.has(file)) : this.options.specs;
    // What the tests beside the mutant notice, as they mostly do, needs no others, nor has them loaded.
    const beside = relative(folder, sandboxFileName).replace(/\.ts$/, '.spec.ts');
    const parts = [files.filter((file) => file === beside), files.filter((file) => file !== beside)];
    Object.assign(this.stryker, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    try {
      const tests = [];
      for (const part of parts.filter(({ length }) => length > 0)) {
        tests.push(...(await this.run({ files: part, ids, bail: !disableBail })).tests);
        const endless = determineHitLimitReached(this.stryker.hitCount, this.stryker.hitLimit);
        if (endless) return toMutantRunResult(endless, disableBail);
        if (!disableBail && tests.some(({ status }) => status === TestStatus.Failed)) break;
      }
      return toMutantRunResult({ status: DryRunStatus.Complete, tests }, disableBail);
    } catch (error) {
      // What cannot be loaded any more is noticed; anything else is a fault of this runner, and no verdict on the mutant.
      if (!(error instanceof LoadError)) throw error;
      const [killedBy = ''] = testFilter ?? [];
      return {
        status: MutantRunStatus.Killed,
        killedBy: [killedBy],
        failureMessage: error.message,
        nrOfTests: 0,
      };
    } finally {
      Object.assign(this.stryker, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    }
  }

  /** Loads files of tests, and what they test, and runs them. @throws LoadError */
  async run({ files, ids, bail }) {
    for (const file of Object.keys(require.cache)) if (compiled.has(file)) delete require.cache[file];
    const mocha = new Mocha({ ui: 'bdd', reporter: class {}, bail });
    for (const file of files.map((name) => join(folder, name))) {
      useWords(mocha, file);
      load(file);
    }
    if (ids) keepOnly(mocha.suite, ids);
    const tests = [];
    const add = (test, result) => {
      const { duration = 0, file } = test;
      tests.push({ id: idOf(test), name: test.fullTitle(), fileName: file, timeSpentMs: duration, ...result });
    };
    await new Promise((ended) => {
      const runner = mocha.run(ended);
      runner.on('test', (test) => (this.stryker.currentTestId = idOf(test)));
      runner.on('test end', () => (this.stryker.currentTestId = undefined));
      runner.on('pass', (test) => add(test, { status: TestStatus.Success }));
      runner.on('pending', (test) => add(test, { status: TestStatus.Skipped }));
      runner.on('fail', (failed, error) => {
        const test = (failed.type === 'hook' && failed.ctx.currentTest) || failed;
        add(test, { status: TestStatus.Failed, failureMessage: String(error?.stack) });
      });
    });
    return { status: DryRunStatus.Complete, tests };
  }
}

const create = (options) => new QuickRunner(options);
create.inject = tokens(commonTokens.options);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'quick', create)];
export const strykerValidationSchema = { properties: { quick: { type: 'object' } } };
