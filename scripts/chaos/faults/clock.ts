import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqlFile } from '../../../src/database/sql-file';
import { runProgram } from '../processes';
import { lateSchedules } from '../schedules';
import { Traffic } from '../traffic';
import { ended, type Fault, recovery, whileLoading, withBench } from './lab';

const FIND_NEGATIVE_DURATIONS = sqlFile(__dirname, '../sql/find_negative_durations.sql');
const HOUR_MS = 3_600_000;
/** Where the clock stands, one after the other, in hours from the machine's. */
const JUMPS = [30, -30, 0];

/** The clock of the process is set, in the middle of a load and under traffic with a key from the database. */
export const clockJumps: Fault = {
  name: 'clock jumping',
  does: `the process's clock set to ${JUMPS.map((hours) => `${hours} h`).join(', ')} from the machine's, each during a load`,
  play(lab) {
    const file = join(lab.dir, 'clock-offset');
    const set = (ms: number): void => {
      writeFileSync(`${file}.new`, String(ms));
      renameSync(`${file}.new`, file);
    };
    set(0);
    const settings = {
      NODE_OPTIONS: `--require ${join(__dirname, '../set-clock.cjs')}`,
      CHAOS_CLOCK: file,
      REQUIRE_API_KEY: 'true',
      API_KEY: 'of-the-harness',
      REQUIRE_READ_KEY: 'true',
    };
    return withBench(
      lab,
      'clock',
      async ({ product, database, environment }) => {
        const made = await runProgram('cli/main.js', ['keys', 'create', 'chaos', '--scope', 'admin'], environment);
        const key = /prodplan_\S+/.exec(made)?.[0];
        if (key === undefined) throw new Error(`No key was made: ${made}`);
        const headers = { 'x-api-key': key };
        const traffic = new Traffic(product.url, { codes: [] }, lab, headers);
        const began = await recovery((ms) => traffic.well(ms));
        const faults = [...began.faults];
        for (const [index, hours] of JUMPS.entries()) {
          const which = ((index + 1) % 2) as 0 | 1;
          await product.ask(lab.known[which]);
          const found = [
            ...(await whileLoading(product, () => set(hours * HOUR_MS))),
            ...(await ended(product, lab.known, which)),
            ...(await recovery((ms) => traffic.well(ms))).faults,
          ];
          faults.push(...found.map((fault) => `at ${hours} h: ${fault}`));
        }
        faults.push(...(await traffic.end()), ...(await lateSchedules(database)));
        const negative = await database.with((client) => client.query<{ fault: string }>(FIND_NEGATIVE_DURATIONS.text));
        faults.push(...negative.rows.map(({ fault }) => fault));
        return { figures: `${JUMPS.length} loads; ${traffic.figures}; schedules in time`, faults };
      },
      settings,
    );
  },
};
