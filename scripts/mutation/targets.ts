/** What is mutated together, and the tests that are to notice. */
export interface Target {
  name: string;
  /** globs from the root, as Stryker takes them; the first `!` begins what is left out */
  mutate: readonly string[];
  /** globs from the root */
  specs: readonly string[];
  /** Of these, the files of tests that take too long to be run for thousands of mutants: what they alone notice counts as not noticed. */
  leftOut: readonly string[];
  /** Whether mutants that take effect when a module is loaded are tried too, each of which needs all tests of the target. */
  statics: boolean;
  /** Whether a test is tried on the mutants that it reaches itself, or on all where one test leaves to others what it worked out. */
  coverage: 'perTest' | 'all';
}

/** Libraries before the accounting and after it; what only invents data comes last. */
const BEFORE = ['copy-binary', 'csv-text', 'factory-time', 'random', 'bottleneck', 'forecast', 'profile', 'workbook'];
const AFTER = ['simulation', 'factory-model', 'learning', 'xlsx', 'xlsx-writer', 'sample'];

/** Where all tests together are quick and the code is no table of names, so that what takes effect at loading is tried too. */
const QUICK: readonly string[] = ['copy-binary', 'csv-text', 'factory-time', 'random', 'bottleneck'];

/** What was worked out for a zone is kept as long as the process lives. */
const KEEPS: readonly string[] = ['factory-time'];

const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  profile: ['memory.spec.ts'],
  sample: ['real-size.spec.ts'],
  simulation: ['validate.spec.ts'],
  xlsx: [
    'fuzz.spec.ts',
    'exceljs.differential.spec.ts',
    'round-trip.spec.ts',
    'read-sheets-in-threads.spec.ts',
    'limits.spec.ts',
  ],
};

/** Runs all the validation, for seconds at each change, and says by itself whether it passed. */
const NOT_MUTATED: Readonly<Record<string, readonly string[]>> = { simulation: ['validation/validate.ts'] };

/** Of the accounting, the TypeScript that decides and counts; statements, streams and threads are tried on a database. */
const PIPELINE = [
  'judgement', 'match-rates', 'months', 'report', 'load-failure', 'run-state', 'steps/merge.step', 'steps/reconcile.step',
  'steps/validate-counts.step',
]; // prettier-ignore
const ACCOUNTING: Target = {
  name: 'accounting',
  mutate: [
    ...PIPELINE.map((file) => `src/ingestion/pipeline/${file}.ts`),
    'src/ingestion/inspect/choose-header.ts',
    'src/ingestion/inspect/sheet-inspector.ts',
  ],
  specs: ['src/ingestion/pipeline/**/*.spec.ts', 'src/ingestion/inspect/*.spec.ts'],
  leftOut: [],
  statics: true,
  coverage: 'perTest',
};

/** Each library with its own tests alone: what only another's tests would notice counts as not noticed. */
function library(name: string): Target {
  return {
    name,
    mutate: [
      `libs/${name}/src/**/*.ts`,
      ...['*.spec.ts', 'testing/**', ...(NOT_MUTATED[name] ?? [])].map((glob) => `!**/${glob}`),
    ],
    specs: [`libs/${name}/**/*.spec.ts`],
    leftOut: LEFT_OUT[name] ?? [],
    statics: QUICK.includes(name),
    coverage: KEEPS.includes(name) ? 'all' : 'perTest',
  };
}

/** All targets in the order in which they run. */
export const TARGETS: readonly Target[] = [...BEFORE.map(library), ACCOUNTING, ...AFTER.map(library)];
