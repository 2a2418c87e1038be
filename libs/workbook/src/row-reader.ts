import { hash } from 'node:crypto';
import { CellType, serialToWallSeconds, wallSecondsToIso } from '@libs/xlsx';
import type { FactoryZone } from '@libs/factory-time';
import type { ColumnDefinition, SheetDefinition } from './definitions';
import { isNullText, parseDateText, parseNumberText } from './parse-text';

/** What became of one cell. */
export const CellState = {
  NULL: 0,
  OK: 1,
  /** Not of its column's type. */
  INVALID: 2,
  /** An Excel error value. */
  ERROR: 3,
  /** A date before 1950, read as null. */
  SENTINEL: 4,
  /** A recorded event later than the load's clock plus a day, read as null. */
  FUTURE: 5,
} as const;

export type RejectCode =
  | 'NULL_KEY'
  | 'INVALID_KEY'
  | 'INVALID_VALUE'
  | 'ERROR_CELL'
  | 'NULL_REQUIRED'
  | 'INVALID_TIME_RANGE'
  | 'INVALID_SEVERITY';

export interface Rejection {
  readonly code: RejectCode;
  /** Position of the column in the sheet's definition. */
  readonly column: number;
  readonly reason: string;
}

export interface RowReaderOptions {
  readonly zone: FactoryZone;
  readonly date1904: boolean;
  /** The load's clock, in seconds since the epoch. */
  readonly clockSeconds: number;
}

/** 1950-01-01T00:00:00 as wall-clock seconds: what lies before means 'no date'. */
const SENTINEL_BEFORE = Date.UTC(1950, 0, 1) / 1000;
/** 0001-01-01T00:00:00: nothing before it can be written as a date. */
const FIRST_DATE = -62_135_596_800;
/** 9999-12-31T23:59:59: the last date Excel knows. */
const LAST_DATE = Date.UTC(10000, 0, 1) / 1000 - 1;
const DAY = 86_400;
/** Why a cell that holds something counts as empty. */
const NO_VALUE: Readonly<Record<number, string>> = {
  [CellState.SENTINEL]: 'is before 1950, which stands for no date',
  [CellState.FUTURE]: 'lies after the load and cannot have happened',
};
const INT4_MAX = 2_147_483_647;

/**
 * Reads the cells of one row into the types of its sheet's columns, by `definitions.md`, "Reading a cell". One reader
 * serves all rows of a sheet: `begin`, `set` for every cell, `finish`; the arrays hold the row until the next `begin`.
 */
export class RowReader {
  /** A CellState for every column of the definition. */
  readonly states: Uint8Array;
  /** Numbers; for dates the instant in seconds since the epoch. Only where the state is OK. */
  readonly numbers: Float64Array;
  /** Texts, where the column is text and the state OK. */
  readonly texts: (string | undefined)[];
  /** Wall-clock seconds of dates that could be read, sentinels included. */
  readonly walls: Float64Array;

  private readonly rawTypes: Uint8Array;
  private readonly rawNumbers: Float64Array;
  private readonly rawTexts: (string | undefined)[];
  private readonly columns: readonly ColumnDefinition[];
  private readonly keyColumns: readonly number[];
  private readonly requiredColumns: readonly number[];
  private readonly severityColumns: readonly number[];
  private readonly intervalFrom: number;
  private readonly intervalTo: number;
  private readonly futureAfter: number;
  private filled = false;
  private problems = 0;

  constructor(
    readonly definition: SheetDefinition,
    private readonly options: RowReaderOptions,
  ) {
    this.columns = definition.columns;
    const width = this.columns.length;
    this.states = new Uint8Array(width);
    this.numbers = new Float64Array(width);
    this.texts = new Array<string | undefined>(width).fill(undefined);
    this.walls = new Float64Array(width);
    this.rawTypes = new Uint8Array(width);
    this.rawNumbers = new Float64Array(width);
    this.rawTexts = new Array<string | undefined>(width).fill(undefined);
    const position = (name: string | undefined): number => this.columns.findIndex((column) => column.column === name);
    this.keyColumns = definition.key.map(position);
    const positions = (holds: (column: ColumnDefinition) => boolean): number[] =>
      this.columns.flatMap((column, i) => (holds(column) ? [i] : []));
    this.requiredColumns = positions((column) => column.required === true);
    this.severityColumns = positions((column) => column.type === 'severity');
    this.intervalFrom = position(definition.interval?.from);
    this.intervalTo = position(definition.interval?.to);
    this.futureAfter = options.clockSeconds + DAY;
  }

