import { hours, isOnTime, kpiDelta, kpisOf, rounded } from './figures';
import type { PlannedOrder } from './plan';
import { DAY, HOUR } from './testing/made-factory';
import { MONDAY, orderOf } from './testing/made-model';

const planned = (created: number, due: number | null): PlannedOrder => ({
  kind: 'ACTIVE',
  order: orderOf(1, { created, due }),
});
const same = (wall: number): number => wall;

describe('whether an order is on time', () => {
  it('is whether it finishes before its due day is over', () => {
    expect(isOnTime({ due: MONDAY }, MONDAY + DAY - 1)).toBe(true);
    expect(isOnTime({ due: MONDAY }, MONDAY + DAY)).toBe(false);
    expect(isOnTime({ due: null }, MONDAY)).toBeUndefined();
  });
});

describe('the figures of a run', () => {
  const orders = [
    planned(MONDAY - 10 * HOUR, MONDAY),
    planned(MONDAY - 20 * HOUR, null),
    planned(MONDAY - 5 * HOUR, MONDAY),
    planned(MONDAY, MONDAY + DAY),
  ];
  const completion = Float64Array.of(MONDAY + 30 * HOUR, MONDAY + 7 * HOUR, MONDAY + 20 * HOUR, MONDAY + 25 * HOUR);

  it('are of the orders asked for alone', () => {
    // 40, 27, 25 and 25 hours from creation to finish; of three with a due date the first is late.
    expect(kpisOf(orders, { completion }, [0, 1, 2, 3], MONDAY, same)).toEqual({
      otd_pct: 66.6667,
      lead_time_h: 29.25,
      makespan_h: 30,
      on_time_orders: 2,
    });
    expect(kpisOf(orders, { completion }, [3, 1], MONDAY, same)).toEqual({
      otd_pct: 100,
      lead_time_h: 26,
      makespan_h: 25,
      on_time_orders: 1,
    });
  });

  it('are 0 where there is no order, and where none has a due date', () => {
    const none = { otd_pct: 0, lead_time_h: 0, makespan_h: 0, on_time_orders: 0 };
    expect(kpisOf(orders, { completion }, [], MONDAY, same)).toEqual(none);
    expect(kpisOf(orders, { completion }, [1], MONDAY, same)).toEqual({ ...none, lead_time_h: 27, makespan_h: 7 });
  });

  it('count real hours where the clock was changed in between', () => {
    // Put forward by an hour at the start: what was created before it is an hour younger.
    const instantOf = (wall: number): number => (wall <= MONDAY ? wall : wall - HOUR);
    expect(kpisOf(orders, { completion }, [0], MONDAY, instantOf)).toMatchObject({ lead_time_h: 39, makespan_h: 29 });
  });

  it('differ by the second less the first', () => {
    const before = { otd_pct: 50.1, lead_time_h: 10, makespan_h: 20, on_time_orders: 4 };
    const after = { otd_pct: 50.3, lead_time_h: 7.5, makespan_h: 20, on_time_orders: 3 };
    // 50.3 − 50.1 is 0.19999999999999574 in binary.
    expect(kpiDelta(before, after)).toEqual({ otd_pct: 0.2, lead_time_h: -2.5, makespan_h: 0, on_time_orders: -1 });
  });
});

describe('a rounded figure', () => {
  it('has four decimals and is never -0', () => {
    expect([1 / 3, 2 / 3, -1 / 3, 12_345.67894].map(rounded)).toEqual([0.3333, 0.6667, -0.3333, 12_345.6789]);
    expect(Object.is(rounded(-0.00001), 0)).toBe(true);
    expect([hours(5400), hours(1), hours(-7200)]).toEqual([1.5, 0.0003, -2]);
  });
});
