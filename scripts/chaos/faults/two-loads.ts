import { sqlFile } from '../../../src/database/sql-file';
import { endOfProgram, ProductProcess } from '../processes';
import type { KnownWorkbook } from '../workbooks';
import { ended, type Fault } from './lab';

const FIND_OVERLAPS = sqlFile(__dirname, '../sql/find_overlaps.sql');
const ROUNDS = 4;
const EXIT_BUSY = 3;

/** What one of those who asked was told. */
interface Told {
  who: string;
  /** began: this one's load runs; refused: another one's does; rested: it is loaded already; else what was answered */
  outcome: string;
}

async function askOver(who: string, url: string, { name }: KnownWorkbook): Promise<Told> {
  const response = await fetch(`${url}/api/ingestion/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: name }),
  });
  const body = (await response.json()) as { run_id?: number; detail?: string };
  if (response.status === 202) return { who, outcome: 'began' };
  if (response.status === 200) return { who, outcome: 'rested' };
  if (response.status === 409 && Number.isInteger(body.run_id)) return { who, outcome: 'refused' };
  return { who, outcome: `${response.status} ${JSON.stringify(body)}` };
}

async function askByCommand(path: string, environment: NodeJS.ProcessEnv): Promise<Told> {
  const { code, err } = await endOfProgram('cli/main.js', ['ingest', path], environment);
  if (code === EXIT_BUSY) return { who: 'the command', outcome: 'refused' };
  if (code === 0) return { who: 'the command', outcome: err.includes('Nothing to do') ? 'rested' : 'began' };
  return { who: 'the command', outcome: `exit ${code}: ${err.trim()}` };
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
          for (const { who, outcome } of told) {
            if (outcome in counts) counts[outcome as keyof typeof counts] += 1;
            else faults.push(`${who} was told ${outcome}`);
          }
          const began = told.filter(({ outcome }) => outcome === 'began').length;
          if (began !== 1) faults.push(`round ${round}: ${began} loads began`);
          faults.push(...(await ended(product, lab.known, which)).map((fault) => `round ${round}: ${fault}`));
        }
      } finally {
        await second.end('SIGTERM');
      }
      const overlaps = await database.with((client) => client.query<{ fault: string }>(FIND_OVERLAPS.text));
      faults.push(...overlaps.rows.map(({ fault }) => fault));
      const figures = `of ${3 * ROUNDS} that asked ${counts.began} began, ${counts.refused} were refused, ${counts.rested} found it loaded`;
      return { figures, faults };
    }),
};
