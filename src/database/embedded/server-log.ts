import { closeSync, copyFileSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** Size at which the log is set aside, bytes. */
const ROTATE_AT = 10 * 1024 * 1024;

/**
 * The server's log: DATA_DIR/logs/postgres.log and one older part, postgres.log.1. The server gets it as its already
 * open stderr instead of collecting logs itself, because its account may be unable to enter DATA_DIR.
 */
export class ServerLog {
  readonly path: string;

  constructor(dataDir: string) {
    const dir = join(dataDir, 'logs');
    mkdirSync(dir, { recursive: true });
    this.path = join(dir, 'postgres.log');
  }

  /** Lends the open file to `use`, in append mode: what is written goes to its end, wherever rotation moved that. */
  withFile<T>(use: (fd: number) => T): T {
    this.rotate();
    const fd = openSync(this.path, 'a', 0o600);
    try {
      return use(fd);
    } finally {
      closeSync(fd);
    }
  }

  /** Sets a large log aside. The server keeps its file open, so the content is copied and the file cut. */
  rotate(): void {
    const stat = statSync(this.path, { throwIfNoEntry: false });
    if (!stat || stat.size < ROTATE_AT) return;
    copyFileSync(this.path, `${this.path}.1`);
    truncateSync(this.path, 0);
  }
}
