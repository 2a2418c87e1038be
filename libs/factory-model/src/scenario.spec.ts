import { serversOf } from './scenario';

describe('servers and speed of a changed capacity', () => {
  it.each([
    [2, 2, 4, 1],
    [2, 1.5, 3, 1],
    [3, 1.5, 4, 1.125],
    [1, 0.5, 1, 0.5],
    [4, 0.5, 2, 1],
  ])('%i × %d is %i at %d: the throughput is multiplied exactly', (capacity, multiplier, servers, speed) => {
    expect(serversOf(capacity, [{ phase: 0, multiplier }])).toEqual({ servers, speed });
  });

  it('are as many as are said, whatever was seen, and work as fast', () => {
    expect(serversOf(3, [])).toEqual({ servers: 3, speed: 1 });
    expect(serversOf(3, [{ phase: 0, servers: 7 }])).toEqual({ servers: 7, speed: 1 });
  });

  it('follow from one change after the other', () => {
    expect(serversOf(9, [{ phase: 0, servers: 3, multiplier: 1.5 }])).toEqual({ servers: 4, speed: 1.125 });
    // One at half speed, three times: three at half speed.
    const both = [
      { phase: 0, multiplier: 0.5 },
      { phase: 0, multiplier: 3 },
    ];
    expect(serversOf(1, both)).toEqual({ servers: 3, speed: 0.5 });
    expect(
      serversOf(2, [
        { phase: 0, multiplier: 2 },
        { phase: 0, servers: 5 },
      ]),
    ).toEqual({ servers: 5, speed: 1 });
  });

  it('are whole where the product is but for its last binary digits', () => {
    // 100 · 0.58 is 57.99999999999999.
    const { servers, speed } = serversOf(100, [{ phase: 0, multiplier: 0.58 }]);
    expect(servers).toBe(58);
    expect(speed).toBeCloseTo(1, 12);
  });
});
