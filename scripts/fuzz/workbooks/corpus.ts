import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { WorkbookCase } from './case';

/** Every .xlsx and .xlsm below a folder, by name. @throws Error when there is none */
export async function corpus(folder: string): Promise<WorkbookCase[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.xls[xm]$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw new Error(`There is no .xlsx below ${folder}.`);
  return files.map((file) => ({
    group: 'corpus',
    name: relative(folder, file),
    expected: { kind: 'refused or read' },
    source: { file },
  }));
}
