import type { Workbook } from '@libs/xlsx';

/** The part by which a loader knows a generated workbook: it stands in the zip's directory, no part need be inflated to see it. */
export const SAMPLE_MARKER = 'docProps/prodplan-sample.xml';

/** The document property that says the same, to people, and to a loader where another program saved the workbook anew. */
export const SAMPLE_PROPERTY = 'prodplan-sample';

/** Whether a workbook was made up here, also when Excel or LibreOffice has saved it since and dropped the part. */
export async function isSample(workbook: Workbook): Promise<boolean> {
  if (workbook.parts.some(({ name }) => name === SAMPLE_MARKER)) return true;
  return (await workbook.customPropertyNames()).has(SAMPLE_PROPERTY);
}
