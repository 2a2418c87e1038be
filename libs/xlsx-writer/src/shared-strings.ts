import { escapeText, needsSpacePreserve } from './xml-text';

/** `<t>` with its text; the shape is the same in the shared table and in an inline cell. */
export function textElement(text: string): string {
  return needsSpacePreserve(text) ? `<t xml:space="preserve">${escapeText(text)}</t>` : `<t>${escapeText(text)}</t>`;
}

/**
 * The texts that cells refer to by number. The table can be written only when all sheets are, so it is what grows with the workbook: past
 * `maxStrings` different texts or `maxChars` characters new ones go into their cells instead (`indexOf` answers undefined).
 */
export class SharedStrings {
  private readonly index = new Map<string, number>();
  private chars = 0;
  private references = 0;

  constructor(
    private readonly maxStrings: number,
    private readonly maxChars: number,
  ) {}

  indexOf(text: string): number | undefined {
    const known = this.index.get(text);
    if (known !== undefined) {
      this.references++;
      return known;
    }
    if (this.index.size >= this.maxStrings || this.chars + text.length > this.maxChars) return undefined;
    const next = this.index.size;
    this.index.set(text, next);
    this.chars += text.length;
    this.references++;
    return next;
  }

  /** The part's XML, piece by piece. */
  *xml(): Generator<string> {
    yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.references}" uniqueCount="${this.index.size}">`;
    for (const text of this.index.keys()) yield `<si>${textElement(text)}</si>`;
    yield '</sst>';
  }
}
