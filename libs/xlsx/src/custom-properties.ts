import type { XlsxLimits } from './limits';
import type { PackageParts } from './package-parts';
import { scanXmlPart } from './xml-part';
import { Token } from './xml-scanner';
import { XlsxError } from './xlsx-error';

/**
 * The names of the document's own properties, such as Excel shows under "Custom". Nothing that a cell holds depends on
 * them: where the part cannot be read there are none, and the workbook is read all the same.
 */
export async function readCustomPropertyNames(parts: PackageParts, limits: XlsxLimits): Promise<Set<string>> {
  const names = new Set<string>();
  try {
    const target = (await parts.relationshipsOf('')).find(({ type }) => type === 'custom-properties')?.target;
    const entry = target === undefined ? undefined : parts.find(target);
    if (entry === undefined) return names;
    await scanXmlPart(parts.source(entry), limits, (token, scanner) => {
      if (token !== Token.START || !scanner.isMain || scanner.local !== 'property') return;
      const name = scanner.attribute('name');
      if (name !== undefined && names.size < limits.entries) names.add(name);
    });
    return names;
  } catch (error) {
    if (error instanceof XlsxError) return new Set();
    throw error;
  }
}
