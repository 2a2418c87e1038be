/**
 * Runs every job-shop file of a folder by every rule, as `simulate --jobshop` does, and checks each schedule.
 *
 * Run: npm run jobshop -- FOLDER
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { RULES } from '@libs/simulation';
import { checkInstance } from './check-instance';

const WIDTH = 8;

async function main(): Promise<void> {
  const [folder] = new Command('jobshop')
    .description('Run every job-shop file of a folder by every rule and check each schedule')
    .argument('<folder>', 'files in the standard job-shop text format; .md and hidden files are left out')
    .parse(process.argv).args;
  const files = readdirSync(folder)
    .filter((name) => !/^\.|\.md$/.test(name) && statSync(join(folder, name)).isFile())
    .sort();
  if (files.length === 0) throw new Error(`There is no file in ${folder}.`);
  console.log(['instance', 'size', 'bound', ...RULES].map((title) => title.padStart(WIDTH)).join(' '));
  let faulty = 0;
  for (const name of files) {
    try {
      const { jobs, machines, lowerBound, makespans, faults } = await checkInstance(join(folder, name));
      const cells = [`${jobs}x${machines}`, lowerBound, ...makespans.values()].map((cell) => String(cell));
      console.log([name.replace(/\.\w+$/, ''), ...cells].map((cell) => cell.padStart(WIDTH)).join(' '));
      for (const fault of faults) console.log(`  ${fault}`);
      if (faults.length > 0) faulty += 1;
    } catch (error) {
      console.log(`${name}: ${(error as Error).message}`);
      faulty += 1;
    }
  }
  console.log(`${files.length} files, ${faulty} of them with faults`);
  process.exitCode = faulty === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
