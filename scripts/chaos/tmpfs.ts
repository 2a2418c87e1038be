import { execFileSync } from 'node:child_process';
import { statfs } from 'node:fs/promises';

/** What is written between measuring and setting leaves too little: then both are done again, so often. */
const TRIES = 20;

/** A small disk of its own, in memory, that can be made full. Only root may mount one. */
export class Tmpfs {
  private constructor(private readonly folder: string) {}

  /** @param owner uid and gid of the folder on it @returns why not, where it cannot be mounted here */
  static mount(folder: string, bytes: number, owner = { uid: 0, gid: 0 }): Tmpfs | string {
    const options = `size=${bytes},mode=0755,uid=${owner.uid},gid=${owner.gid}`;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      return `a tmpfs cannot be mounted here: ${(error as Error).message.split('\n')[1] ?? (error as Error).message}`;
    }
    return new Tmpfs(folder);
  }

  /** As large as what is on it and so many bytes more. */
  async leave(freeBytes: number): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      const { blocks, bfree, bsize } = await statfs(this.folder);
      try {
        return this.resize((blocks - bfree) * bsize + freeBytes);
      } catch (error) {
        if (tried === TRIES) throw error;
      }
    }
  }

  resize(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.folder], { stdio: 'pipe' });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'pipe' });
  }
}
