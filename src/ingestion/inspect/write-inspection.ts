import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderDataDictionary, renderProfileReport, renderRelationshipsReport, type Inspection } from '@libs/profile';

/** Writes the three reports of an inspection into `dir`, each whole or not at all. */
export async function writeInspection(dir: string, inspection: Inspection): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = {
    'DATA_DICTIONARY.md': renderDataDictionary(inspection),
    'PROFILE_REPORT.json': renderProfileReport(inspection),
    'RELATIONSHIPS_REPORT.json': renderRelationshipsReport(inspection),
  };
  for (const [name, text] of Object.entries(files)) {
    const aside = join(dir, `.${name}.tmp`);
    await writeFile(aside, text);
    await rename(aside, join(dir, name));
  }
}
