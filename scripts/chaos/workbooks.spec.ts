import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWorkbook } from '@libs/xlsx-writer';
import { knownWorkbooks } from './workbooks';

it('two workbooks that are equal are refused: nothing could be told of them', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'chaos-spec-'));
  try {
    const file = join(dir, 'given.xlsx');
    await writeWorkbook(file, { sheets: [{ name: 'FasesOrdemFabrico', rows: [['FaseOf_Peso'], [1]] }] });
    await expect(knownWorkbooks(dir, file, 1)).rejects.toThrow('No FaseOf_Peso of FasesOrdemFabrico was changed.');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
