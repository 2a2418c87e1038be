import { parseNumberText } from '@libs/workbook';
import { DistinctNumbers, type NumberSet } from './distinct-numbers';
import { DistinctTexts, type TextBound, type TextSet } from './distinct-texts';

/** How much of a column is kept exactly. */
export interface ColumnBounds {
  /** Distinct numbers, and as many dates. */
  readonly numbers: number;
  /** Distinct numbers of a key or reference column. */
  readonly keys: number;
  readonly texts: TextBound;
}

/** Numbers or dates (as wall-clock seconds) of a column. `min` and `max` are meaningless while `count` is 0. */
export interface NumberPart {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  /** Values that are not whole. */
  readonly fractions: number;
  readonly distinct: NumberSet;
}

export interface TextPart {
  readonly count: number;
  /** In UTF-16 units. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly distinct: TextSet;
}

/** Whole numbers that a key or reference column holds as texts; the loader reads them as the numbers they name. */
export interface TextKeyPart {
  readonly keys: NumberSet;
  /** Cells whose text is no whole number of up to 53 bits. */
  readonly unreadable: number;
}

/** One column of one sheet, plain data that survives structured clone. Types that never occurred are undefined. */
export interface ColumnPart {
  readonly name: string;
  readonly numbers?: NumberPart;
  readonly dates?: NumberPart;
  readonly texts?: TextPart;
  readonly errors?: TextPart;
  readonly booleans: { readonly false: number; readonly true: number };
  /** Whether the values are a key of relationships; if so, `numbers` are exact as long as memory allows. */
  readonly trackKeys: boolean;
  readonly textKeys?: TextKeyPart;
}

/** Counts a column's cells as they come, or the parts of a column that stands in several sheets. */
export class ColumnProfiler {
  private numbers: NumberProfiler | undefined;
  private dates: NumberProfiler | undefined;
  private texts: TextProfiler | undefined;
  private errors: TextProfiler | undefined;
  private textKeys: DistinctNumbers | undefined;
  private unreadableTexts = 0;
  private falses = 0;
  private trues = 0;

  constructor(
    readonly name: string,
    private readonly trackKeys: boolean,
    private readonly bounds: ColumnBounds,
  ) {}

  number(value: number): void {
    this.allNumbers().add(value);
  }

  date(wallSeconds: number): void {
    this.allDates().add(wallSeconds);
  }

  text(value: string): void {
    this.allTexts().add(value);
    if (!this.trackKeys) return;
    const key = parseNumberText(value);
    if (Number.isSafeInteger(key)) this.allTextKeys().add(key as number);
    else this.unreadableTexts += 1;
  }

  boolean(value: 0 | 1): void {
    if (value === 1) this.trues += 1;
    else this.falses += 1;
  }

  error(code: string): void {
    this.allErrors().add(code);
  }

  absorb(part: ColumnPart): void {
    if (part.numbers) this.allNumbers().absorb(part.numbers);
    if (part.dates) this.allDates().absorb(part.dates);
    if (part.texts) this.allTexts().absorb(part.texts);
    if (part.errors) this.allErrors().absorb(part.errors);
    if (part.textKeys) this.allTextKeys().absorb(part.textKeys.keys);
    this.unreadableTexts += part.textKeys?.unreadable ?? 0;
    this.falses += part.booleans.false;
    this.trues += part.booleans.true;
  }

  part(): ColumnPart {
    const hasTexts = this.trackKeys && this.texts !== undefined;
    return {
      name: this.name,
      trackKeys: this.trackKeys,
      numbers: this.numbers?.part(),
      dates: this.dates?.part(),
      texts: this.texts?.part(),
      errors: this.errors?.part(),
      booleans: { false: this.falses, true: this.trues },
      textKeys: hasTexts ? { keys: this.allTextKeys().set(), unreadable: this.unreadableTexts } : undefined,
    };
  }

  private allNumbers(): NumberProfiler {
    return (this.numbers ??= new NumberProfiler(this.trackKeys ? this.bounds.keys : this.bounds.numbers));
  }

  private allDates(): NumberProfiler {
    return (this.dates ??= new NumberProfiler(this.bounds.numbers));
  }

  private allTexts(): TextProfiler {
    return (this.texts ??= new TextProfiler(this.bounds.texts));
  }

  private allErrors(): TextProfiler {
    return (this.errors ??= new TextProfiler(this.bounds.texts));
  }

  private allTextKeys(): DistinctNumbers {
    return (this.textKeys ??= new DistinctNumbers(this.bounds.keys));
  }
}

class NumberProfiler {
  private count = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;
  private zeros = 0;
  private fractions = 0;
  private readonly distinct: DistinctNumbers;

  constructor(bound: number) {
    this.distinct = new DistinctNumbers(bound);
  }

  add(cell: number): void {
    // -0 is 0: which of the two were the smallest would depend on their order.
    const value = cell + 0;
    this.count += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (value === 0) this.zeros += 1;
    else if (Math.floor(value) !== value) this.fractions += 1;
    this.distinct.add(value);
  }

  absorb(part: NumberPart): void {
    this.count += part.count;
    this.min = Math.min(this.min, part.min);
    this.max = Math.max(this.max, part.max);
    this.zeros += part.zeros;
    this.fractions += part.fractions;
    this.distinct.absorb(part.distinct);
  }

  part(): NumberPart {
    const { count, min, max, zeros, fractions } = this;
    return { count, min, max, zeros, fractions, distinct: this.distinct.set() };
  }
}

class TextProfiler {
  private count = 0;
  private minLength = Number.POSITIVE_INFINITY;
  private maxLength = 0;
  private readonly distinct: DistinctTexts;

  constructor(bound: TextBound) {
    this.distinct = new DistinctTexts(bound);
  }

  add(value: string): void {
    this.count += 1;
    if (value.length < this.minLength) this.minLength = value.length;
    if (value.length > this.maxLength) this.maxLength = value.length;
    this.distinct.add(value);
  }

  absorb(part: TextPart): void {
    this.count += part.count;
    this.minLength = Math.min(this.minLength, part.minLength);
    this.maxLength = Math.max(this.maxLength, part.maxLength);
    this.distinct.absorb(part.distinct);
  }

  part(): TextPart {
    const { count, minLength, maxLength } = this;
    return { count, minLength, maxLength, distinct: this.distinct.set() };
  }
}
