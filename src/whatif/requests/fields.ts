import { InvalidRequestError } from '../../common/domain-error';

const SHOWN_CHARACTERS = 60;

/** @throws InvalidRequestError naming the field, what it holds and what may stand there */
export function refuse(field: string, value: unknown, allowed: string): never {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? 'missing');
  const shown = text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
  throw new InvalidRequestError(`${field} is ${shown}: ${allowed}.`);
}

/** Fields of an object; undefined, null and '' stand for nothing given, as forms send them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a field holds anything: forms send null and '' for nothing. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** An object; nothing given is an empty one. @throws what refuse() throws for anything else */
export function objectOf(field: string, value: unknown): Fields {
  if (!isGiven(value)) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Fields;
  return refuse(field, value, 'it must be an object');
}

/** A list; one value is a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (!isGiven(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** Refuses keys nobody knows: a scenario with a misspelt override would answer another question than was asked. */
export function onlyKnown(field: string, fields: Fields, known: readonly string[]): void {
  const stranger = Object.keys(fields).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    refuse(`${field}.${stranger}`, fields[stranger], `the fields are ${known.join(', ')}`);
  }
}

/** A number, also as text. */
export function numberOf(
  field: string,
  value: unknown,
  { above, from, to, whole = false }: { above?: number; from?: number; to: number; whole?: boolean },
): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const low = above ?? from ?? -Infinity;
  const isWithin = typeof number === 'number' && number <= to && (above === undefined ? number >= low : number > low);
  if (isWithin && (!whole || Number.isSafeInteger(number))) return number;
  const range = above === undefined ? `from ${low}` : `above ${low}`;
  return refuse(field, value, `it must be a ${whole ? 'whole ' : ''}number ${range} to ${to}`);
}

/** A calendar day that exists. */
export function dayOf(field: string, value: unknown): string {
  const text = typeof value === 'string' ? value.slice(0, 10) : '';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text)) return text;
  return refuse(field, value, 'it must be a day such as 2025-12-24');
}

/** A wall-clock minute; a day alone is its beginning. */
export function minuteOf(field: string, value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  const [, day, time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?$/.exec(text) ?? [];
  if (day !== undefined && new Date(`${day}T${time}Z`).toJSON()?.startsWith(`${day}T${time}`)) return `${day}T${time}`;
  return refuse(field, value, 'it must be a local time such as 2025-12-24T08:00');
}
