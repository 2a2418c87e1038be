import { SharedReading } from './shared-reading';

describe('SharedReading', () => {
  it('answers each caller from a reading that began after it asked, in as few readings as that takes', async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    let truth = 1;
    const shared = new SharedReading(() => {
      const seen = truth;
      begun.push(seen);
      return new Promise<number>((resolve) => ends.push(() => resolve(seen)));
    });
    const first = shared.get();
    truth = 2;
    const later = [shared.get(), shared.get(), shared.get()];
    ends[0]();
    expect(await first).toBe(1);
    await new Promise(setImmediate);
    ends[1]();
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    expect(begun).toEqual([1, 2]);
  });

  it('reads anew after a failure, also for those who waited behind it', async () => {
    let attempts = 0;
    const shared = new SharedReading(async () => {
      attempts += 1;
      await new Promise(setImmediate);
      if (attempts === 1) throw new Error('away');
      return attempts;
    });
    const [first, second] = await Promise.allSettled([shared.get(), shared.get()]);
    expect(first.status).toBe('rejected');
    expect(second).toEqual({ status: 'fulfilled', value: 2 });
    expect(await shared.get()).toBe(3);
  });
});
