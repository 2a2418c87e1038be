import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { renderDataDictionary, renderProfileReport, renderRelationshipsReport, type Inspection } from '@libs/profile';
import { writeWhole } from '../../common/write-whole';

/** Names of the three reports, in the order in which a person reads them. */
export const REPORT_FILES = ['DATA_DICTIONARY.md', 'PROFILE_REPORT.json', 'RELATIONSHIPS_REPORT.json'] as const;

/** Writes the three reports of an inspection into `dir`, each whole or not at all. */
export async function writeInspection(dir: string, inspection: Inspection): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files: Record<(typeof REPORT_FILES)[number], string> = {
    'DATA_DICTIONARY.md': renderDataDictionary(inspection),
    'PROFILE_REPORT.json': renderProfileReport(inspection),
    'RELATIONSHIPS_REPORT.json': renderRelationshipsReport(inspection),
  };
  for (const name of REPORT_FILES) await writeWhole(join(dir, name), files[name]);
}
