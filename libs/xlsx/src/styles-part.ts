import type { XlsxLimits } from './limits';
import { isBuiltInDateFormat, isDateFormatCode } from './number-format';
import { scanXmlPart, type PartSource } from './xml-part';
import { Token } from './xml-scanner';
import { XlsxError } from './xlsx-error';

/** Excel stops at 65,490 cell formats. */
const MAX_FORMATS = 1_000_000;

/** What a cell format makes of a number. */
export const FormatKind = { NUMBER: 0, DATE: 1, UNKNOWN: 2 } as const;

/**
 * The formats of a workbook that names a styles part which is not there: all but the first, which writers leave to plain
 * numbers and which cells without a format have, are unknown. To take them for numbers would silently turn dates into
 * numbers.
 */
export function missingDateStyles(): Uint8Array {
  const kinds = new Uint8Array(MAX_FORMATS).fill(FormatKind.UNKNOWN);
  kinds[0] = FormatKind.NUMBER;
  return kinds;
}

/**
 * For each cell format (the s attribute of a cell): DATE when it shows a number as a date or time, else NUMBER.
 * A format that the part defines wins over the built-in one of the same id. Cells take the number format of their own
 * format whatever applyNumberFormat says, as Excel does.
 */
export async function readDateStyles(part: PartSource, limits: XlsxLimits): Promise<Uint8Array> {
  const defined = new Map<string, boolean>();
  const formatOfStyle: string[] = [];
  let section = '';
  await scanXmlPart(part, limits, (token, scanner) => {
    if (token !== Token.START || !scanner.isMain) return;
    if (scanner.depth === 2) section = scanner.local;
    if (scanner.depth !== 3) return;
    if (section === 'numFmts' && scanner.local === 'numFmt') {
      const code = scanner.attribute('formatCode') ?? '';
      defined.set(scanner.attribute('numFmtId') ?? '', isDateFormatCode(code));
    }
    if (section === 'cellXfs' && scanner.local === 'xf') formatOfStyle.push(scanner.attribute('numFmtId') ?? '0');
    if (defined.size > MAX_FORMATS || formatOfStyle.length > MAX_FORMATS) {
      throw new XlsxError('XLSX_LIMIT_XML', `more than ${MAX_FORMATS} formats`, scanner.place());
    }
  });
  return Uint8Array.from(formatOfStyle, (id) =>
    (defined.get(id) ?? isBuiltInDateFormat(Number(id))) ? FormatKind.DATE : FormatKind.NUMBER,
  );
}
