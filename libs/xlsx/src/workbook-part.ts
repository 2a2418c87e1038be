import type { XlsxLimits } from './limits';
import { RELATIONSHIP_NAMESPACES } from './relationships';
import { scanXmlPart, type PartSource } from './xml-part';
import { Token } from './xml-scanner';
import { XlsxError } from './xlsx-error';

export type SheetState = 'visible' | 'hidden' | 'veryHidden';

export interface SheetEntry {
  readonly name: string;
  readonly state: SheetState;
  readonly relationshipId: string | undefined;
}

/** What xl/workbook.xml says: the date system, and the sheets of every kind in their order. */
export interface WorkbookPart {
  readonly date1904: boolean;
  readonly sheets: readonly SheetEntry[];
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** Throws XLSX_NOT_A_WORKBOOK when the part's root is another (a document, a presentation). */
export async function readWorkbookPart(part: PartSource, limits: XlsxLimits): Promise<WorkbookPart> {
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  await scanXmlPart(part, limits, (token, scanner) => {
    if (token !== Token.START || !scanner.isMain) return;
    if (scanner.depth === 1 && scanner.local !== 'workbook') {
      throw new XlsxError('XLSX_NOT_A_WORKBOOK', `its main part is a <${scanner.local.slice(0, 40)}>`, scanner.place());
    }
    if (scanner.depth === 2 && scanner.local === 'workbookPr') date1904 = isTrue(scanner.attribute('date1904'));
    if (scanner.depth !== 3 || scanner.local !== 'sheet') return;
    if (sheets.length >= limits.entries) {
      throw new XlsxError('XLSX_LIMIT_ENTRIES', `more than ${limits.entries} sheets`, scanner.place());
    }
    const state = scanner.attribute('state');
    sheets.push({
      name: scanner.attribute('name') ?? '',
      // Anything else is not of the schema ('show' was seen in the wild) and shows the sheet.
      state: state === 'hidden' || state === 'veryHidden' ? state : 'visible',
      relationshipId: scanner.attributeIn(RELATIONSHIP_NAMESPACES, 'id'),
    });
  });
  return { date1904, sheets };
}
