import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlFault } from './fault';

/** A copy of the sources in which statements can be wrong: the working tree stays what it is. */
export class TreeCopy {
  private constructor(readonly root: string) {}

  /**
   * Copies what git knows and what is new in the tree, and lends it the installed packages.
   * @throws Error where the tree is none of git's
   */
  static make(from: string, to: string): TreeCopy {
    const files = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: from,
      encoding: 'utf8',
    });
    if (files.status !== 0) throw new Error(`What git knows cannot be listed: ${files.stderr.trim()}`);
    for (const file of files.stdout.split('\0').filter(Boolean)) {
      cpSync(join(from, file), join(to, file), { recursive: true });
    }
    symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
    return new TreeCopy(to);
  }

  /** Whether the fault can be made: its text must stand in the file exactly once, and must not be what replaces it. */
  check({ sql, find, replace }: SqlFault): string | undefined {
    const places = readFileSync(join(this.root, sql), 'utf8').split(find).length - 1;
    if (places === 1) return find === replace ? 'it changes nothing' : undefined;
    return places === 0 ? 'its text is not there' : `its text stands there ${places} times`;
  }

  /** Makes the fault, does the work, and mends it again. */
  async with<T>({ sql, find, replace }: SqlFault, work: () => Promise<T>): Promise<T> {
    const path = join(this.root, sql);
    const right = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      right.replace(find, () => replace),
    );
    try {
      return await work();
    } finally {
      writeFileSync(path, right);
    }
  }
}
