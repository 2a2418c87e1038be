/**
 * Compares what the service answers with figures computed a second time, by plain SQL over the staged rows of the same
 * workbook: nothing of core, of analytics or of the product's own statements. Ends with 1 on any difference.
 *
 * Run: npm run verify -- FILE [--all]                                loads FILE into a database of its own
 *      npm run verify -- --url URL --database URL [--all]            a running service; its last load must be published
 */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { Client } from 'pg';
import { ALL_CHECKS } from './checks';
import { asker, compare, prepare, type Comparison } from './compare';
import { renderComparisons } from './render';
import { withService, type Service } from './service';

interface Options {
  url?: string;
  database?: string;
  all: boolean;
  only?: string;
}

async function verify(service: Service, options: Options): Promise<boolean> {
  const database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  try {
    await prepare(database);
    const ask = asker(service.url);
    const comparisons: Comparison[] = [];
    const failures: string[] = [];
    for (const check of ALL_CHECKS.filter(({ name }) => options.only === undefined || name.includes(options.only))) {
      try {
        const found = await compare(check, ask, database);
        if (found.length === 0 && !check.isGated) failures.push(`${check.name} (${check.path}): nothing to compare`);
        comparisons.push(...found);
      } catch (error) {
        failures.push(`${check.name} (${check.path}): ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    console.log(renderComparisons(comparisons, options.all));
    for (const failure of failures) console.log(`NOT COMPARED  ${failure}`);
    const differences = comparisons.filter(({ isEqual }) => !isEqual).length;
    console.log(`${comparisons.length} figures, ${differences} differences, ${failures.length} not compared`);
    return differences === 0 && failures.length === 0;
  } finally {
    await database.end();
  }
}

async function main(): Promise<void> {
  const command = new Command('verify')
    .description('Compare every total of the service with an independent computation over staging')
    .argument('[file]', 'the workbook (.xlsx) to load first')
    .option('--url <url>', 'a service that is running')
    .option('--database <url>', 'its database (default DATABASE_URL)', process.env.DATABASE_URL)
    .option('--only <text>', 'only the checks whose name contains it')
    .option('--all', 'print every figure, also where a check has many that are equal', false)
    .parse(process.argv);
  const options = command.opts<Options>();
  const [file] = command.args;
  const isEqual =
    options.url !== undefined && options.database !== undefined
      ? await verify({ url: options.url, databaseUrl: options.database }, options)
      : file === undefined
        ? command.error('error: give a workbook, or --url and --database')
        : await withService(resolve(file), (service) => verify(service, options));
  if (!isEqual) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
