/** A mistake that somebody could make in one statement, and the tests that must notice it. */
export interface SqlFault {
  /** file of the statement, from the root */
  sql: string;
  /** the mistake in words */
  mistake: string;
  /** text of the file that it changes; it must stand there exactly once */
  find: string;
  replace: string;
  /**
   * specs of test/medium, without `.spec.ts`, of which one must fail; they are tried in this order. Behind a `#` parts of
   * the names of the tests that are meant, with `|` between them: the others are skipped
   */
  specs: readonly string[];
}

/** The faults of statements in one folder, each a tuple of file, mistake, what is found, what replaces it, specs. */
export function faultsOf(
  folder: string,
  ...faults: readonly (readonly [file: string, mistake: string, find: string, replace: string, ...specs: string[]])[]
): SqlFault[] {
  return faults.map(([file, mistake, find, replace, ...specs]) => ({
    sql: `${folder}/${file}.sql`,
    mistake,
    find,
    replace,
    specs,
  }));
}
