import { parseDateText, parseNumberText } from '@libs/workbook';
import { wallSecondsToIso } from '@libs/xlsx';
import type { ColumnPart, NumberPart, TextPart } from './column-profiler';
import type { NumberSet } from './distinct-numbers';
import type { TextSet } from './distinct-texts';
import { HyperLogLog } from './hyper-log-log';
import { NumberTable, type CountedNumbers } from './number-table';
import { first, type Ranked } from './ranking';

/** How many of a column's most frequent values are named. */
export const TOP_VALUES = 10;
/** Longer texts are cut in reports, in UTF-16 units. */
const SHOWN_LENGTH = 120;

export type ValueType = 'number' | 'text' | 'date' | 'boolean' | 'error';

export interface TopValue {
  readonly type: ValueType;
  /** Dates as ISO without zone; texts cut at 120 characters. */
  readonly value: number | string | boolean;
  readonly count: number;
}

export interface ColumnProfile {
  readonly name: string;
  readonly rows: number;
  /** Rows in which the cell is blank or the text NULL. */
  readonly nulls: number;
  /** nulls / rows; null where there is no row. */
  readonly nullRate: number | null;
  /** Cells by type, those that occur. */
  readonly types: Readonly<Partial<Record<ValueType, number>>>;
  /** Distinct values; an equal number, text and date are three. */
  readonly distinct: number;
  /** Whether `distinct` is counted; otherwise it is estimated with ESTIMATE_STANDARD_ERROR. */
  readonly exact: boolean;
  readonly numbers?: { readonly min: number; readonly max: number; readonly zeros: number; readonly fractions: number };
  /** ISO without zone. */
  readonly dates?: { readonly min: string; readonly max: string };
  readonly texts?: TextProfile;
  /** The most frequent values that occur at least twice; undefined where the counts were given up. */
  readonly topValues?: readonly TopValue[];
  /** Of a key or reference column. */
  readonly key?: KeyValues;
}

export interface TextProfile {
  /** Lengths in UTF-16 units. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Rows whose text the loader reads as a number or as a date; undefined where the counts were given up. */
  readonly numeric?: number;
  readonly dated?: number;
}

export interface KeyValues {
  /** Every distinct whole number with its rows; undefined beyond KEY_BOUND of them. */
  readonly values?: CountedNumbers;
  /** Rows with content that is no whole number of up to 53 bits. */
  readonly unreadableRows: number;
}

/** A sheet with its continuations. */
export interface SheetProfile {
  /** Name of the definition, or the sheet's own where the product does not know it. */
  readonly sheet: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

/** Sums up a column of a sheet with so many rows. */
export function describeColumn(part: ColumnPart, rows: number): ColumnProfile {
  const { numbers, dates, texts, errors, booleans } = part;
  const types: Partial<Record<ValueType, number>> = {};
  if (numbers) types.number = numbers.count;
  if (texts) types.text = texts.count;
  if (dates) types.date = dates.count;
  if (booleans.false + booleans.true > 0) types.boolean = booleans.false + booleans.true;
  if (errors) types.error = errors.count;
  const filled = Object.values(types).reduce((sum, count) => sum + count, 0);
  const sets = [numbers?.distinct, texts?.distinct, dates?.distinct, errors?.distinct].filter(
    (set) => set !== undefined,
  );
  const exact = sets.every((set) => set.kind === 'exact');
  const truths = Number(booleans.false > 0) + Number(booleans.true > 0);
  return {
    name: part.name,
    rows,
    nulls: rows - filled,
    nullRate: rows === 0 ? null : (rows - filled) / rows,
    types,
    distinct: sets.reduce((sum, set) => sum + sizeOf(set), truths),
    exact,
    numbers: numbers && { min: numbers.min, max: numbers.max, zeros: numbers.zeros, fractions: numbers.fractions },
    dates: dates && { min: wallSecondsToIso(dates.min), max: wallSecondsToIso(dates.max) },
    texts: texts && textProfile(texts),
    topValues: exact ? topValues(part) : undefined,
    key: part.trackKeys ? keyValues(part) : undefined,
  };
}

function textProfile({ minLength, maxLength, distinct }: TextPart): TextProfile {
  if (distinct.kind === 'sketch') return { minLength, maxLength };
  let numeric = 0;
  let dated = 0;
  distinct.values.forEach((value, i) => {
    if (parseNumberText(value) !== undefined) numeric += distinct.counts[i];
    else if (parseDateText(value) !== undefined) dated += distinct.counts[i];
  });
  return { minLength, maxLength, numeric, dated };
}

function sizeOf(set: NumberSet | TextSet): number {
  return set.kind === 'exact' ? set.values.length : new HyperLogLog(set.registers).estimate();
}

function topValues(part: ColumnPart): TopValue[] {
  const named: TopValue[] = [
    ...topNumbers(part.numbers).map(({ value, count }) => ({ type: 'number' as const, value, count })),
    ...topTexts(part.texts).map(({ value, count }) => ({ type: 'text' as const, value: shown(value), count })),
    ...topNumbers(part.dates).map(({ value, count }) => ({
      type: 'date' as const,
      value: wallSecondsToIso(value),
      count,
    })),
    { type: 'boolean', value: false, count: part.booleans.false },
    { type: 'boolean', value: true, count: part.booleans.true },
    ...topTexts(part.errors).map(({ value, count }) => ({ type: 'error' as const, value: shown(value), count })),
  ];
  // The sort is stable: equal counts stay in the order of types, and within a type in that of values.
  return named
    .filter((value) => value.count > 1)
    .sort((a, b) => b.count - a.count)
    .slice(0, TOP_VALUES);
}

function topNumbers(part: NumberPart | undefined): Ranked<number>[] {
  return part?.distinct.kind === 'exact' ? first(TOP_VALUES, part.distinct, 'frequent') : [];
}

function topTexts(part: TextPart | undefined): Ranked<string>[] {
  return part?.distinct.kind === 'exact' ? first(TOP_VALUES, part.distinct, 'frequent') : [];
}

function shown(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}

function keyValues(part: ColumnPart): KeyValues {
  const { numbers, dates, errors, booleans, textKeys } = part;
  let unreadableRows = (dates?.count ?? 0) + (errors?.count ?? 0) + booleans.false + booleans.true;
  unreadableRows += textKeys?.unreadable ?? 0;
  if (numbers?.distinct.kind === 'sketch' || textKeys?.keys.kind === 'sketch') return { unreadableRows };
  const none: CountedNumbers = { values: new Float64Array(0), counts: new Uint32Array(0) };
  const asNumbers = numbers?.distinct ?? none;
  const asTexts = textKeys?.keys ?? none;
  const isPlain =
    numbers === undefined ||
    (numbers.fractions === 0 && Number.isSafeInteger(numbers.min) && Number.isSafeInteger(numbers.max));
  if (isPlain && asTexts.values.length === 0) return { values: asNumbers, unreadableRows };
  const table = new NumberTable();
  asNumbers.values.forEach((value, i) => {
    if (Number.isSafeInteger(value)) table.add(value, asNumbers.counts[i]);
    else unreadableRows += asNumbers.counts[i];
  });
  asTexts.values.forEach((value, i) => table.add(value, asTexts.counts[i]));
  return { values: table.compact(), unreadableRows };
}
