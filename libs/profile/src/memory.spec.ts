import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { mergeParts } from './merge-parts';
import { SheetProfiler } from './sheet-profiler';

describe('memory', () => {
  const gc = (): void => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
  };

  /** Bytes of array buffers, once what is garbage has been swept, which V8 does beside the program. */
  const settledBytes = async (bound: number, attempts = 40): Promise<number> => {
    for (let attempt = 0; ; attempt += 1) {
      gc();
      const bytes = process.memoryUsage().arrayBuffers;
      if (bytes < bound || attempt === attempts) return bytes;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('of a column with more distinct numbers than its bound falls back to a sketch of 4 KiB', async () => {
    const wide = Array.from({ length: 100 }, (_, i) => ({ name: `c${i}`, trackKeys: false }));
    const before = await settledBytes(0, 5);
    const profiler = new SheetProfiler(wide);
    // 62,914 fit: 6,291,456 of the sheet / 100
    for (let i = 0; i < 300_000; i += 1) profiler.number(0, i * 60);
    expect((await settledBytes(before + 64 * 1024)) - before).toBeLessThan(64 * 1024);
    const [column] = mergeParts('S', [profiler.finish()]).columns;
    expect(column.exact).toBe(false);
    expect(Math.abs(column.distinct / 300_000 - 1)).toBeLessThan(3 * 0.01625);
  });

  it('of a key column of a whole sheet (1,048,576 rows) is at most 25 MB, of another at most 12.6 MB', async () => {
    const retained = async (trackKeys: boolean, values: number, bound: number): Promise<number> => {
      const before = await settledBytes(0, 5);
      const profiler = new SheetProfiler([{ name: 'x', trackKeys }]);
      for (let i = 0; i < values; i += 1) profiler.number(0, i);
      const bytes = (await settledBytes(before + bound)) - before;
      expect(profiler.finish().rows).toBe(0);
      return bytes;
    };
    // 2^21 slots of 12 bytes, since 2^20 values fill 2^20 slots beyond three quarters; 2^20 slots.
    expect(await retained(true, 1_048_576, 25.3e6)).toBeLessThan(25.3e6);
    expect(await retained(false, 786_432, 12.7e6)).toBeLessThan(12.7e6);
  });
});
