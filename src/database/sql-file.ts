import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One SQL statement with the name it is measured and reported under. */
export interface SqlStatement {
  name: string;
  text: string;
}

const loaded = new Map<string, SqlStatement>();
const names = new Map<string, string>();
const prepared = new Map<string, string>();

/** The name of a statement that came from a file, by its text; undefined for any other text. */
export function statementName(text: string): string | undefined {
  return names.get(text);
}

/**
 * The statement of a .sql file that stands beside the code (`sqlFile(__dirname, 'sql/merge_orders.sql')`).
 * Read when the module loads, so that a file missing from the build stops the start and not the first request.
 * @throws Error naming the path when the file is missing or empty.
 */
export function sqlFile(dir: string, file: string): SqlStatement {
  const path = join(dir, file);
  const known = loaded.get(path);
  if (known) return known;
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Error(`The statement ${path} cannot be read: is it in the build's assets?`, { cause });
  }
  if (text === '') throw new Error(`The statement ${path} is empty.`);
  const statement = { name: file.replace(/^.*\//, '').replace(/\.sql$/, ''), text };
  loaded.set(path, statement);
  names.set(text, statement.name);
  return statement;
}

/**
 * A statement with identifiers (tables, columns, joins) from code in the places `{{name}}`; values are bound instead.
 * @throws Error naming the statement and the identifier that it asks for and was not given.
 */
export function withIdentifiers(template: SqlStatement, identifiers: Readonly<Record<string, string>>): SqlStatement {
  const text = template.text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = identifiers[name];
    if (value === undefined) {
      throw new Error(`${template.name}.sql asks for the identifier ${name}, which it was not given.`);
    }
    return value;
  });
  names.set(text, template.name);
  return { name: template.name, text };
}

/**
 * The name a connection keeps a statement's plan under. Statements of one name and different text (two folders, other
 * identifiers) have different ones, since a connection refuses a second text for a name.
 */
export function preparedName({ name, text }: SqlStatement): string {
  let known = prepared.get(text);
  if (known === undefined) {
    known = `${name.slice(0, 40)}_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
    prepared.set(text, known);
  }
  return known;
}
