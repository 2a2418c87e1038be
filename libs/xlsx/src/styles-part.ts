import type { XlsxLimits } from './limits';
import { isBuiltInDateFormat, isDateFormatCode } from './number-format';
import { scanXmlPart, type PartSource } from './xml-part';
import { Token } from './xml-scanner';
import { XlsxError } from './xlsx-error';

/** Excel stops at 65,490 cell formats. */
const MAX_FORMATS = 1_000_000;

/**
 * For each cell format (the s attribute of a cell): 1 when it shows a number as a date or time, else 0.
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
  return Uint8Array.from(formatOfStyle, (id) => ((defined.get(id) ?? isBuiltInDateFormat(Number(id))) ? 1 : 0));
}
