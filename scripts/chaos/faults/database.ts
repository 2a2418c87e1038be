import { setTimeout as sleep } from 'node:timers/promises';
import { sqlFile } from '../../../src/database/sql-file';
import { Traffic } from '../traffic';
import { DOWN, type Fault, load, recovery } from './lab';

const AWAY_MS = 1500;
const UNDER_CHANGE_MS = 700;
const CHANGES = ['add_column', 'move_table_away', 'move_table_back', 'change_type', 'change_type_back', 'drop_column'];

/** The server is stopped in order, and killed, while pages are asked for. */
export const databaseRestarted: Fault = {
  name: 'database restarted under traffic',
  does: 'fast shutdown and start; kill -9 and start',
  play: (lab) =>
    lab.shared.use(lab, async ({ product, database }) => {
      const traffic = new Traffic(product.url, DOWN, lab);
      const began = await recovery((ms) => traffic.well(ms));
      await database.restart(AWAY_MS);
      const first = await recovery((ms) => traffic.well(ms));
      await database.killAndRestart();
      const second = await recovery((ms) => traffic.well(ms));
      const faults = [...began.faults, ...first.faults, ...second.faults, ...(await traffic.end())];
      faults.push(...(await load(product, lab, 1)).map((fault) => `a load afterwards: ${fault}`));
      return { figures: `${first.figure}, ${second.figure}; ${traffic.figures}`, faults };
    }),
};

/**
 * What migrations do, each in a transaction that keeps its locks for a moment: a column comes, a table is not there, a
 * column changes its type (which kept plans do not survive), and all of it back.
 */
export const migrationUnderTraffic: Fault = {
  name: 'migration under traffic',
  does: 'a column added, a table away, a type changed; and back',
  play: (lab) =>
    lab.shared.use(lab, async ({ product, database }) => {
      const traffic = new Traffic(product.url, DOWN, lab);
      const began = await recovery((ms) => traffic.well(ms));
      await database.with(async (client) => {
        for (const change of CHANGES) {
          await client.query('BEGIN');
          await client.query(sqlFile(__dirname, `../sql/${change}.sql`).text);
          await sleep(UNDER_CHANGE_MS);
          await client.query('COMMIT');
          await sleep(UNDER_CHANGE_MS);
        }
      });
      const after = await recovery((ms) => traffic.well(ms));
      const faults = [...began.faults, ...after.faults, ...(await traffic.end())];
      faults.push(...(await load(product, lab, 1)).map((fault) => `a load afterwards: ${fault}`));
      return { figures: `${after.figure}; ${traffic.figures}`, faults };
    }),
};
