import { join } from 'node:path';
import type * as SqlFiles from '../../src/database/sql-file';
import type { SqlFault } from './fault';

/** What a faulty statement carries, so that it is known again in the server's log. */
export function markOf(number: number): string {
  return `/* fault ${number} */`;
}

/** The module that reads statements, with one of them wrong. */
export function withFault(
  actual: typeof SqlFiles,
  { sql, find, replace }: Pick<SqlFault, 'sql' | 'find' | 'replace'>,
  number: number,
): typeof SqlFiles {
  // Filling each place with itself makes the wrong text known under the statement's name.
  const asItIs = new Proxy({}, { get: (_, name) => `{{${String(name)}}}` });
  return {
    ...actual,
    sqlFile: (dir, file) => {
      const statement = actual.sqlFile(dir, file);
      if (!join(dir, file).endsWith(`/${sql}`)) return statement;
      const text = `${statement.text.replace(find, () => replace)}\n${markOf(number)}`;
      return actual.withIdentifiers({ name: statement.name, text }, asItIs);
    },
  };
}

/** Skips the tests of a spec whose names hold none of the texts that `|` separates; to be called before it is read. */
export function onlyTests(texts: string): void {
  const all = globalThis.it;
  const isMeant = (name: unknown): boolean => texts.split('|').some((text) => String(name).includes(text));
  const some = (...args: Parameters<typeof all>): void => (isMeant(args[0]) ? all : all.skip)(...args);
  const each = (...table: Parameters<typeof all.each>) => {
    const meant = all.each(...table);
    const skipped = all.skip.each(...table);
    return (...args: Parameters<typeof meant>): void => (isMeant(args[0]) ? meant : skipped)(...args);
  };
  globalThis.it = Object.assign(some, all, { each }) as typeof all;
}
