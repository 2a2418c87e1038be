/** One line of a verdict. A FAIL says what to do about it. */
export interface Check {
  name: string;
  status: 'OK' | 'WARN' | 'FAIL';
  detail: string;
  action?: string;
}

/** The checks as a table of three columns, each action on a line of its own. */
export function formatChecks(title: string, checks: readonly Check[]): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const lines = checks.flatMap(({ name, status, detail, action }) => {
    const line = `  ${status.padEnd(4)}  ${name.padEnd(width)}  ${detail}`;
    return action === undefined ? [line] : [line, `  ${' '.repeat(width + 8)}-> ${action}`];
  });
  return [title, ...lines, ''].join('\n');
}

export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some((check) => check.status === 'FAIL');
}
