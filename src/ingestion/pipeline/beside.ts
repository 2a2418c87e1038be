import { Client } from 'pg';
import { sqlFile } from '../../database/sql-file';
import { recordEvidence } from './evidence';
import type { AsideTable } from '../../analytics/derivation';
import { buildErrors, buildTable, fillMonths, indexMonths, TABLES_ASIDE } from './first-load';
import { canBuildAside } from './months';
import type { Beside, RunState } from './run-state';
import { SESSION } from './session';

const LOCK_BESIDE = sqlFile(__dirname, 'sql/lock_beside.sql');

/**
 * Begins what needs nothing but judged staging, on connections of its own, so that it shares the time of the merge and of
 * what follows: of every load the evidence, which the publish waits for; of a first load most of what is to be written,
 * which the run's own connection then has only to put in place.
 */
export function startBeside(state: RunState): Beside {
  return state.published === undefined ? besideFirstLoad(state) : besideLaterLoad(state);
}

function besideLaterLoad(state: RunState): Beside {
  const evidence = opened(state).then((client) => recordEvidence(state, client).finally(() => client.end()));
  return watched({ months: NOTHING, errors: NOTHING, tables: new Map(), evidence });
}

/**
 * Two connections. One fills the months while the other builds the errors; each gives half of the months their indexes;
 * then the one fills tables that follow from the rows, in the order in which they are needed, while the other writes down
 * the evidence, and helps when it has.
 */
function besideFirstLoad(state: RunState): Beside {
  const one = opened(state);
  const other = opened(state);
  const months = canBuildAside(state.months) ? state.months.map(({ month }) => month) : [];
  const half = (remainder: number): string[] => months.filter((_, i) => i % 2 === remainder);

  const filled = months.length > 0 ? one.then((client) => fillMonths(state, client, months)) : NOTHING;
  const errors = other.then((client) => buildErrors(state, client));
  const indexed = [
    Promise.all([one, filled]).then(([client]) => indexMonths(state, client, half(0))),
    Promise.all([other, filled, errors]).then(([client]) => indexMonths(state, client, half(1))),
  ];
  const evidence = Promise.all([other, indexed[1]]).then(([client]) => recordEvidence(state, client));
  const tables = TABLES_ASIDE.map(waitingFor);
  const waiting = [...tables];
  const closed = Promise.all([
    buildWaiting(state, waiting, one, indexed[0]),
    buildWaiting(state, waiting, other, evidence),
  ]);
  return watched({
    months: Promise.all([filled, ...indexed]).then(([rows]) => rows),
    errors,
    tables: new Map(tables.map(({ aside, built }) => [aside.table, built])),
    evidence,
    closed,
  });
}

/** A table to be built, and its name, which is told once it is. */
interface WaitingTable {
  readonly aside: AsideTable;
  readonly built: Promise<string>;
  resolve(name: string): void;
  reject(error: unknown): void;
}

function waitingFor(aside: AsideTable): WaitingTable {
  let settle: Pick<WaitingTable, 'resolve' | 'reject'>;
  const built = new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
  return { aside, built, ...settle! };
}

/**
 * Once `ready`, takes one waiting table after the other and builds it, until none is left, and ends the session. Where
 * something fails, the load does: whoever waits for a table that is then not built is told the same.
 */
async function buildWaiting(
  state: RunState,
  waiting: WaitingTable[],
  session: Promise<Client>,
  ready: Promise<unknown>,
): Promise<void> {
  let table: WaitingTable | undefined;
  try {
    const client = await session;
    await ready;
    while ((table = waiting.shift()) !== undefined) {
      table.resolve(await buildTable(state, client, table.aside));
    }
  } catch (error) {
    for (const left of [table, ...waiting.splice(0)]) left?.reject(error);
  } finally {
    await session.then(
      (client) => client.end(),
      () => undefined,
    );
  }
}

const NOTHING = Promise.resolve(undefined);

/** All of it is awaited by somebody, but later; until then it may fail unheard. */
function watched(beside: Omit<Beside, 'all'> & { closed?: Promise<unknown> }): Beside {
  const { months, errors, tables, evidence, closed = NOTHING } = beside;
  const works = [months, errors, evidence, closed, ...tables.values()];
  return { months, errors, tables, evidence, all: Promise.allSettled(works).then(() => undefined) };
}

async function opened(state: RunState): Promise<Client> {
  const client = new Client({ connectionString: state.database.connectionString });
  // A lost connection also fails the statement in hand, which is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(LOCK_BESIDE.text);
  for (const setting of SESSION) await client.query(setting);
  return client;
}
