import { createHash } from 'node:crypto';
import { CellType, cellAddress, serialToWallSeconds, type RowBatch } from '@libs/xlsx';
import { CopyBinaryEncoder } from '@libs/copy-binary';
import { CsvEncoder } from '@libs/csv-text';
import type { ColumnDefinition, SheetDefinition } from './definitions';
import type { MappingAliases } from './mapping-file';
import {
  HEADER_SEARCH_ROWS,
  matchHeaders,
  missingHeaders,
  type HeaderCandidate,
  type HeaderMatch,
} from './match-headers';
import { isNullText } from './parse-text';
import { CellState, isCalendarDate, RowReader, type RowReaderOptions } from './row-reader';

/** Told of every cell with content, by position: the definition's columns first, then the extra ones. */
export interface CellObserver {
  row(): void;
  number(column: number, value: number): void;
  text(column: number, value: string): void;
  date(column: number, wallSeconds: number): void;
  boolean(column: number, value: 0 | 1): void;
  error(column: number, code: string): void;
}

/** A finding about one cell of a row that is, as far as its own cells tell, kept. */
export interface CellIssue {
  readonly row: number;
  readonly column: string;
  readonly cell: string;
  readonly code: 'SENTINEL_DATE' | 'FUTURE_DATE' | 'INVALID_TIME_RANGE';
  readonly detail: string;
}

export interface SheetConverterOptions extends RowReaderOptions {
  /** 0 for the sheet itself, 1, 2, … for its continuations. */
  readonly ordinal: number;
  readonly aliases: MappingAliases;
  readonly observe: (headers: readonly string[]) => CellObserver;
}

const SKIP = -1;

/**
 * Turns a sheet's row batches into what the load needs of them in one pass: binary COPY rows for staging, CSV, a
 * layout hash and the observer's profile. Pure: who calls it moves the bytes.
 */
export class SheetConverter {
  readonly copy = new CopyBinaryEncoder();
  readonly csv = new CsvEncoder();
  /** Data rows met so far: rows below the header with at least one cell. */
  extracted = 0;
  /** Of these, rows that cannot be kept for what their own cells hold. */
  rejected = 0;
  readonly warnings: string[] = [];

  private readonly reader: RowReader;
  private readonly layout = createHash('sha256');
  private readonly candidates: HeaderCandidate[] = [];
  private issues: CellIssue[] = [];
  /** By Excel column (from 1): position in the definition, definition length + i for extras, or SKIP. */
  private positions = new Int32Array(0);
  private width = 0;
  private headerRow = 0;
  private header: HeaderMatch | undefined;
  private observer: CellObserver | undefined;
  private extraTypes = new Uint8Array(0);
  private extraNumbers = new Float64Array(0);
  private extraTexts: (string | undefined)[] = [];
  private rowNumbers = new Uint32Array(0);

  constructor(
    readonly definition: SheetDefinition,
    private readonly options: SheetConverterOptions,
  ) {
    this.reader = new RowReader(definition, options);
    this.width = definition.columns.length;
  }

  /** The columns of `<entity>_raw` in the order in which `copy` holds them. */
  static copyColumns(definition: SheetDefinition): string[] {
    const columns = definition.columns.map((column) => column.column);
    if (definition.key.length === 0) columns.push('ofch_id');
    return [...columns, 'src_sheet', 'src_row', 'reject_code', 'reject_column', 'reject_reason', 'raw'];
  }

  /**
   * Takes the rows of a batch.
   *
   * @throws MappingError HEADER_MISSING once the rows in which a header may stand hold none
   */
  push(batch: RowBatch): void {
    const from = this.header === undefined ? this.findHeader(batch) : 0;
    if (this.rowNumbers.length < batch.rowCount) this.rowNumbers = new Uint32Array(batch.rowCount);
    let kept = 0;
    for (let i = from; i < batch.rowCount; i += 1) {
      if (this.convertRow(batch, i)) {
        this.rowNumbers[kept] = batch.rowNumber[i];
        kept += 1;
      }
    }
    this.layout.update(new Uint8Array(this.rowNumbers.buffer, 0, kept * 4));
  }

