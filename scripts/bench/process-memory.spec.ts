import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryWatch, ownPeakBytes, processTree } from './process-memory';

const onLinux = process.platform === 'linux' ? describe : describe.skip;
const MIB = 2 ** 20;

onLinux('memory of processes', () => {
  it('does not charge a child with the memory of its parent', async () => {
    const ballast = Buffer.alloc(300 * MIB, 1);
    const script = `
      const { ownPeakBytes } = require(${JSON.stringify(require.resolve('./process-memory'))});
      console.log(ownPeakBytes());`;
    const child = spawn(process.execPath, ['-r', '@swc-node/register', '-e', script], { env: cleanEnv() });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    expect(ballast.length).toBe(300 * MIB);
    expect(ownPeakBytes()).toBeGreaterThan(300 * MIB);
    expect(Number(text.toString())).toBeGreaterThan(20 * MIB);
    expect(Number(text.toString())).toBeLessThan(300 * MIB);
  });

  it('sees what a process and its children have together', async () => {
    const hold = `const held = Buffer.alloc(${120 * MIB}, 1);
      setTimeout(() => held.length, 120_000);`;
    const parent = spawn(process.execPath, [
      '-e',
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(hold)}]); ${hold}; console.log('up')`,
    ]);
    try {
      await once(parent.stdout, 'data');
      const watch = new MemoryWatch(parent.pid!, process.pid);
      try {
        // Two processes of 120 MiB and about 40 of Node itself each: one alone stays below 240.
        const isSeen = (): boolean => watch.peaks.nodeBytes > 240 * MIB && watch.peaks.serverBytes > 0;
        for (let look = 0; look < 200 && !isSeen(); look++) await sleep(200);
        expect(watch.peaks.nodeBytes).toBeGreaterThan(240 * MIB);
        expect(watch.peaks.serverBytes).toBeGreaterThan(20 * MIB);
      } finally {
        watch.stop();
      }
      expect(processTree(parent.pid!)).toHaveLength(2);
    } finally {
      for (const pid of processTree(parent.pid!).reverse()) process.kill(pid, 'SIGKILL');
    }
  });

  it('names nothing for a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await once(child, 'exit');
    expect(processTree(child.pid!)).toEqual([]);
  });
});

function cleanEnv(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: '' };
}
