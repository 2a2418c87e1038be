import { unescapeExcel } from './xml-text';
import { XlsxError } from './xlsx-error';

/** An escape (_x000D_) takes seven characters for one. */
const LONGEST_ESCAPE = 7;

/** Joins the <t> texts of one string item, resolving Excel's escapes inside each, under the cap on string length. */
export class RichText {
  private joined = '';
  private raw = '';

  constructor(
    private readonly cap: number,
    private readonly what: () => string,
  ) {}

  begin(): void {
    this.joined = '';
    this.raw = '';
  }

  get isEmpty(): boolean {
    return this.raw === '' && this.joined === '';
  }

  /** Text and CDATA inside a <t> may come in pieces. */
  append(piece: string): void {
    this.raw = this.raw === '' ? piece : this.raw + piece;
    if (this.raw.length > this.cap * LONGEST_ESCAPE) throw this.tooLong();
  }

  endText(): void {
    this.joined += unescapeExcel(this.raw);
    this.raw = '';
    if (this.joined.length > this.cap) throw this.tooLong();
  }

  get value(): string {
    return this.joined;
  }

  private tooLong(): XlsxError {
    return new XlsxError('XLSX_LIMIT_STRING', `a text of more than ${this.cap} characters`, this.what());
  }
}
