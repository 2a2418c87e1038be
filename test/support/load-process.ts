import '@swc-node/register';
import 'reflect-metadata';
import { loadEnv } from '../../src/config/env';
import { loadWorkbook } from '../../src/cli/load-workbook';

/** A load in a process of its own that can be killed; the environment says where, the exit code how it ended. */
loadWorkbook(process.argv[2], {}, loadEnv(), {
  out: process.stdout,
  err: process.stderr,
  signal: new AbortController().signal,
}).then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