  /**
   * Ends the sheet; `copy.finish()` and `csv.take()` hold the rest.
   *
   * @returns the hash of where rows and columns stand (two sheets with equal CSV and layout are one to the loader), and
   *   the Excel columns (from 1) of the definition's columns
   * @throws MappingError HEADER_MISSING where no header was found
   */
  finish(): { readonly layoutSha256: string; readonly columns: readonly number[] } {
    if (this.header === undefined) throw missingHeaders(this.definition, this.candidates, this.options.aliases);
    return { layoutSha256: this.layout.digest('hex'), columns: this.header.columns };
  }

  /** The cell findings since the last call. */
  takeIssues(): CellIssue[] {
    const taken = this.issues;
    this.issues = [];
    return taken;
  }

  get pendingIssues(): number {
    return this.issues.length;
  }

  /** @returns the row of the batch after the header, or the end of the batch where none was found */
  private findHeader(batch: RowBatch): number {
    for (let i = 0; i < batch.rowCount; i += 1) {
      const cells = headerCells(batch, i);
      if (cells.length === 0) continue;
      const candidate: HeaderCandidate = { row: batch.rowNumber[i], cells };
      this.candidates.push(candidate);
      const match = matchHeaders(this.definition, candidate, this.options.aliases);
      if (match) {
        this.useHeader(match, candidate.row);
        return i + 1;
      }
      if (this.candidates.length >= HEADER_SEARCH_ROWS) {
        throw missingHeaders(this.definition, this.candidates, this.options.aliases);
      }
    }
    return batch.rowCount;
  }

  private useHeader(match: HeaderMatch, row: number): void {
    this.header = match;
    this.headerRow = row;
    this.warnings.push(...match.warnings);
    const last = Math.max(...match.columns, ...match.extras.map((extra) => extra.column));
    this.positions = new Int32Array(last + 1).fill(SKIP);
    match.columns.forEach((column, i) => (this.positions[column] = i));
    match.extras.forEach((extra, i) => (this.positions[extra.column] = this.width + i));
    this.extraTypes = new Uint8Array(match.extras.length);
    this.extraNumbers = new Float64Array(match.extras.length);
    this.extraTexts = new Array<string | undefined>(match.extras.length).fill(undefined);
    const headers = [
      ...this.definition.columns.map((column) => column.header),
      ...match.extras.map((extra) => extra.header),
    ];
    this.observer = this.options.observe(headers);
    for (const header of headers) this.csv.text(header);
    this.csv.endRow();
    this.layout.update(JSON.stringify([this.headerRow, match.columns, match.extras]));
  }

  /** @returns whether the row holds anything */
  private convertRow(batch: RowBatch, row: number): boolean {
    const { reader, positions } = this;
    reader.begin();
    this.extraTypes.fill(0);
    let hasExtra = false;
    const end = batch.cellStart[row + 1];
    for (let cell = batch.cellStart[row]; cell < end; cell += 1) {
      const column = batch.cellColumn[cell];
      const position = column < positions.length ? positions[column] : SKIP;
      if (position === SKIP) continue;
      const type = batch.cellType[cell];
      const number = batch.cellNumber[cell];
      const text = batch.cellText[cell];
      if (position < this.width) reader.set(position, type, number, text);
      else if (!(type === CellType.STRING && (text as string).trim() === '')) {
        this.extraTypes[position - this.width] = type;
        this.extraNumbers[position - this.width] = number;
        this.extraTexts[position - this.width] = text;
        hasExtra = true;
      }
    }
    if (reader.isEmpty && !hasExtra) return false;
    reader.finish();
    this.extracted += 1;
    this.writeCopyRow(batch.rowNumber[row]);
    this.writeCsvRow();
    return true;
  }

  private writeCopyRow(rowNumber: number): void {
    const { reader, copy, definition } = this;
    const hasFingerprint = definition.key.length === 0;
    const rejection = reader.rejection();
    copy.row(this.width + (hasFingerprint ? 7 : 6));
    for (let i = 0; i < this.width; i += 1) this.writeTyped(i, definition.columns[i]);
    if (hasFingerprint) copy.uuid(reader.fingerprint());
    copy.int2(this.options.ordinal);
    copy.int4(rowNumber);
    if (rejection) {
      this.rejected += 1;
      copy.text(rejection.code);
      copy.text(definition.columns[rejection.column].header);
      copy.text(rejection.reason);
    } else {
      copy.null();
      copy.null();
      copy.null();
      this.noteIssues(rowNumber);
    }
    if (rejection || reader.isFlagged) copy.jsonb(reader.rawJson());
    else copy.null();
  }

