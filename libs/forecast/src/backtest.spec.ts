import { backtest, median } from './backtest';
import { FORECAST_SETTINGS } from './forecaster';
import { historyOf, type HistoryOrder } from './history';

const DAY = 86_400;
const SETTINGS = { ...FORECAST_SETTINGS, dormantSeconds: 180 * DAY };

function made(created: number, start: number | undefined, finished: number | undefined): HistoryOrder {
  const phases = [{ type: 7, start: start === undefined ? undefined : start * DAY }];
  return { created: created * DAY, finished: finished === undefined ? undefined : finished * DAY, product: 1, phases };
}

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect([median([5, 1, 9]), median([4, 1, 9, 6])]).toEqual([5, 5]);
  });
});

describe('the backtest', () => {
  // Every order waits 0 days and takes 14: seen at a look, i.e. a whole number of weeks after a day, one made d days
  // before has 14 - d to go. Three stand at the moment, day 1000.
  const past = Array.from({ length: 600 }, (_, day) => made(day + 380, day + 380, day + 394)).filter(
    (order) => order.created < 986 * DAY,
  );
  const open = [made(993, 993, 1005), made(993, 993, undefined), made(993, 993, 1200)];

  it('counts what was finished, missed, and not decided yet', () => {
    const [at] = backtest(historyOf([...past, ...open]), [1000 * DAY], 1100 * DAY, SETTINGS);
    // By day 1100 the first is finished. The others are not, and their p80, at most 14 days on, has passed.
    expect(at).toMatchObject({ active: 3, finished: 1, missedUnfinished: 2, leftOut: 0, notForecast: 0 });
    // Naive: created on 993 + the median lead time of 14 days = 1007, 2 days after the finish on 1005.
    expect(at.naiveAbsoluteError).toBe(2 * DAY);
    expect(at.naiveSignedError).toBe(2 * DAY);
    // All of the past had less than 14 days to go, and the finish came after 5: no forecast is further off than 9.
    expect(at.absoluteError).toBeLessThanOrEqual(9 * DAY);
  });

  it('leaves out what is not finished while its p80 lies ahead', () => {
    const [at] = backtest(historyOf([...past, ...open]), [1000 * DAY], 1000.5 * DAY, SETTINGS);
    expect(at).toMatchObject({ active: 3, finished: 0, missedUnfinished: 0, leftOut: 3 });
  });

  it('counts orders with nothing to compare with apart', () => {
    const [at] = backtest(historyOf(open), [1000 * DAY], 1100 * DAY, SETTINGS);
    expect(at).toMatchObject({ active: 3, finished: 0, notForecast: 3 });
  });

  it('takes the moment itself when the naive finish has passed', () => {
    const slow = [...past, made(950, 995, 1010)];
    const [at] = backtest(historyOf(slow), [1000 * DAY], 1100 * DAY, SETTINGS);
    // 950 + 14 = 964 has passed: the naive answer is 1000, 10 days before the finish.
    expect(at.naiveSignedError).toBe(-10 * DAY);
  });

  it('counts a finish at p80 itself as covered, and one a second after as not', () => {
    // One of the past is in view at the look 14 days before: it had 7 days to go, which is all that p80 can be.
    const one = made(980, 980, 993);
    const settings = { ...SETTINGS, looks: 1 };
    const coveredWhenFinished = (seconds: number): number => {
      const order = { ...made(993, 993, undefined), finished: 1007 * DAY + seconds };
      const [at] = backtest(historyOf([one, order]), [1000 * DAY], 1100 * DAY, settings);
      return at.covered;
    };
    expect([coveredWhenFinished(0), coveredWhenFinished(1)]).toEqual([1, 0]);
  });

  it('takes what a product usually takes from orders finished at their creation too, but not before it', () => {
    const errorAfter = (leads: readonly number[]): number => {
      const own = leads.map((lead) => ({ ...made(500, undefined, 500 + lead), product: 2 }));
      const asked = { ...made(993, 993, 1005), product: 2 };
      const [at] = backtest(historyOf([...past, ...own, asked]), [1000 * DAY], 1100 * DAY, SETTINGS);
      return at.naiveSignedError / DAY;
    };
    // Two finished before they were made: the one of 20 days is left, 993 + 20 = 1013, 8 days after the finish on 1005.
    expect(errorAfter([-1, -1, 20])).toBe(8);
    // The median of 0, 0 and 20 days is 0, and 993 has passed: the moment itself, 5 days before the finish.
    expect(errorAfter([0, 0, 20])).toBe(-5);
  });

  it('takes what all orders usually take for an order of which the product is not known', () => {
    const unknown = (order: HistoryOrder) => ({ ...order, product: undefined });
    const slow = Array.from({ length: 9 }, () => unknown(made(500, undefined, 550)));
    const history = historyOf([...past, ...slow, unknown(made(993, 993, 1005))]);
    const [at] = backtest(history, [1000 * DAY], 1100 * DAY, SETTINGS);
    // Nine without a product took 50 days, 600 of a product 14: 993 + 14 = 1007, 2 days after the finish.
    expect(at.naiveSignedError).toBe(2 * DAY);
  });
});
