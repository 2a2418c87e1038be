import { CellType, MAX_COLUMN, MAX_ROW } from './cell-types';
import { isoToSerial } from './dates';
import { FastRows, type SheetContext } from './fast-rows';
import { parseNumberBytes } from './number-bytes';
import { RichText } from './rich-text';
import type { RowBuilder } from './row-builder';
import { FormatKind } from './styles-part';
import { Token, type XmlScanner } from './xml-scanner';
import { XlsxError } from './xlsx-error';

/** Where in the worksheet the scanner stands. */
const In = { ROOT: 0, WORKSHEET: 1, DATA: 2, ROW: 3, CELL: 4, VALUE: 5, INLINE: 6, RUN: 7, TEXT: 8 } as const;
type In = (typeof In)[keyof typeof In];

/** A1 to XFD1048576, letters in either case; zeros for anything that is no reference. */
function parseReference(reference: string): { row: number; column: number } {
  let at = 0;
  let column = 0;
  for (; at < 3; at++) {
    const letter = (reference.charCodeAt(at) | 0x20) - 96;
    if (!(letter >= 1 && letter <= 26)) break;
    column = column * 26 + letter;
  }
  const length = reference.length;
  let row = 0;
  for (; at < length; at++) {
    const digit = reference.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9 || row > MAX_ROW) return { row: 0, column: 0 };
    row = row * 10 + digit;
  }
  return { row, column };
}

/**
 * Reads the rows of a worksheet from the scanner's window into the batch, wherever the chunks were cut.
 *
 * Rows and cells of the usual shape go through FastRows; everything else that is legal comes out right here: prefixes,
 * any order and quoting of attributes, comments, CDATA, rich inline text, formulas, missing references, foreign
 * elements (skipped with all they hold). The part is checked to its end for well-formedness.
 */
export class SheetScanner {
  private readonly fast: FastRows;
  private state: In = In.ROOT;
  /** the depth of a foreign element that is being skipped, 0 when none is */
  private skipDepth = 0;

  /** the row counted on from when a row has no r */
  private lastRow = 0;
  private cellKind = 'n';
  private cellStyle = 0;
  private value = '';
  /** the value of a number cell where it could be read straight from the bytes, else NaN */
  private number = NaN;
  private hasInline = false;
  private readonly valueText: RichText;
  private readonly inlineText: RichText;

  constructor(
    private readonly xml: XmlScanner,
    private readonly out: RowBuilder,
    private readonly context: SheetContext,
  ) {
    this.fast = new FastRows(xml, out, context);
    const place = (): string => out.place(out.lastColumn);
    this.valueText = new RichText(context.textCap, place);
    this.inlineText = new RichText(context.textCap, place);
  }

  /** Reads on until the batch is full, or until more bytes are needed (or none are left). */
  scan(): 'full' | 'more' | 'end' {
    const { xml, out } = this;
    for (;;) {
      if ((this.state === In.ROW || this.state === In.DATA) && this.skipDepth === 0 && xml.isDefaultMain) {
        const isInRow = this.fast.read(this.state === In.ROW);
        this.state = isInRow ? In.ROW : In.DATA;
        this.lastRow = out.row;
      }
      if (out.isFull) return 'full';
      const token = xml.next();
      if (token === Token.MORE) return 'more';
      if (token === Token.EOF) return 'end';
      if (this.skipDepth > 0) {
        if (token === Token.END && xml.depth + 1 === this.skipDepth) this.skipDepth = 0;
      } else if (token === Token.START) {
        this.start();
      } else if (token === Token.END) {
        this.end();
      } else if (this.state === In.VALUE) {
        if (!this.takeNumber()) this.valueText.append(xml.textValue());
      } else if (this.state === In.TEXT) {
        this.inlineText.append(xml.textValue());
      }
    }
  }

  private start(): void {
    const { xml } = this;
    const name = xml.isMain ? xml.local : '';
    switch (this.state) {
      case In.ROOT:
        if (name !== 'worksheet') throw xml.corrupt(`a <${xml.local.slice(0, 40)}> where a worksheet belongs`);
        this.state = In.WORKSHEET;
        return;
      case In.WORKSHEET:
        if (name === 'sheetData') this.state = In.DATA;
        else this.skip();
        return;
      case In.DATA:
        if (name === 'row') this.startRow();
        else this.skip();
        return;
      case In.ROW:
        if (name === 'c') this.startCell();
        else this.skip();
        return;
      case In.CELL:
        if (name === 'v') this.startValue();
        else if (name === 'is') this.startInline();
        else this.skip();
        return;
      case In.INLINE:
        if (name === 't') this.state = In.TEXT;
        else if (name === 'r') this.state = In.RUN;
        else this.skip();
        return;
      case In.RUN:
        if (name === 't') this.state = In.TEXT;
        else this.skip();
        return;
      default:
        this.skip();
    }
  }

  private skip(): void {
    this.skipDepth = this.xml.depth;
  }

  private end(): void {
    switch (this.state) {
      case In.TEXT:
        this.inlineText.endText();
        // <worksheet><sheetData><row><c><is> are five deep: what is open beyond them is a run.
        this.state = this.xml.depth > 5 ? In.RUN : In.INLINE;
        return;
      case In.RUN:
        this.state = In.INLINE;
        return;
      case In.INLINE:
        this.state = In.CELL;
        return;
      case In.VALUE:
        this.valueText.endText();
        this.value = this.valueText.value;
        this.state = In.CELL;
        return;
      case In.CELL:
        this.endCell();
        this.state = In.ROW;
        return;
      case In.ROW:
        this.out.endRow();
        this.lastRow = this.out.row;
        this.state = In.DATA;
        return;
      case In.DATA:
        this.state = In.WORKSHEET;
        return;
      default:
    }
  }

