import { RequestTimes } from './request-times';

describe('RequestTimes', () => {
  it('is the continuous 95th percentile of the routes asked for', () => {
    const times = new RequestTimes();
    // 0, 10, …, 100: the place is 0.95 x 10 = 9.5, half way from 90 to 100.
    for (let index = 10; index >= 0; index -= 1) times.add(index % 2 ? 'GET a' : 'GET b', index * 10);
    times.add('GET c', 9999);
    expect(times.p95(['GET a', 'GET b'])).toEqual({ milliseconds: 95, requests: 11 });
  });

  it('forgets all but the latest thousand of a route', () => {
    const times = new RequestTimes();
    for (let index = 0; index < 1000; index += 1) times.add('GET a', 5000);
    for (let index = 0; index < 1000; index += 1) times.add('GET a', 7);
    expect(times.p95(['GET a'])).toEqual({ milliseconds: 7, requests: 1000 });
  });

  it('knows nothing of a route without requests', () => {
    expect(new RequestTimes().p95(['GET a'])).toBeUndefined();
  });
});
