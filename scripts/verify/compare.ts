import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';

/** Figures by name, such as `WIP of phase 12`. */
export type Figures = Record<string, number | string | null>;
export type Answer = Record<string, unknown>;
/** Asks the service and gives the body of its 200. */
export type Ask = (path: string) => Promise<Answer>;

/** One comparison: what an endpoint answers, and what a statement over staging gives. */
export interface Check {
  name: string;
  /** Asked of the service, and printed. */
  path: string;
  /** The figures that the answer has. May ask for more, such as further pages. */
  served: (answer: Answer, ask: Ask) => Figures | Promise<Figures>;
  /** A file of scripts/verify/sql that gives rows (figure, value). */
  sql: string;
  /** Tables that it reads beside those that are made for all, in the order in which they are made. */
  tables?: readonly string[];
  /** Figures of the statement, by how they begin, that this endpoint does not have. */
  leaveOut?: readonly string[];
  /** Whether the data do not support the figures, so that there are none to compare. */
  isGated?: (answer: Answer) => boolean;
  /** What the statement is told of the answer: a window, estimates that are not recomputed here. */
  parameters?: (answer: Answer, ask: Ask) => unknown[] | Promise<unknown[]>;
  /** Decimals that the endpoint rounds to; without, all that a double has. */
  decimals?: number;
}

/** One figure, both ways. */
export interface Comparison {
  figure: string;
  path: string;
  served: number | string | null | undefined;
  independent: number | string | null | undefined;
  isEqual: boolean;
}

/** Tables of the session, each made of staging and of those before it. */
const PREPARATIONS = ['create_clock', 'create_phases', 'create_orders', 'create_errors', 'create_wip'];

/** Makes the tables that the statements read. They end with the session. */
export async function prepare(database: Client): Promise<void> {
  // A plan gone wrong shall end here, not at somebody's patience.
  await database.query("SET statement_timeout = '300s'");
  // Millions of comparisons are sorted.
  await database.query("SET work_mem = '512MB'");
  for (const name of PREPARATIONS) await database.query(statement(name));
}

/** Asks a service, each path once. Rejects on anything but a 200. */
export function asker(url: string): Ask {
  const known = new Map<string, Promise<Answer>>();
  return (path) => {
    const answer = known.get(path) ?? askOnce(url, path);
    known.set(path, answer);
    return answer;
  };
}

async function askOnce(url: string, path: string): Promise<Answer> {
  const answer = await fetch(`${url}${path}`);
  if (answer.status !== 200) throw new Error(`answers ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

function statement(name: string): string {
  return readFileSync(join(__dirname, 'sql', `${name}.sql`), 'utf8');
}

/** Asks, computes, and compares every figure that either side has; none where a gate says that there are none. */
export async function compare(check: Check, ask: Ask, database: Client): Promise<Comparison[]> {
  const answer = await ask(check.path);
  if (check.isGated?.(answer)) return [];
  const served = await check.served(answer, ask);
  const parameters = (await check.parameters?.(answer, ask)) ?? [];
  for (const table of check.tables ?? []) await database.query(statement(table));
  const { rows } = await database.query<{ figure: string; value: number | string | null }>(
    statement(check.sql),
    parameters,
  );
  const independent: Figures = Object.fromEntries(
    rows
      .filter(({ figure }) => !check.leaveOut?.some((start) => figure.startsWith(start)))
      .map(({ figure, value }) => [figure, value]),
  );
  const figures = [...new Set([...Object.keys(independent), ...Object.keys(served)])];
  return figures.map((figure) => ({
    figure: `${check.name}: ${figure}`,
    path: check.path,
    served: served[figure],
    independent: independent[figure],
    isEqual: isSame(served[figure], independent[figure], check.decimals),
  }));
}

/** Equal but for the last bits of a double, or for the rounding that the endpoint states; absent equals nothing. */
export function isSame(
  served: number | string | null | undefined,
  independent: number | string | null | undefined,
  decimals?: number,
): boolean {
  if (served === undefined || independent === undefined) return false;
  if (typeof served !== 'number' || typeof independent !== 'number') return served === independent;
  const rounding = decimals === undefined ? 0 : 0.5 * 10 ** -decimals;
  return Math.abs(served - independent) <= rounding + 1e-9 * Math.max(1, Math.abs(independent));
}

/** The rows of a list of the answer. */
export function rowsOf(answer: Answer, list: string): Record<string, unknown>[] {
  const rows = answer[list];
  if (!Array.isArray(rows)) throw new Error(`The answer has no list '${list}': ${Object.keys(answer).join(', ')}`);
  return rows as Record<string, unknown>[];
}

/** Figures `field of key` of each row of a list. */
export function figuresOfRows(
  rows: readonly Record<string, unknown>[],
  keyOf: (row: Record<string, unknown>) => string,
  fields: readonly string[],
): Figures {
  return Object.fromEntries(
    rows.flatMap((row) => fields.map((field) => [`${field} of ${keyOf(row)}`, row[field] as number | string | null])),
  );
}
