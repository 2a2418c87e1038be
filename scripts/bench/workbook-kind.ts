import { isSample as isSampleWorkbook } from '@libs/sample';
import { Workbook } from '@libs/xlsx';

/** Whether the workbook was made up by `sample`. */
export async function isSample(file: string): Promise<boolean> {
  const workbook = await Workbook.open(file);
  try {
    return await isSampleWorkbook(workbook);
  } finally {
    await workbook.close();
  }
}
