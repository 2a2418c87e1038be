/**
 * Measures every answer of the API: docs/perf/README.md says what and how.
 *
 * Run: npm run bench:api -- FILE [--seconds N] [--rounds N] [--connections N] [--only PATTERN] [--out docs/perf/api.md]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderApiResults } from './api/document';
import { compareWithOpenApi, ENDPOINTS, NOT_MEASURED } from './api/endpoints';
import { describeSource, withLoaded } from './api/loaded';
import { measureApi } from './api/measure';
import { parseApiOptions, type ApiBenchOptions } from './api/options';
import { describeMachine, loadAverage } from './machine';
import { runBench } from './run-bench';

const OPENAPI = join(__dirname, '../../../docs/openapi.json');

async function measure(options: ApiBenchOptions, workDir: string, signal: AbortSignal): Promise<string> {
  const { source, seconds, rounds, connections, only } = options;
  const { missing, unknown } = compareWithOpenApi(documentedGets());
  if (unknown.length > 0)
    throw new Error(`The table names paths that docs/openapi.json has not: ${unknown.join(', ')}`);
  const log = (line: string): void => console.error(`  ${line}`);
  const loadBefore = loadAverage();
  return withLoaded({ source, workDir, signal, log }, async (loaded) => {
    const endpoints = ENDPOINTS.filter(({ name }) => only?.test(name) ?? true);
    const figures = await measureApi({ loaded, endpoints, seconds, rounds, connections, signal, log });
    return renderApiResults({
      machine: describeMachine(loaded.serverVersion, loadBefore),
      date: new Date().toISOString().slice(0, 10),
      data: await describeSource(source),
      seconds,
      rounds,
      connections,
      figures,
      missing,
      leftOut: NOT_MEASURED,
    });
  });
}

function documentedGets(): string[] {
  const { paths } = JSON.parse(readFileSync(OPENAPI, 'utf8')) as { paths: Record<string, object> };
  return Object.keys(paths).filter((path) => 'get' in paths[path]);
}

runBench(async (workDir, signal) => {
  const options = parseApiOptions(process.argv);
  const text = await measure(options, workDir, signal);
  console.log(text);
  if (options.out !== undefined) writeFileSync(options.out, text);
});