  /** Forgets the previous row. */
  begin(): void {
    this.rawTypes.fill(0);
    this.filled = false;
  }

  /** Puts a cell of the workbook (see RowBatch) at a column of the definition. */
  set(column: number, type: number, number: number, text: string | undefined): void {
    if (type === CellType.STRING && (text as string).trim() === '') return;
    this.rawTypes[column] = type;
    this.rawNumbers[column] = number;
    this.rawTexts[column] = text;
    this.filled = true;
  }

  /** The cell as the workbook holds it: its CellType (0 for none), number and text. */
  cellType(column: number): number {
    return this.rawTypes[column];
  }

  cellNumber(column: number): number {
    return this.rawNumbers[column];
  }

  cellText(column: number): string | undefined {
    return this.rawTexts[column];
  }

  /** Whether the row has no cell with content among the definition's columns. */
  get isEmpty(): boolean {
    return !this.filled;
  }

  /** Whether some cell holds what the typed values cannot tell: an error, a wrong type, a sentinel, a future date. */
  get isFlagged(): boolean {
    return this.problems > 0;
  }

  /** Reads all cells of the row; afterwards `states` and the value arrays are valid. */
  finish(): void {
    this.problems = 0;
    for (let i = 0; i < this.columns.length; i += 1) {
      const state = this.read(i, this.columns[i]);
      this.states[i] = state;
      if (state > CellState.OK) this.problems += 1;
    }
  }

  /**
   * Why the row cannot be kept, as far as its own cells tell: the first reason in the order of `definitions.md`.
   * Severity stands last, since an unknown order, which only the database can tell, comes before it.
   */
  rejection(): Rejection | undefined {
    const states = this.states;
    for (const key of this.keyColumns) {
      const state = states[key];
      if (state === CellState.NULL) return this.reject('NULL_KEY', key, 'is empty, and it is part of the key');
    }
    if (this.problems > 0) {
      for (const key of this.keyColumns) {
        if (states[key] !== CellState.OK) {
          return this.reject('INVALID_KEY', key, 'is no whole number, and it is part of the key');
        }
      }
      const invalid = states.indexOf(CellState.INVALID);
      if (invalid >= 0) return this.reject('INVALID_VALUE', invalid, expected(this.columns[invalid].type));
      const error = states.indexOf(CellState.ERROR);
      if (error >= 0) return this.reject('ERROR_CELL', error, 'is an Excel error value');
    }
    for (const i of this.requiredColumns) {
      if (states[i] !== CellState.OK) {
        return this.reject(
          'NULL_REQUIRED',
          i,
          `${NO_VALUE[states[i]] ?? 'holds no value'}, and the row means nothing without it`,
        );
      }
    }
    if (this.definition.interval?.reject && this.intervalReversed()) {
      return this.reject('INVALID_TIME_RANGE', this.intervalTo, 'lies before the start');
    }
    for (const i of this.severityColumns) {
      const severity = this.numbers[i];
      if (states[i] !== CellState.OK || (severity !== 1 && severity !== 2 && severity !== 3)) {
        return this.reject('INVALID_SEVERITY', i, 'is not 1, 2 or 3');
      }
    }
    return undefined;
  }

  /** Whether both ends of the sheet's interval are known and stand in the wrong order on the factory's clock. */
  intervalReversed(): boolean {
    const { intervalFrom: from, intervalTo: to } = this;
    return this.states[from] === CellState.OK && this.states[to] === CellState.OK && this.walls[to] < this.walls[from];
  }

  /** What a cell held, as text: numbers in their shortest form, dates as ISO without zone, null as null. */
  rawText(column: number): string | null {
    switch (this.rawTypes[column]) {
      case CellType.NUMBER:
        return String(this.rawNumbers[column]);
      case CellType.BOOLEAN:
        return this.rawNumbers[column] === 1 ? 'TRUE' : 'FALSE';
      case CellType.DATE:
        return this.dateText(this.rawNumbers[column]);
      case CellType.STRING:
      case CellType.ERROR:
        return storable(this.rawTexts[column] as string);
      default:
        return null;
    }
  }

  /** A serial as ISO without zone, or the number itself where it is no date of any calendar. */
  private dateText(serial: number): string {
    const wall = serialToWallSeconds(serial, this.options.date1904);
    return isCalendarDate(wall) ? wallSecondsToIso(wall) : String(serial);
  }

