import fc from 'fast-check';
import { ReadingTurns } from './reading-turns';

/** A promise that its holder ends. */
function held(): { ended: Promise<void>; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ReadingTurns', () => {
  it('lets as many go on as it is told, and the others in the order in which they came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 3 })),
        async (limit, lengths) => {
          const turns = new ReadingTurns(limit);
          const begun: number[] = [];
          let running = 0;
          let most = 0;
          const works = lengths.map((length, number) =>
            turns.run(async () => {
              begun.push(number);
              most = Math.max(most, (running += 1));
              for (let turn = 0; turn < length; turn += 1) await soon();
              running -= 1;
            }),
          );
          await Promise.all(works);
          expect(begun).toEqual(lengths.map((_, number) => number));
          expect(most).toBe(Math.min(limit, lengths.length));
          expect(turns.waiting).toBe(0);
        },
      ),
    );
  });

  it('gives the place of one that failed to the next', async () => {
    const turns = new ReadingTurns(1);
    const first = held();
    const failing = turns.run(async () => {
      await first.ended;
      throw new Error('the statement failed');
    });
    const next = turns.run(() => Promise.resolve('answered'));
    await soon();
    expect(turns.waiting).toBe(1);
    first.end();
    await expect(failing).rejects.toThrow('the statement failed');
    await expect(next).resolves.toBe('answered');
  });

  it('never lets a reading wait for what it asks for itself', async () => {
    const turns = new ReadingTurns(1);
    await expect(turns.run(() => turns.run(() => Promise.resolve('inner')))).resolves.toBe('inner');
  });
});
