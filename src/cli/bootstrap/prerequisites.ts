import { accessSync, constants, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { Env } from '../../config/env';
import { poolOf } from '../../database/data-source';
import { requireServerVersion } from '../../database/server-version';
import type { Check } from '../../published/check';

/** Bytes a first load of the real workbook needs in DATA_DIR: about 1 GB of database and as much of journal and extracts. */
const WANTED_FREE = 3 * 1024 ** 3;

/** What the specification's validate_prerequisites looks at, and what else a start would trip over. */
export async function checkPrerequisites(
  env: Env,
  dataSource: DataSource,
  workbook: string,
  serves: boolean,
  freeBytes: number,
): Promise<Check[]> {
  const where = env.databaseUrl === undefined ? `embedded, in ${env.dataDir}` : new URL(env.databaseUrl).host;
  const checks: Check[] = [
    { name: 'Node.js', status: 'OK', detail: process.version },
    { name: 'database', status: 'OK', detail: `PostgreSQL, ${where}` },
    await versionCheck(dataSource),
    dataDirCheck(env.dataDir, freeBytes),
    workbookCheck(workbook),
  ];
  if (env.redisUrl !== undefined) checks.push(await redisCheck(env.redisUrl));
  if (serves) checks.push(await portCheck(env.host, env.port));
  return checks;
}

async function versionCheck(dataSource: DataSource): Promise<Check> {
  const name = 'PostgreSQL 15+';
  try {
    const { text } = await requireServerVersion(poolOf(dataSource));
    return { name, status: 'OK', detail: text };
  } catch (error) {
    return { name, status: 'FAIL', detail: (error as Error).message, action: 'upgrade the server' };
  }
}

function dataDirCheck(dataDir: string, freeBytes: number): Check {
  const name = 'DATA_DIR';
  try {
    accessSync(dataDir, constants.W_OK);
  } catch {
    return { name, status: 'FAIL', detail: `${dataDir} cannot be written`, action: 'change its owner, or DATA_DIR' };
  }
  const gigabytes = (freeBytes / 1024 ** 3).toFixed(1);
  return freeBytes < WANTED_FREE
    ? { name, status: 'WARN', detail: `${dataDir} has ${gigabytes} GB free; a load of the real workbook wants 3` }
    : { name, status: 'OK', detail: `${dataDir}, ${gigabytes} GB free` };
}

function workbookCheck(workbook: string): Check {
  const stat = statSync(workbook, { throwIfNoEntry: false });
  const name = 'workbook';
  if (stat?.isFile()) return { name, status: 'OK', detail: `${workbook}, ${(stat.size / 1e6).toFixed(1)} MB` };
  return {
    name,
    status: 'WARN',
    detail: `${workbook} does not exist: there is nothing to load`,
    action: 'put Folha_IA.xlsx there, or set FOLHA_IA_PATH; --sample loads a generated one',
  };
}

async function redisCheck(url: string): Promise<Check> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
  client.on('error', () => undefined);
  const detail = new URL(url).host;
  try {
    await client.connect();
    return { name: 'Redis', status: 'OK', detail };
  } catch {
    const action = 'start it, or leave REDIS_URL out to keep the queues in PostgreSQL';
    return { name: 'Redis', status: 'FAIL', detail: `${detail} cannot be reached`, action };
  } finally {
    client.disconnect();
  }
}

async function portCheck(host: string, port: number): Promise<Check> {
  const server = createServer();
  const failure = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => resolve(undefined));
  });
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const name = 'PORT';
  return failure === undefined
    ? { name, status: 'OK', detail: `${host}:${port} is free` }
    : { name, status: 'FAIL', detail: failure.message, action: 'stop what listens there, or set PORT' };
}
