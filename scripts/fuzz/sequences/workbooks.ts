import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rewriteWorkbook, type Change } from '../../bench/rewrite';

export interface SequenceWorkbook {
  /** below the data folder, and as it is uploaded */
  name: string;
  bytes: Buffer;
}

const VARIANTS: Readonly<Record<string, Change>> = {
  'heavier.xlsx': { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 7 },
  'graver.xlsx': { sheet: 'OrdemFabricoErros', header: 'OFCH_GRAVIDADE', every: 40 },
};

export const FIRST = 'first.xlsx';

/** The first workbook and variants of it with other figures, all in the data folder. */
export async function goodWorkbooks(first: string, dataDir: string): Promise<SequenceWorkbook[]> {
  const workbooks: SequenceWorkbook[] = [{ name: FIRST, bytes: await readFile(first) }];
  for (const [name, change] of Object.entries(VARIANTS)) {
    await rewriteWorkbook(first, join(dataDir, name), change);
    workbooks.push({ name, bytes: await readFile(join(dataDir, name)) });
  }
  await writeFile(join(dataDir, FIRST), workbooks[0].bytes);
  return workbooks;
}

/** Files that no load publishes. */
export function badWorkbooks({ bytes }: SequenceWorkbook): SequenceWorkbook[] {
  const flipped = Buffer.from(bytes);
  flipped[bytes.length >> 1] ^= 0x10;
  return [
    { name: 'empty.xlsx', bytes: Buffer.alloc(0) },
    { name: 'paper.xlsx', bytes: Buffer.from('%PDF-1.7\n') },
    { name: 'cut.xlsx', bytes: bytes.subarray(0, bytes.length >> 1) },
    { name: 'flipped.xlsx', bytes: flipped },
    { name: '../../etc/passwd', bytes: Buffer.from('root') },
  ];
}
