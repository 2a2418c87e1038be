import { sqlFile } from '../../../src/database/sql-file';
import { endOfProgram, ProductProcess } from '../processes';
import type { KnownWorkbook } from '../workbooks';
import { ended, type Fault } from './lab';
import { faultsOf, type Told, toldByCommand, toldOver } from './told';

const FIND_OVERLAPS = sqlFile(__dirname, '../sql/find_overlaps.sql');
const ROUNDS = 4;

async function askOver(who: string, url: string, { name }: KnownWorkbook): Promise<Told> {
  const response = await fetch(`${url}/api/ingestion/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: name }),
  });
  return toldOver(who, response.status, (await response.json()) as { run_id?: number });
}

async function askByCommand(path: string, environment: NodeJS.ProcessEnv): Promise<Told> {
  return toldByCommand('the command', await endOfProgram('cli/main.js', ['ingest', path], environment));
}

/** Two services and the command line ask at the same moment. */
export const twoLoads: Fault = {
  name: 'two loads at once',
  does: 'two API processes and the command line ask at the same moment',
  play: (lab) =>
    lab.shared.use(lab, async ({ product, database, environment }) => {
      const second = await ProductProcess.start('all', environment, lab.dir);
      const counts = { began: 0, refused: 0, rested: 0 };
      const faults: string[] = [];
      try {
        for (let round = 1; round <= ROUNDS; round += 1) {
          const which = (round % 2) as 0 | 1;
          const told = await Promise.all([
            askOver('one API', product.url, lab.known[which]),
            askOver('the other API', second.url, lab.known[which]),
            askByCommand(lab.known[which].path, environment),
          ]);
          for (const { outcome } of told) {
            if (outcome in counts) counts[outcome as keyof typeof counts] += 1;
          }
          const found = [...faultsOf(told), ...(await ended(product, lab.known, which))];
          faults.push(...found.map((fault) => `round ${round}: ${fault}`));
        }
        if (!second.alive) faults.push('the other API has ended');
      } finally {
        await second.end('SIGTERM');
      }
      const overlaps = await database.with((client) => client.query<{ fault: string }>(FIND_OVERLAPS.text));
      faults.push(...overlaps.rows.map(({ fault }) => fault));
      const figures = `of ${3 * ROUNDS} that asked ${counts.began} began, ${counts.refused} were refused, ${counts.rested} found it loaded`;
      return { figures, faults };
    }),
};