  /** The row's cells as JSON, by header, for the record of rejects. */
  rawJson(): string {
    const row: Record<string, string | number | null> = {};
    this.columns.forEach((column, i) => {
      row[column.header] = this.rawTypes[i] === CellType.NUMBER ? this.rawNumbers[i] : this.rawText(i);
    });
    return JSON.stringify(row);
  }

  /** 16 bytes that are the same for rows whose cells say the same, whatever cell types they were written with. */
  fingerprint(): Uint8Array {
    const parts: string[] = [];
    for (let i = 0; i < this.columns.length; i += 1) {
      const state = this.states[i];
      if (state === CellState.NULL) parts.push('-');
      else if (state === CellState.OK) parts.push(`=${this.texts[i] ?? String(this.numbers[i])}`);
      else parts.push(`!${this.rawText(i) as string}`);
    }
    return hash('sha256', parts.join('\u001f'), 'buffer').subarray(0, 16);
  }

  private read(i: number, column: ColumnDefinition): number {
    const type = this.rawTypes[i];
    this.texts[i] = undefined;
    if (type === 0) return CellState.NULL;
    const text = this.rawTexts[i];
    if (type === CellType.STRING && isNullText(text as string)) return CellState.NULL;
    if (type === CellType.ERROR) return CellState.ERROR;
    switch (column.type) {
      case 'date':
        return this.readDate(i, type, text, column.event === true);
      case 'text':
        return this.readText(i);
      default:
        return this.readNumber(i, type, text, column.type);
    }
  }

  private readNumber(i: number, type: number, text: string | undefined, kind: ColumnDefinition['type']): number {
    let value: number | undefined;
    if (type === CellType.NUMBER) value = this.rawNumbers[i];
    else if (type === CellType.BOOLEAN && kind === 'integer') value = this.rawNumbers[i];
    else if (type === CellType.STRING) value = parseNumberText(text as string);
    if (value === undefined || !Number.isFinite(value)) return CellState.INVALID;
    if (kind === 'id' && !Number.isSafeInteger(value)) return CellState.INVALID;
    if (kind === 'integer' && !(Number.isInteger(value) && Math.abs(value) <= INT4_MAX)) return CellState.INVALID;
    // -0 is 0: nothing in a workbook means the difference.
    this.numbers[i] = value === 0 ? 0 : value;
    return CellState.OK;
  }

  private readDate(i: number, type: number, text: string | undefined, event: boolean): number {
    let wall: number;
    let instant: number | undefined;
    if (type === CellType.DATE || type === CellType.NUMBER) {
      wall = serialToWallSeconds(this.rawNumbers[i], this.options.date1904);
    } else if (type === CellType.STRING) {
      const parsed = parseDateText(text as string);
      if (parsed === undefined) return CellState.INVALID;
      if ('wall' in parsed) wall = parsed.wall;
      else {
        instant = parsed.instant;
        wall = this.options.zone.toWall(instant);
      }
    } else return CellState.INVALID;
    if (!isCalendarDate(wall)) return CellState.INVALID;
    this.walls[i] = wall;
    if (wall < SENTINEL_BEFORE) return CellState.SENTINEL;
    instant ??= this.options.zone.toInstant(wall);
    if (event && instant > this.futureAfter) return CellState.FUTURE;
    this.numbers[i] = instant;
    return CellState.OK;
  }

  private readText(i: number): number {
    const text = this.rawText(i) as string;
    this.texts[i] = text;
    return CellState.OK;
  }

  private reject(code: RejectCode, column: number, what: string): Rejection {
    const raw = this.rawText(column);
    const shown = raw === null ? '' : ` ("${raw.length > 60 ? `${raw.slice(0, 60)}…` : raw}")`;
    return { code, column, reason: `${this.columns[column].header}${shown} ${what}.` };
  }
}

/** Whether wall-clock seconds fall into the years 1 to 9999. */
export function isCalendarDate(wallSeconds: number): boolean {
  return wallSeconds >= FIRST_DATE && wallSeconds <= LAST_DATE;
}

/** PostgreSQL stores neither U+0000 nor half a surrogate pair; both become the replacement character. */
function storable(text: string): string {
  return (text.isWellFormed() ? text : text.toWellFormed()).replaceAll('\u0000', '\ufffd');
}

function expected(type: ColumnDefinition['type']): string {
  switch (type) {
    case 'date':
      return 'is no date';
    case 'id':
    case 'integer':
      return 'is no whole number';
    default:
      return 'is no number';
  }
}