  private startRow(): void {
    const reference = this.xml.attribute('r');
    const row = reference === undefined ? this.lastRow + 1 : Number(reference);
    if (reference !== undefined && !/^\s*\d+\s*$/.test(reference))
      throw this.badReference(reference, `after row ${this.lastRow}`);
    this.out.beginRow(row);
    this.state = In.ROW;
  }

  /**
   * A cell without r follows the one before it. A cell whose own r names another row than the one it stands in is
   * believed: its row begins there (that also numbers rows that have no r of their own).
   */
  private startCell(): void {
    const { xml, out } = this;
    const reference = xml.attribute('r');
    if (reference === undefined) {
      out.moveTo(out.lastColumn + 1);
    } else {
      const { row, column } = parseReference(reference);
      if (row < 1 || row > MAX_ROW || column < 1 || column > MAX_COLUMN) {
        throw this.badReference(reference, `row ${out.row}`);
      }
      if (row !== out.row) {
        out.endRow();
        out.beginRow(row);
      }
      out.moveTo(column);
    }
    const style = xml.attribute('s');
    this.cellStyle = style === undefined ? 0 : Number(style);
    this.cellKind = xml.attribute('t') ?? 'n';
    this.value = '';
    this.number = NaN;
    this.hasInline = false;
    this.state = In.CELL;
  }

  private startValue(): void {
    this.valueText.begin();
    this.number = NaN;
    this.state = In.VALUE;
  }

  private startInline(): void {
    this.hasInline = true;
    this.inlineText.begin();
    this.state = In.INLINE;
  }

  private badReference(reference: string, where: string): XlsxError {
    const detail = `the reference '${reference.slice(0, 40)}'`;
    return new XlsxError('XLSX_BAD_REFERENCE', detail, `sheet ${this.out.sheet}, ${where}`);
  }

  /**
   * A value that its own type cannot hold (text in a number cell, 1e999, a boolean of 2) becomes an ERROR cell with the
   * text as stored: one bad cell is for the caller to quarantine, not a reason to refuse a million good rows. A type
   * that does not exist, or a shared string that does not, means that the file itself is damaged.
   */
  private endCell(): void {
    const { out, value } = this;
    switch (this.cellKind) {
      case 'n':
        return Number.isNaN(this.number) ? this.numberCell(value.trim()) : this.addNumber(this.number);
      case 's':
        return this.sharedCell(value.trim());
      case 'b':
        return this.booleanCell(value.trim());
      case 'd':
        return this.isoDateCell(value.trim());
      case 'e':
        return out.addText(CellType.ERROR, value.trim());
      case 'str':
      case 'inlineStr':
        return out.addText(CellType.STRING, this.hasInline ? this.inlineText.value : value);
      default: {
        const detail = `the cell type '${this.cellKind.slice(0, 40)}'`;
        throw new XlsxError('XLSX_CORRUPT_XML', detail, out.place(out.lastColumn));
      }
    }
  }

  /** Takes the text of a number cell straight from the bytes, where it is the usual one: no string is made of it. */
  private takeNumber(): boolean {
    const { xml } = this;
    if (this.cellKind !== 'n' || !xml.isLastText || !this.valueText.isEmpty) return false;
    this.number = parseNumberBytes(xml.buf, xml.textStart, xml.textEnd);
    return !Number.isNaN(this.number);
  }

  private numberCell(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const value = parseNumberBytes(bytes, 0, bytes.length);
    if (Number.isNaN(value)) this.out.addText(CellType.ERROR, text);
    else this.addNumber(value);
  }

  private addNumber(value: number): void {
    const { dateStyles, firstDate, pastLastDate } = this.context;
    // A number that no four-digit year can name is a number however it is formatted.
    const formatKind = dateStyles[this.cellStyle];
    if (formatKind === FormatKind.UNKNOWN) {
      const { out } = this;
      const detail = 'the styles that the workbook names are missing, so this number may be a date';
      throw new XlsxError('XLSX_MISSING_PART', detail, out.place(out.lastColumn));
    }
    const isDate = formatKind === FormatKind.DATE && value >= firstDate && value < pastLastDate;
    this.out.addNumber(isDate ? CellType.DATE : CellType.NUMBER, value);
  }

  private sharedCell(text: string): void {
    if (text === '') return;
    const shared = /^\d+$/.test(text) ? this.context.strings.get(Number(text)) : undefined;
    if (shared === undefined) {
      const { out } = this;
      const detail = `shared string ${text.slice(0, 40)} of ${this.context.strings.count}`;
      throw new XlsxError('XLSX_BAD_SHARED_STRING', detail, out.place(out.lastColumn));
    }
    this.out.addText(CellType.STRING, shared);
  }

  private booleanCell(text: string): void {
    if (text === '1' || text === 'true') this.out.addNumber(CellType.BOOLEAN, 1);
    else if (text === '0' || text === 'false') this.out.addNumber(CellType.BOOLEAN, 0);
    else this.out.addText(CellType.ERROR, text);
  }

  private isoDateCell(text: string): void {
    const serial = isoToSerial(text, this.context.date1904);
    if (Number.isNaN(serial)) this.out.addText(CellType.ERROR, text);
    else this.out.addNumber(CellType.DATE, serial);
  }
}
