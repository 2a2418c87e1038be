import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSampleWorkbook } from '@libs/sample';
import { rewriteWorkbook } from '../bench/rewrite';
import { ChaosDatabase } from './database';
import { productEnvironment, runProgram } from './processes';

const CHANGE = { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 100 };

/** A workbook and what an uninterrupted load of it into an empty database leaves. */
export interface KnownWorkbook {
  name: string;
  path: string;
  content: Record<string, string>;
}

/**
 * Two workbooks of which the second is the first with 1 % of its phases changed, and the content that each must lead to.
 *
 * @param file the first one; undefined: a generated one of `scale`
 */
export async function knownWorkbooks(
  dir: string,
  file: string | undefined,
  scale: number,
): Promise<[KnownWorkbook, KnownWorkbook]> {
  const paths = ['first', 'changed'].map((name) => join(dir, `${name}.xlsx`));
  if (file === undefined) await writeSampleWorkbook(paths[0], { scale, seed: 7 });
  else await copyFile(file, paths[0]);
  await rewriteWorkbook(paths[0], paths[1], CHANGE);
  return [await loadUninterrupted(dir, paths[0]), await loadUninterrupted(dir, paths[1])];
}

async function loadUninterrupted(dir: string, path: string): Promise<KnownWorkbook> {
  const dataDir = join(dir, 'uninterrupted');
  await mkdir(dataDir, { mode: 0o755 });
  const database = await ChaosDatabase.start(dataDir);
  try {
    const environment = productEnvironment({ DATA_DIR: dataDir, DATABASE_URL: database.url });
    await runProgram('database/migrate.js', [], environment);
    await runProgram('cli/main.js', ['ingest', path], environment);
    return { name: path.slice(dir.length + 1), path, content: await database.content() };
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
