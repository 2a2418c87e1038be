/** What each test came to in one time zone. */
export interface ZoneResults {
  zone: string;
  locale: string;
  seconds: number;
  /** by file and name: Jest's status */
  tests: ReadonlyMap<string, string>;
}

const PASSED = 'passed';
const SKIPPED: ReadonlySet<string> = new Set(['pending', 'todo', 'skipped']);

/** The lines of the table, and every test that failed anywhere or ran in one zone and not in another. */
export function compareZones(results: readonly ZoneResults[]): { rows: string[][]; findings: string[] } {
  const names = [...new Set(results.flatMap(({ tests }) => [...tests.keys()]))].sort();
  const findings = names.flatMap((name) => {
    const wrong = results.flatMap(({ zone, tests }) => {
      const status = tests.get(name) ?? 'not run';
      return status === PASSED || SKIPPED.has(status) ? [] : [`${status} in ${zone}`];
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
  if (names.length === 0) findings.push('No test ran.');
  return { rows, findings };
}
