import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What Jest writes with --json, as far as it is read here. */
export interface JestReport {
  testResults: {
    /** absolute path of the spec */
    name: string;
    /** milliseconds since 1970 */
    startTime: number;
    endTime: number;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
    /** what went wrong before there were tests */
    message: string;
  }[];
}

export interface RunJestOptions {
  /** folder of jest.config.js */
  root: string;
  projects: readonly string[];
  /** paths and options, paths first */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  workDir: string;
  signal: AbortSignal;
}

/** Runs tests in a process of their own and gives its report. @throws Error when Jest wrote none */
export async function runJest({ root, projects, args, env, workDir, signal }: RunJestOptions): Promise<JestReport> {
  const output = join(workDir, 'results.json');
  rmSync(output, { force: true });
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  // Paths come first: --selectProjects swallows what follows it.
  const options = [...args, '--json', '--outputFile', output, '--silent', '--selectProjects', ...projects];
  const child = spawn(process.execPath, ['--experimental-vm-modules', jest, ...options], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'ignore'],
    signal,
  });
  await once(child, 'exit');
  return JSON.parse(readFileSync(output, 'utf8')) as JestReport;
}
