import '@swc-node/register';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';

/**
 * A process that uses the embedded engine and does what it is told on stdin: `close` lets go and ends, `exit` ends
 * without letting go. It says what it got as one JSON line.
 */
async function main(): Promise<void> {
  const engine = await attachEmbeddedPostgres({ dataDir: process.argv[2], settings: { fsync: 'off' } });
  process.stdout.write(JSON.stringify({ url: engine.url, pid: engine.pid, started: engine.started }) + '\n');
  process.stdin.on('data', (chunk: Buffer) => {
    if (chunk.toString().trim() === 'exit') process.exit(0);
    void engine.close().then(() => process.exit(0));
  });
}

void main();
