import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProductUnderFire } from '../system';
import { Tmpfs } from '../tmpfs';
import { Traffic } from '../traffic';
import { ended, type Fault, load, type Lab, type Outcome, withBench } from './lab';

const ROOM = 16 * 2 ** 30;
/** Less than any workbook needs, and enough for the record of how its load ended. */
const NO_ROOM = 96 * 1024;
const FEW_BYTES = 4096;
const FULL = { codes: ['DISK_FULL', 'DATABASE_FULL', 'BACKEND_DEPENDENCY_DOWN'] };

/** The load on the full disk has failed, saying why and what to do, and changed nothing; the next one works. */
async function failedThenWorks(product: ProductUnderFire, lab: Lab, code: string, disk: Tmpfs): Promise<Outcome> {
  const traffic = new Traffic(product.url, FULL, lab);
  await product.ask(lab.known[1]);
  const faults = (await ended(product, lab.known, 0)).map((fault) => `after it: ${fault}`);
  const run = await product.latest();
  if (run?.status !== 'FAILED') faults.push(`the run is ${run?.status}`);
  if (run?.error_code !== code) faults.push(`the run ended with ${run?.error_code}`);
  if (!run?.error_remedy) faults.push('the run has no remedy');
  disk.resize(ROOM);
  faults.push(...(await load(product, lab, 1)).map((fault) => `with room again: ${fault}`));
  faults.push(...(await traffic.end()));
  return { figures: `${run?.status} ${run?.error_code}; then loaded; ${traffic.figures}`, faults };
}

/** A folder below DATA_DIR is full. */
function fullFolder(name: string, folder: string): Fault {
  return {
    name,
    does: `a small tmpfs at DATA_DIR/${folder}`,
    async play(lab) {
      const path = join(lab.dir, folder);
      await mkdir(path, { recursive: true });
      return lab.shared.use(lab, async ({ product }) => {
        const disk = Tmpfs.mount(path, FEW_BYTES);
        if (typeof disk === 'string') return { figures: '', faults: [], skipped: disk };
        try {
          return await failedThenWorks(product, lab, 'DISK_FULL', disk);
        } finally {
          disk.unmount();
        }
      });
    },
  };
}

/** The folder that extracts are written to is full. */
export const diskFullExtracting = fullFolder('disk full while extracting', 'processed');

/** The folder that reports are written to is full. */
export const diskFullReporting = fullFolder('disk full while reporting', 'reports');

/** The database's disk is full: the product's database lies in a tablespace on a tmpfs. */
export const diskFullLoading: Fault = {
  name: 'disk full while loading',
  does: 'the database in a tablespace on a small tmpfs',
  async play(lab) {
    const folder = join(lab.dir, 'tablespace');
    await mkdir(folder, { mode: 0o755 });
    let disk: Tmpfs | string = 'not mounted';
    try {
      return await withBench(
        lab,
        'loading',
        async ({ product, database }) => {
          if (typeof disk === 'string') return { figures: '', faults: [], skipped: disk };
          await database.with((client) => client.query('TRUNCATE staging.fases_ordem_fabrico_raw'));
          await disk.leave(NO_ROOM);
          return failedThenWorks(product, lab, 'DATABASE_FULL', disk);
        },
        {},
        async (database, databaseDir) => {
          disk = Tmpfs.mount(folder, ROOM, await stat(join(databaseDir, 'postgres/pgdata')));
          if (typeof disk !== 'string') await database.moveTo(folder);
        },
      );
    } finally {
      if ((disk as unknown) instanceof Tmpfs) (disk as unknown as Tmpfs).unmount();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
