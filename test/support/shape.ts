/** What a JSON value must look like, so that the owner's frontend can read it. */
export type Shape =
  | { kind: 'text'; isMoment?: boolean; values?: readonly string[] }
  | { kind: 'number'; isWhole?: boolean; from?: number; to?: number }
  | { kind: 'flag' }
  | { kind: 'anything' }
  | { kind: 'list'; of: Shape; unique?: readonly string[] }
  | { kind: 'map'; of: Shape; except: readonly string[] }
  | { kind: 'record'; fields: Fields; rules: RecordRules }
  | { kind: 'either'; by: string; shapes: Readonly<Record<string, Shape>>; otherwise?: Shape }
  | { kind: 'both'; shapes: readonly Shape[] };

/** When a field may be missing and when null; the frontend's checks know the difference. */
export type Presence = 'required' | 'optional' | 'nullable' | 'optional-or-null';
export interface Field {
  presence: Presence;
  shape: Shape;
}
export type Fields = Readonly<Record<string, Shape | Field>>;

export interface RecordRules {
  /** Fields that must hold the same value. */
  same?: readonly (readonly string[])[];
  /** Fields that must not be there: their mere presence changes what a page shows. */
  without?: readonly string[];
}

/** One way in which a value differs from its shape, with the place, such as `queue[3].of_id`. */
export interface Violation {
  path: string;
  problem: string;
}

export const text = (): Shape => ({ kind: 'text' });
/** A time as `new Date` reads it in every browser: ISO 8601 with an offset. */
export const moment = (): Shape => ({ kind: 'text', isMoment: true });
export const oneOf = (...values: readonly string[]): Shape => ({ kind: 'text', values });
export const number = (range: { from?: number; to?: number } = {}): Shape => ({ kind: 'number', ...range });
/** A whole number of 0 or more unless told otherwise: ids and counts. */
export const count = (): Shape => ({ kind: 'number', isWhole: true, from: 0 });
export const fraction = (): Shape => number({ from: 0, to: 1 });
export const percent = (): Shape => number({ from: 0, to: 100 });
export const flag = (): Shape => ({ kind: 'flag' });
export const anything = (): Shape => ({ kind: 'anything' });
/** @param unique fields that together may occur once in the list: what the page uses as the key of a row */
export const list = (of: Shape, unique?: readonly string[]): Shape => ({ kind: 'list', of, unique });
/** Values by name. @param except names that stand for something else */
export const map = (of: Shape, except: readonly string[] = []): Shape => ({ kind: 'map', of, except });
export const record = (fields: Fields, rules: RecordRules = {}): Shape => ({ kind: 'record', fields, rules });
/** One of several shapes, told apart by a text field; `otherwise` when the field is absent. */
export const either = (by: string, shapes: Readonly<Record<string, Shape>>, otherwise?: Shape): Shape => ({
  kind: 'either',
  by,
  shapes,
  otherwise,
});

/** All of the shapes at once. */
export const both = (...shapes: readonly Shape[]): Shape => ({ kind: 'both', shapes });

