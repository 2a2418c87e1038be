import { RateLimitStorage } from './rate-limit.storage';

describe('where requests are counted', () => {
  afterEach(() => jest.restoreAllMocks());

  it('ends a window in time also when the clock of the machine is put back', () => {
    const elapsed = jest.spyOn(performance, 'now').mockReturnValue(1_000);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2025-12-12T00:00:00Z'));
    const storage = new RateLimitStorage(undefined, undefined);
    expect(storage.hit('a', 60_000)).toEqual({ hits: 1, endsInMs: 60_000 });
    clock.mockReturnValue(Date.parse('2025-12-11T00:00:00Z'));
    elapsed.mockReturnValue(61_000);
    expect(storage.hit('a', 60_000)).toEqual({ hits: 1, endsInMs: 60_000 });
  });
});