  private writeTyped(i: number, column: ColumnDefinition): void {
    const { reader, copy } = this;
    if (reader.states[i] !== CellState.OK) {
      copy.null();
      return;
    }
    const value = reader.numbers[i];
    switch (column.type) {
      case 'id':
        copy.int8(value);
        break;
      case 'integer':
        copy.int4(value);
        break;
      case 'severity':
        if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) copy.int4(value);
        else copy.null();
        break;
      case 'number':
        copy.float8(value);
        break;
      case 'date':
        copy.timestamptz(value);
        break;
      case 'text':
        copy.text(reader.texts[i] as string);
        break;
    }
  }

  private noteIssues(rowNumber: number): void {
    const { reader, definition } = this;
    const { interval } = definition;
    if (reader.isFlagged) {
      for (let i = 0; i < this.width; i += 1) {
        const state = reader.states[i];
        if (state !== CellState.SENTINEL && state !== CellState.FUTURE) continue;
        const code = state === CellState.SENTINEL ? 'SENTINEL_DATE' : 'FUTURE_DATE';
        this.addIssue(rowNumber, i, code, `${reader.rawText(i) as string} was stored as null`);
      }
    }
    // Where a reversed interval is refused, its row does not come here.
    if (interval && reader.intervalReversed()) {
      const to = definition.columns.findIndex((column) => column.column === interval.to);
      const from = definition.columns.findIndex((column) => column.column === interval.from);
      this.addIssue(rowNumber, to, 'INVALID_TIME_RANGE', `${reader.rawText(to)} lies before ${reader.rawText(from)}`);
    }
  }

  private addIssue(rowNumber: number, position: number, code: CellIssue['code'], detail: string): void {
    const column = this.header?.columns[position] as number;
    this.issues.push({
      row: rowNumber,
      column: this.definition.columns[position].header,
      cell: cellAddress(rowNumber, column),
      code,
      detail,
    });
  }

  private writeCsvRow(): void {
    const observer = this.observer as CellObserver;
    observer.row();
    for (let i = 0; i < this.width; i += 1) {
      this.writeCsvCell(i, this.reader.cellType(i), this.reader.cellNumber(i), this.reader.cellText(i));
    }
    for (let i = 0; i < this.extraTypes.length; i += 1) {
      this.writeCsvCell(this.width + i, this.extraTypes[i], this.extraNumbers[i], this.extraTexts[i]);
    }
    this.csv.endRow();
  }

  private writeCsvCell(position: number, type: number, number: number, text: string | undefined): void {
    const { csv } = this;
    const observer = this.observer as CellObserver;
    switch (type) {
      case CellType.NUMBER:
        csv.number(number);
        observer.number(position, number);
        break;
      case CellType.STRING:
        if (isNullText(text as string)) csv.null();
        else {
          csv.text(text as string);
          observer.text(position, text as string);
        }
        break;
      case CellType.DATE: {
        const wall = serialToWallSeconds(number, this.options.date1904);
        if (isCalendarDate(wall)) {
          csv.date(wall);
          observer.date(position, wall);
        } else {
          csv.number(number);
          observer.number(position, number);
        }
        break;
      }
      case CellType.BOOLEAN:
        csv.boolean(number === 1);
        observer.boolean(position, number === 1 ? 1 : 0);
        break;
      case CellType.ERROR:
        csv.error(text as string);
        observer.error(position, text as string);
        break;
      default:
        csv.null();
    }
  }
}

function headerCells(batch: RowBatch, row: number): { column: number; text: string }[] {
  const cells: { column: number; text: string }[] = [];
  const end = batch.cellStart[row + 1];
  for (let cell = batch.cellStart[row]; cell < end; cell += 1) {
    const type = batch.cellType[cell];
    const column = batch.cellColumn[cell];
    if (type === CellType.STRING) {
      const text = (batch.cellText[cell] as string).trim();
      if (text !== '') cells.push({ column, text });
    } else if (type === CellType.NUMBER) {
      cells.push({ column, text: String(batch.cellNumber[cell]) });
    }
  }
  return cells;
}