/** May be absent, must not be null. */
export const optional = (shape: Shape): Field => ({ presence: 'optional', shape });
/** Must be present, may be null. */
export const nullable = (shape: Shape): Field => ({ presence: 'nullable', shape });
export const optionalOrNull = (shape: Shape): Field => ({ presence: 'optional-or-null', shape });

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Every violation, in the order of the shape; none when the value is right. Fields that no shape names are harmless. */
export function violations(shape: Shape, value: unknown, path = '$'): Violation[] {
  const wrong = (problem: string): Violation[] => [{ path, problem }];
  switch (shape.kind) {
    case 'anything':
      return [];
    case 'both':
      return shape.shapes.flatMap((one) => violations(one, value, path));
    case 'flag':
      return typeof value === 'boolean' ? [] : wrong(`${show(value)} is no boolean`);
    case 'text':
      return checkText(shape, value).flatMap(wrong);
    case 'number':
      return checkNumber(shape, value).flatMap(wrong);
    case 'list':
      return Array.isArray(value) ? checkList(shape, value, path) : wrong(`${show(value)} is no array`);
    case 'map':
      return isRecord(value)
        ? Object.entries(value)
            .filter(([name]) => !shape.except.includes(name))
            .flatMap(([name, entry]) => violations(shape.of, entry, `${path}.${name}`))
        : wrong(`${show(value)} is no object`);
    case 'record':
      return isRecord(value)
        ? checkRecord(shape.fields, shape.rules, value, path)
        : wrong(`${show(value)} is no object`);
    case 'either': {
      if (!isRecord(value)) return wrong(`${show(value)} is no object`);
      const name = value[shape.by];
      const chosen = name === undefined ? shape.otherwise : typeof name === 'string' ? shape.shapes[name] : undefined;
      if (chosen) return violations(chosen, value, path);
      return [
        { path: `${path}.${shape.by}`, problem: `${show(name)} is none of ${Object.keys(shape.shapes).join(', ')}` },
      ];
    }
  }
}

function checkText(shape: Shape & { kind: 'text' }, value: unknown): string[] {
  if (typeof value !== 'string') return [`${show(value)} is no string`];
  if (shape.values && !shape.values.includes(value)) return [`${show(value)} is none of ${shape.values.join(', ')}`];
  if (shape.isMoment && (!MOMENT.test(value) || Number.isNaN(Date.parse(value)))) {
    return [`${show(value)} is no ISO date-time with an offset`];
  }
  return [];
}

function checkNumber(shape: Shape & { kind: 'number' }, value: unknown): string[] {
  if (typeof value !== 'number') return [`${show(value)} is no JSON number`];
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = shape;
  if (value < from || value > to) return [`${value} is outside ${from}..${to}`];
  return shape.isWhole && !Number.isSafeInteger(value) ? [`${value} is no whole number`] : [];
}

function checkList(shape: Shape & { kind: 'list' }, value: readonly unknown[], path: string): Violation[] {
  const found = value.flatMap((entry, index) => violations(shape.of, entry, `${path}[${index}]`));
  const { unique } = shape;
  if (!unique) return found;
  const seen = new Map<string, number>();
  value.forEach((entry, index) => {
    const key = JSON.stringify(unique.map((name) => (isRecord(entry) ? entry[name] : undefined)));
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else found.push({ path: `${path}[${index}]`, problem: `has the ${unique.join(', ')} of row ${first}` });
  });
  return found;
}

function checkRecord(
  fields: Fields,
  { same = [], without = [] }: RecordRules,
  value: Readonly<Record<string, unknown>>,
  path: string,
): Violation[] {
  const found = Object.entries(fields).flatMap(([name, field]) =>
    checkField(field, name in value, value[name], `${path}.${name}`),
  );
  for (const name of without) {
    if (name in value) found.push({ path: `${path}.${name}`, problem: 'must not be there' });
  }
  for (const [first, ...others] of same) {
    for (const name of others) {
      if (JSON.stringify(value[name]) !== JSON.stringify(value[first])) {
        found.push({ path: `${path}.${name}`, problem: `differs from ${first}` });
      }
    }
  }
  return found;
}

function checkField(field: Shape | Field, isPresent: boolean, value: unknown, path: string): Violation[] {
  const { presence, shape }: Field = 'presence' in field ? field : { presence: 'required', shape: field };
  const mayMiss = presence === 'optional' || presence === 'optional-or-null';
  const mayBeNull = presence === 'nullable' || presence === 'optional-or-null';
  if (!isPresent) return mayMiss ? [] : [{ path, problem: 'is missing' }];
  if (value === null) return mayBeNull ? [] : [{ path, problem: mayMiss ? 'is null and must be left out' : 'is null' }];
  return violations(shape, value, path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? 'undefined';
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}
