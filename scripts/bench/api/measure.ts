import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { sessionUrl } from '../../../src/database/session';
import { median } from '../figures';
import { startBare } from './bare';
import { captureAll, type Captured } from './capture';
import { drive, type DriveFigures, type DriveOptions } from './drive';
import type { Endpoint } from './endpoints';
import type { Loaded } from './loaded';
import { startProduct } from './product';
import { pickSamples } from './samples';
import type { Statement } from './statement';
import { judge, verdictOf, type EndpointFigures } from './targets';

/** Connections of the product's pool by default; the bare handler gets as many. */
const POOL_SIZE = 10;
const SQL_RUNS = 15;

export interface MeasureOptions {
  loaded: Loaded;
  endpoints: readonly Endpoint[];
  seconds: number;
  rounds: number;
  connections: number;
  signal: AbortSignal;
  log: (line: string) => void;
}

/**
 * Drives each endpoint in turns of three in direct succession, so that whatever else the machine does falls on all three
 * alike: the bare handler, the product without its cache, the product with it.
 */
export async function measureApi(options: MeasureOptions): Promise<EndpointFigures[]> {
  const { loaded, endpoints, signal, log } = options;
  const { environment, cwd } = loaded;
  const samples = await pickSamples(loaded.url);
  const captured = await captureAll(endpoints, samples, { environment, cwd, signal });
  log(`${captured.length} endpoints answer`);
  const sqlMs = await timeStatements(loaded.url, captured);
  const services: { stop(): Promise<void> }[] = [];
  const started = async <T extends { service: { stop(): Promise<void> } }>(starting: Promise<T>): Promise<T> => {
    const running = await starting;
    services.push(running.service);
    return running;
  };
  try {
    const routes = captured.map(({ statements, body }, index) => ({ path: `/${index}`, statements, body }));
    const settings = { url: sessionUrl(loaded.url, 'bare-handler'), poolSize: POOL_SIZE, routes };
    const bare = await started(startBare(settings, { env: environment, cwd, signal }));
    const cacheOff = await started(startProduct({ environment, cwd, cacheEnabled: false, signal }));
    const cacheOn = await started(startProduct({ environment, cwd, cacheEnabled: true, signal }));
    await warmUp([`${bare.origin}/0`, cacheOff.origin + captured[0].path, cacheOn.origin + captured[0].path], options);
    const all: EndpointFigures[] = [];
    const faults: string[] = [];
    for (const [index, { endpoint, path, body, statements }] of captured.entries()) {
      const expected = endpoint.isLive ? undefined : body;
      const driven = { seconds: options.seconds, connections: options.connections, expected, signal };
      try {
        const figures: EndpointFigures = {
          endpoint,
          path,
          bytes: Buffer.byteLength(body),
          statements: statements.length,
          sqlMs: sqlMs[index],
          // Its answer is always the captured one, also where the product's is live.
          ...(await inTurns(options.rounds, {
            bare: { ...driven, url: `${bare.origin}/${index}`, expected: body },
            cacheOff: { ...driven, url: `${cacheOff.origin}${path}` },
            cacheOn: { ...driven, url: `${cacheOn.origin}${path}` },
          })),
        };
        log(`${endpoint.name}: p95 ${figures.cacheOff.p95.toFixed(1)} ms, ${verdictOf(judge(figures))}`);
        all.push(figures);
      } catch (error) {
        signal.throwIfAborted();
        log(`${endpoint.name}: FAILED`);
        faults.push((error as Error).message);
      }
    }
    // All of them are told at once, since a run takes minutes; none of the figures counts.
    if (faults.length > 0) throw new Error(`The run failed:\n${faults.join('\n')}`);
    return all;
  } finally {
    for (const service of services.reverse()) await service.stop();
  }
}

/** Drives several servers one after the other, `rounds` times over. @returns the median of each figure of each */
async function inTurns<Name extends string>(
  rounds: number,
  driven: Record<Name, DriveOptions>,
): Promise<Record<Name, DriveFigures>> {
  const names = Object.keys(driven) as Name[];
  const all: Record<Name, DriveFigures>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const figures: Partial<Record<Name, DriveFigures>> = {};
    for (const name of names) figures[name] = await drive(driven[name]);
    all.push(figures as Record<Name, DriveFigures>);
  }
  const medians = names.map((name) => [name, medianOf(all.map((figures) => figures[name]))]);
  return Object.fromEntries(medians) as Record<Name, DriveFigures>;
}

function medianOf(all: readonly DriveFigures[]): DriveFigures {
  const of = (figure: keyof DriveFigures): number => median(all.map((figures) => figures[figure]));
  return { p50: of('p50'), p95: of('p95'), p99: of('p99'), requestsPerSecond: of('requestsPerSecond') };
}

/** A new process is slow for some seconds, until what all requests share is compiled: not the first endpoint's fault. */
async function warmUp(urls: readonly string[], { connections, signal }: MeasureOptions): Promise<void> {
  // The first answer of all may wait for what the others rest on.
  for (const url of urls) await (await fetch(url, { signal })).arrayBuffer();
  for (const url of urls) await drive({ url, connections, seconds: 3, expected: undefined, signal });
}

/** Milliseconds that each endpoint's statements take by themselves: the median of some runs on one connection. */
async function timeStatements(url: string, captured: readonly Captured[]): Promise<number[]> {
  const client = new Client({ connectionString: sessionUrl(url, 'bench') });
  await client.connect();
  try {
    const all: number[] = [];
    for (const { statements } of captured) {
      await runAll(client, statements);
      const times: number[] = [];
      for (let run = 0; run < SQL_RUNS; run++) {
        const begun = performance.now();
        await runAll(client, statements);
        times.push(performance.now() - begun);
      }
      all.push(median(times));
    }
    return all;
  } finally {
    await client.end();
  }
}

async function runAll(client: Client, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}
