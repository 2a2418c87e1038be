import ExcelJS from 'exceljs';
import { cellAddress } from '@libs/xlsx';
import type { ReadSheet } from '../../libs/xlsx/src/testing/read-cells';

/** Stands for a cell that a merged range covers: exceljs shows the range's first value there, whatever is stored. */
export const COVERED = '\u0000covered';

/** The cells as exceljs reads them, in the terms of this product's reader; without values that are empty to both. */
export async function readByExceljs(bytes: Buffer): Promise<ReadSheet[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return workbook.worksheets.map((sheet) => {
    const cells: ReadSheet['cells'] = [];
    sheet.eachRow((row, rowNumber) => {
      row.eachCell((cell, column) => {
        const isCovered = cell.isMerged && cell.master.address !== cell.address;
        const value = isCovered ? COVERED : plainValue(cell.value);
        if (value !== null && value !== '') cells.push([cellAddress(rowNumber, column), value]);
      });
    });
    return { name: sheet.name, state: sheet.state, cells };
  });
}

function plainValue(value: ExcelJS.CellValue | undefined): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return dateValue(value);
  if (typeof value !== 'object') return value;
  if ('richText' in value) return value.richText.map((run) => run.text).join('');
  if ('error' in value) return `e:${value.error}`;
  if ('result' in value || 'formula' in value || 'sharedFormula' in value) return plainValue(value.result);
  return 'text' in value ? plainValue(value.text) : null;
}

function dateValue(value: Date): string {
  const seconds = Math.round(value.getTime() / 1000);
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'd:none' : `d:${date.toISOString().replace(/\.000Z$/, '')}`;
}
