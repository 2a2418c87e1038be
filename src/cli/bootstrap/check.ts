import type { Check } from '../../published/check';

/** The checks as a table of three columns, each action on a line of its own. */
export function formatChecks(title: string, checks: readonly Check[]): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const lines = checks.flatMap(({ name, status, detail, action }) => {
    const line = `  ${status.padEnd(4)}  ${name.padEnd(width)}  ${detail}`;
    return action === undefined ? [line] : [line, `  ${' '.repeat(width + 8)}-> ${action}`];
  });
  return [title, ...lines, ''].join('\n');
}
