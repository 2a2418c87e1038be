import { SAMPLE_MARKER } from '@libs/sample';
import { Workbook } from '@libs/xlsx';

/** Whether the workbook was made up by `sample`. */
export async function isSample(file: string): Promise<boolean> {
  const workbook = await Workbook.open(file);
  await workbook.close();
  return workbook.parts.some((part) => part.name === SAMPLE_MARKER);
}
