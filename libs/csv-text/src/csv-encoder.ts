const COMMA = 0x2c;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const ZERO = 0x30;
const DASH = 0x2d;
const DAY = 86_400;
/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;
const DAYS_OF_400_YEARS = 146_097;

/**
 * Encodes rows as CSV (RFC 4180 with line feeds) straight into bytes. Null is an empty field, dates are ISO without
 * zone, numbers their shortest form. A text that would read as something else (empty, `#…` as errors are written, or
 * with separators) is quoted, so that equal bytes mean equal cells.
 */
export class CsvEncoder {
  private buffer: Buffer;
  private length = 0;
  private atStart = true;

  /** @param chunkBytes the size at which `full` becomes true */
  constructor(private readonly chunkBytes = 128 * 1024) {
    this.buffer = Buffer.allocUnsafe(chunkBytes * 2);
  }

  /** Whether `take` should be called before more rows are written. */
  get full(): boolean {
    return this.length >= this.chunkBytes;
  }

  null(): void {
    this.separate(0);
  }

  number(value: number): void {
    // -0 among them, which is not below 0 and is written as 0.
    if (Number.isInteger(value) && value >= 0 && value <= 4_294_967_295) {
      this.separate(10);
      this.digits(value);
      return;
    }
    const text = String(value);
    this.separate(text.length);
    this.length += this.buffer.write(text, this.length, 'latin1');
  }

  boolean(value: boolean): void {
    this.separate(5);
    this.length += this.buffer.write(value ? 'TRUE' : 'FALSE', this.length, 'latin1');
  }

  /** An Excel error value, written bare: `#N/A`. */
  error(code: string): void {
    this.separate(code.length * 3);
    this.length += this.buffer.write(code, this.length, 'utf8');
  }

  /** @param wallSeconds seconds since 1970-01-01T00:00:00 without zone, years 0 to 9999 */
  date(wallSeconds: number): void {
    const day = Math.floor(wallSeconds / DAY);
    const time = wallSeconds - day * DAY;
    this.separate(19);
    this.isoDay(day);
    const hour = Math.floor(time / 3600);
    const minute = Math.floor((time - hour * 3600) / 60);
    this.two(0x54, hour);
    this.two(0x3a, minute);
    this.two(0x3a, time - hour * 3600 - minute * 60);
  }

  text(value: string): void {
    if (!needsQuotes(value)) {
      this.separate(value.length * 3);
      this.length += this.buffer.write(value, this.length, 'utf8');
      return;
    }
    const quoted = value.replaceAll('"', '""');
    this.separate(quoted.length * 3 + 2);
    this.buffer[this.length] = QUOTE;
    this.length += 1 + this.buffer.write(quoted, this.length + 1, 'utf8');
    this.buffer[this.length] = QUOTE;
    this.length += 1;
  }

  endRow(): void {
    this.reserve(1);
    this.buffer[this.length] = NEWLINE;
    this.length += 1;
    this.atStart = true;
  }

  /** Hands over what has been encoded so far; the encoder goes on in a buffer of its own. */
  take(): Buffer {
    const chunk = this.buffer.subarray(0, this.length);
    this.buffer = Buffer.allocUnsafe(this.chunkBytes * 2);
    this.length = 0;
    return chunk;
  }

  private separate(bytes: number): void {
    this.reserve(bytes + 1);
    if (!this.atStart) {
      this.buffer[this.length] = COMMA;
      this.length += 1;
    }
    this.atStart = false;
  }

  private digits(value: number): void {
    let size = 1;
    for (let bound = 10; value >= bound; bound *= 10) size += 1;
    let rest = value;
    for (let at = this.length + size - 1; at >= this.length; at -= 1) {
      const next = Math.floor(rest / 10);
      this.buffer[at] = ZERO + (rest - next * 10);
      rest = next;
    }
    this.length += size;
  }

  /**
   * Writes a day as 2025-12-11. Counted from 1 March of the year 0, months have the same lengths in every year, and the day
   * that leap years add stands last.
   */
  private isoDay(day: number): void {
    const fromMarch = day + DAYS_TO_1970;
    const era = Math.floor(fromMarch / DAYS_OF_400_YEARS);
    const dayOfEra = fromMarch - era * DAYS_OF_400_YEARS;
    const yearOfEra = Math.floor(
      (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
    );
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
    const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    const century = Math.floor(year / 100);
    const { buffer, length } = this;
    buffer[length] = ZERO + Math.floor(century / 10);
    buffer[length + 1] = ZERO + (century % 10);
    buffer[length + 2] = ZERO + Math.floor((year - century * 100) / 10);
    buffer[length + 3] = ZERO + (year % 10);
    this.length += 4;
    this.two(DASH, month);
    this.two(DASH, dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1);
  }

  private two(prefix: number, value: number): void {
    this.buffer[this.length] = prefix;
    this.buffer[this.length + 1] = ZERO + Math.floor(value / 10);
    this.buffer[this.length + 2] = ZERO + (value % 10);
    this.length += 3;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

function needsQuotes(value: string): boolean {
  if (value === '' || value.charCodeAt(0) === 0x23) return true;
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    if (code === COMMA || code === QUOTE || code === NEWLINE || code === 0x0d) return true;
  }
  return false;
}
