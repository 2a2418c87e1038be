/**
 * Runs tests under other time zones and a Portuguese locale, and compares the results test by test: docs/proof.md.
 *
 * Run: npm run test:zones -- [--projects unit medium] [--zones UTC Asia/Kathmandu] [-- PATHS AND JEST OPTIONS]
 */
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { table } from '../bench/markdown';
import { runBench } from '../bench/run-bench';
import { runJest } from '../jest/run-jest';
import { compareZones, statusesOf, type ZoneResults } from './compare';
import { assertTakesEffect } from './takes-effect';

interface Options {
  projects: string[];
  zones: string[];
}

const ROOT = join(__dirname, '../..');
/** The first is what the others are held to. Behind, at, and ahead of the factory; whole, half and quarter hours. */
const ZONES = ['UTC', 'Europe/Lisbon', 'America/St_Johns', 'Asia/Kathmandu'];
const LOCALE = 'pt_PT.UTF-8';

function parse(argv: readonly string[]): Options & { args: string[] } {
  const command = new Command('test:zones')
    .description(`Run tests in each time zone, all but UTC in ${LOCALE}: the same tests must pass`)
    .argument('[jest...]', 'paths and options for Jest')
    .addOption(
      new Option('--projects <name...>', 'which tests').choices(['unit', 'medium', 'e2e']).default(['unit', 'medium']),
    )
    .option('--zones <name...>', 'which time zones, the first to compare with', ZONES)
    .parse(argv);
  return { ...command.opts<Options>(), args: command.args };
}

async function runIn(
  zone: string,
  { projects, args }: ReturnType<typeof parse>,
  workDir: string,
  signal: AbortSignal,
): Promise<ZoneResults> {
  const locale = zone === 'UTC' ? 'C.UTF-8' : LOCALE;
  const begun = performance.now();
  const report = await runJest({
    root: ROOT,
    projects,
    args: projects.includes('e2e') ? [...args, '--runInBand'] : args,
    env: { ...process.env, TZ: zone, LANG: locale, LC_ALL: locale, LANGUAGE: locale },
    workDir,
    signal,
  });
  return { zone, locale, seconds: (performance.now() - begun) / 1000, tests: statusesOf(report, ROOT) };
}

async function main(workDir: string, signal: AbortSignal): Promise<void> {
  const options = parse(process.argv);
  options.zones.forEach(assertTakesEffect);
  const results: ZoneResults[] = [];
  for (const zone of options.zones) {
    console.error(`  ${zone}`);
    results.push(await runIn(zone, options, workDir, signal));
  }
  const { rows, findings } = compareZones(results);
  console.log(table(['time zone, locale', 'tests', 'passed', 'skipped', 'failed', 's'], rows));
  for (const finding of findings) console.log(`- ${finding}`);
  console.log(`\n${findings.length === 0 ? 'The same everywhere: PASSED' : `${findings.length} findings: FAILED`}`);
  if (findings.length > 0) process.exitCode = 1;
}

runBench(main);
