import type { XlsxLimits } from './limits';
import { scanXmlPart, type PartSource } from './xml-part';
import { Token } from './xml-scanner';
import { XlsxError } from './xlsx-error';

/** Namespaces of the r:id attribute: transitional and strict. */
export const RELATIONSHIP_NAMESPACES: ReadonlySet<string> = new Set([
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
]);

export interface Relationship {
  readonly id: string;
  /** the last word of the type's URI, which transitional and strict share: officeDocument, worksheet, styles, … */
  readonly type: string;
  /** name of the part */
  readonly target: string;
}

/** '/xl/a.xml' is absolute, 'a.xml' and '../a.xml' are relative to the folder of the part that names them. */
export function resolveTarget(sourcePart: string, target: string): string {
  const path = target.replaceAll('\\', '/').replace(/[?#].*$/, '');
  const folders = path.startsWith('/') ? [] : sourcePart.split('/').slice(0, -1);
  for (const piece of path.split('/')) {
    if (piece === '..') folders.pop();
    else if (piece !== '.' && piece !== '') folders.push(piece);
  }
  return folders.join('/');
}

/** 'xl/workbook.xml' -> 'xl/_rels/workbook.xml.rels'; '' is the package itself. */
export function relationshipsPartOf(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** The internal relationships of `sourcePart`, in the order of the file. */
export async function readRelationships(
  part: PartSource,
  sourcePart: string,
  limits: XlsxLimits,
): Promise<Relationship[]> {
  const found: Relationship[] = [];
  await scanXmlPart(part, limits, (token, scanner) => {
    if (token !== Token.START || !scanner.isMain || scanner.local !== 'Relationship') return;
    if (scanner.attribute('TargetMode') === 'External') return;
    const id = scanner.attribute('Id');
    const type = scanner.attribute('Type');
    const target = scanner.attribute('Target');
    if (id === undefined || type === undefined || target === undefined) return;
    if (found.length >= limits.entries) {
      throw new XlsxError('XLSX_LIMIT_ENTRIES', `more than ${limits.entries} relationships`, scanner.place());
    }
    found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolveTarget(sourcePart, target) });
  });
  return found;
}
