import type { JestReport } from '../jest/run-jest';

/** What each test came to in one time zone. */
export interface ZoneResults {
  zone: string;
  locale: string;
  seconds: number;
  /** by file and name, as {@link statusesOf} gives them */
  tests: ReadonlyMap<string, string>;
}

const PASSED = 'passed';
const SKIPPED: ReadonlySet<string> = new Set(['pending', 'todo', 'skipped']);

/** Jest's status of each test, by file and name; of several of one name each has its own. */
export function statusesOf({ testResults }: JestReport, root: string): Map<string, string> {
  const tests = new Map<string, string>();
  for (const { name, assertionResults, message } of testResults) {
    const file = name.slice(root.length + 1);
    // A file that does not load has no tests, and is a result all the same.
    if (assertionResults.length === 0) tests.set(file, `failed: ${message.slice(0, 200)}`);
    const times = new Map<string, number>();
    for (const { fullName, status } of assertionResults) {
      const time = (times.get(fullName) ?? 0) + 1;
      times.set(fullName, time);
      tests.set(`${file}: ${fullName}${time === 1 ? '' : ` (${time})`}`, status);
    }
  }
  return tests;
}

/** The lines of the table, and every test that failed anywhere or ran in one zone and not in another. */
export function compareZones(results: readonly ZoneResults[]): { rows: string[][]; findings: string[] } {
  const names = [...new Set(results.flatMap(({ tests }) => [...tests.keys()]))].sort();
  const findings = names.flatMap((name) => {
    const ran = results.some(({ tests }) => tests.get(name) === PASSED);
    const wrong = results.flatMap(({ zone, tests }) => {
      const status = tests.get(name) ?? 'not run';
      return status === PASSED || (SKIPPED.has(status) && !ran) ? [] : [`${status} in ${zone}`];
    });
    return wrong.length === 0 ? [] : [`${name}: ${wrong.join(', ')}`];
  });
  const rows = results.map(({ zone, locale, seconds, tests }) => {
    const statuses = [...tests.values()];
    const passed = statuses.filter((status) => status === PASSED).length;
    const skipped = statuses.filter((status) => SKIPPED.has(status)).length;
    const counts = [statuses.length, passed, skipped, statuses.length - passed - skipped];
    return [`${zone}, ${locale}`, ...counts.map(String), seconds.toFixed(0)];
  });
  if (!results.some(({ tests }) => [...tests.values()].includes(PASSED))) findings.push('No test passed.');
  return { rows, findings };
}
