import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a run extracts to until it is published. */
export function extractsAside(dataDir: string, runId: number): string {
  return join(dataDir, 'processed', `.run-${runId}`);
}

/** Puts what a published run extracted in the place of what the one before did; a run that repeats it has nothing. */
export async function putExtractsInPlace(aside: string): Promise<void> {
  const extracts = await namesIn(aside);
  if (extracts.length === 0) return;
  const processed = dirname(aside);
  for (const name of extracts) await rename(join(aside, name), join(processed, name));
  // Sheets of the workbook before that this one has no more, such as continuations.
  for (const name of await namesIn(processed)) {
    if (/\.csv\.(gz|sha256)$/.test(name) && !extracts.includes(name)) await rm(join(processed, name), { force: true });
  }
  await rm(aside, { recursive: true, force: true });
}

/** Removes what ended runs extracted, but puts in place what the published one did: its process may have ended before. */
export async function clearExtractsAside(dataDir: string, publishedRunId: number | undefined): Promise<void> {
  const processed = join(dataDir, 'processed');
  await mkdir(processed, { recursive: true });
  for (const name of await namesIn(processed)) {
    if (!name.startsWith('.run-')) continue;
    if (name === `.run-${publishedRunId}`) await putExtractsInPlace(join(processed, name));
    await rm(join(processed, name), { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
