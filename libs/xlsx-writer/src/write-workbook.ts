import { createWriteStream } from 'node:fs';
import type { Row } from './cell';
import type { ExtraPart } from './workbook-parts';
import { whenClosed } from './when-closed';
import { XlsxWriter, type XlsxWriterOptions } from './xlsx-writer';

export interface WorkbookContent extends XlsxWriterOptions {
  /** In workbook order. The header is a row like any other, and so is a title above it. */
  sheets: readonly { name: string; rows: Iterable<Row> | AsyncIterable<Row> }[];
  parts?: readonly ExtraPart[];
}

/** A whole workbook into a file (replaced when it exists). Errors of the file system and XlsxWriteError reject the promise. */
export async function writeWorkbook(path: string, content: WorkbookContent): Promise<void> {
  const file = createWriteStream(path);
  const writer = new XlsxWriter(file, content);
  try {
    for (const part of content.parts ?? []) writer.addPart(part);
    for (const { name, rows } of content.sheets) await (await writer.addSheet(name)).writeRows(rows);
    await writer.finish();
  } catch (error) {
    writer.destroy(error as Error);
    await whenClosed(file);
    throw error;
  }
}
