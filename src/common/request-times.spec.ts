import fc from 'fast-check';
import { RequestTimes } from './request-times';

describe('RequestTimes', () => {
  it('is the continuous 95th percentile of the route asked for', () => {
    const times = new RequestTimes();
    // 0, 10, …, 100: the place is 0.95 x 10 = 9.5, half way from 90 to 100.
    for (let index = 10; index >= 0; index -= 1) times.add('GET a', index * 10);
    times.add('GET b', 9999);
    expect(times.p95('GET a')).toEqual({ milliseconds: 95, requests: 11 });
  });

  it('forgets all but the latest thousand of a route', () => {
    const times = new RequestTimes();
    for (let index = 0; index < 1000; index += 1) times.add('GET a', 5000);
    for (let index = 0; index < 1000; index += 1) times.add('GET a', 7);
    expect(times.p95('GET a')).toEqual({ milliseconds: 7, requests: 1000 });
  });

  it('is at any time what sorting the latest thousand gives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 1500, size: 'max' }), (durations) => {
        const times = new RequestTimes();
        for (const duration of durations) times.add('GET a', duration);
        const sorted = durations.slice(-1000).sort((a, b) => a - b);
        const place = 0.95 * (sorted.length - 1);
        const below = sorted[Math.floor(place)];
        const expected = below + (sorted[Math.ceil(place)] - below) * (place - Math.floor(place));
        expect(times.p95('GET a')).toEqual({ milliseconds: expected, requests: sorted.length });
      }),
      { numRuns: 50 },
    );
  });

  it('knows nothing of a route without requests', () => {
    expect(new RequestTimes().p95('GET a')).toBeUndefined();
  });
});
