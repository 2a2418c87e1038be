import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rewriteWorkbook, type Change } from '../../bench/rewrite';

export interface SequenceWorkbook {
  /** below the data folder, and as it is uploaded */
  name: string;
  bytes: Buffer;
}

/**
 * What is read follows from these cells. Of the errors few may change: one that says something else counts as absent, and
 * of the absent a load takes no more than 5 %.
 */
const CHANGED: readonly Change[] = [
  { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 7 },
  { sheet: 'FasesOrdemFabrico', header: 'FaseOf_FaseId', every: 9 },
  { sheet: 'OrdemFabricoErros', header: 'OFCH_GRAVIDADE', every: 40 },
  { sheet: 'OrdensFabrico', header: 'Of_FaseId', every: 5 },
  { sheet: 'Modelos', header: 'Produto_QtdGelCasco', every: 1 },
];

/** By name of the file: how often 1 is added to them. */
const VARIANTS: Readonly<Record<string, number>> = { 'once.xlsx': 1, 'twice.xlsx': 2 };

export const FIRST = 'first.xlsx';

/** The first workbook and variants of it with other figures, all in the data folder. */
export async function goodWorkbooks(first: string, dataDir: string): Promise<SequenceWorkbook[]> {
  const workbooks: SequenceWorkbook[] = [{ name: FIRST, bytes: await readFile(first) }];
  for (const [name, times] of Object.entries(VARIANTS)) {
    let file = first;
    const changes = Array.from({ length: times }, () => CHANGED).flat();
    for (const [number, change] of changes.entries()) {
      const changed = `${first}.${number}`;
      await rewriteWorkbook(file, changed, change);
      file = changed;
    }
    workbooks.push({ name, bytes: await readFile(file) });
  }
  for (const { name, bytes } of workbooks) await writeFile(join(dataDir, name), bytes);
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
