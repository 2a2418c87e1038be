/** What is mutated together, and the tests that are to notice. */
export interface Target {
  name: string;
  /** globs from the root, as Stryker takes them; the first `!` begins what is left out */
  mutate: readonly string[];
  /** globs from the root */
  specs: readonly string[];
}

/** Small ones first, and what only invents data last. */
const LIBS = [
  'copy-binary', 'csv-text', 'factory-time', 'random', 'bottleneck', 'forecast', 'profile', 'workbook', 'simulation',
  'factory-model', 'learning', 'xlsx', 'xlsx-writer', 'sample',
] as const; // prettier-ignore

/** Of the accounting, what decides in TypeScript; its statements are tried on a database. */
const ACCOUNTING: Target = {
  name: 'accounting',
  mutate: ['src/ingestion/inspect/*.ts', '!**/*.spec.ts'],
  specs: ['src/ingestion/**/*.spec.ts'],
};

/** Each library with its own tests alone: what only another's tests would notice counts as not noticed. */
function library(name: string): Target {
  return {
    name,
    mutate: [`libs/${name}/src/**/*.ts`, '!**/*.spec.ts', '!**/testing/**'],
    specs: [`libs/${name}/**/*.spec.ts`],
  };
}

/** All targets in the order in which they run. */
export const TARGETS: readonly Target[] = [...LIBS.map(library), ACCOUNTING];
