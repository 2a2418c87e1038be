import { CalibratedForecaster, type CalibratedForecast } from './calibration';
import type { ForecastSettings } from './forecaster';
import { historyOf, type HistoryOrder, positionAt } from './history';

const HOUR = 3600;
const DAY = 24 * HOUR;
const STEP = 14 * DAY;
const NOW = 1000 * DAY;
/** When the forecasts were made whose outcomes decide: 13 looks of 14 days before. */
const THEN = NOW - 13 * STEP;

/** Whatever stood in the same phase at the look before counts 1: the curve is the plain share of those by each time. */
const PLAIN: ForecastSettings = {
  dormantSeconds: 60 * DAY,
  stepDays: 14,
  looks: 1,
  recencyDays: Infinity,
  ageBandwidth: Infinity,
  stayBandwidth: Infinity,
  affinity: { product: 1, family: 1, line: 1, other: 1 },
  minimumCases: 1,
};

/** An order in work in phase 7 since a time, two days after it was made. */
function inWork(start: number, finished?: number): HistoryOrder {
  return { created: start - 2 * DAY, finished, phases: [{ type: 7, start }] };
}

/** An order of which nothing starts before it is finished. */
function waiting(created: number, finished?: number): HistoryOrder {
  return { created, finished, phases: [{ type: 7 }] };
}

type Making = (since: number, finished?: number) => HistoryOrder;

/** Those seen at the look before a moment: `count` of them, each of which was finished some hours after the one before. */
const seenBefore = (moment: number, count: number, hours: number, make: Making): HistoryOrder[] =>
  Array.from({ length: count }, (_, place) => make(moment - STEP - DAY, moment - STEP + (place + 1) * hours * HOUR));

const times = (count: number, make: () => HistoryOrder): HistoryOrder[] => Array.from({ length: count }, make);

function forecastOf(orders: readonly HistoryOrder[], asked: HistoryOrder, settings = PLAIN): CalibratedForecast {
  const history = historyOf([...orders, asked]);
  const position = positionAt(history, orders.length, NOW, settings.dormantSeconds);
  const forecast = position && new CalibratedForecaster(history, NOW, settings).forecast(orders.length, position);
  if (forecast === undefined) throw new Error('the order is active, and there is a past');
  return forecast;
}

/**
 * The level, in hundredths, at which p80 is read for an order in work once `outcomes` stood there at THEN. Of the
 * forecast of now 100 are behind, finished after 3, 6, ... 300 hours: the level is what p80 comes to, in such steps. Of
 * the forecast of THEN 40 are, finished after 8, 16, ... 320 hours: a finish k such steps after THEN comes to k / 40.
 */
const levelOf = (outcomes: readonly HistoryOrder[], make: Making = inWork): number => {
  const past = [...seenBefore(THEN, 40, 8, make), ...seenBefore(NOW, 100, 3, make)];
  return forecastOf([...past, ...outcomes], make(NOW - DAY)).p80 / (3 * HOUR);
};
const outcome = (steps: number, make: Making = inWork) => make(THEN - DAY, THEN + steps * 8 * HOUR);
const never = (make: Making = inWork) => make(THEN - DAY);

describe('the correction of p80', () => {
  it('reads the curve at the lowest hundredth by which 80 % of the orders of half a year ago were finished', () => {
    // 30 came to 4 / 40 = 10 %, 10 to 25 / 40 = 62.5 %, 10 are open: 40 of 50 were finished by 63 %, 30 by 62 %.
    const outcomes = [...times(30, () => outcome(4)), ...times(10, () => outcome(25)), ...times(10, () => never())];
    expect(levelOf(outcomes)).toBe(63);
    // One of them later, at 27 / 40 = 67.5 %: by 63 % only 39 of 50 were.
    expect(levelOf([...outcomes.slice(0, 39), outcome(27), ...outcomes.slice(40)])).toBe(68);
  });

  it.each([
    ['in work', inWork],
    ['that wait', waiting],
  ])('needs 50 outcomes of orders %s, below which the curve is read at 80 %%', (_, make) => {
    const early = times(40, () => outcome(25, make));
    expect(levelOf([...early, ...times(9, () => never(make))], make)).toBe(80);
    expect(levelOf([...early, ...times(10, () => never(make))], make)).toBe(63);
  });

  it('stays between a half and 99 %, however soon or late the orders were finished', () => {
    // All before the first of those behind the forecast of then: they came to nothing of it.
    expect(levelOf(times(50, () => outcome(0.5)))).toBe(50);
    // 39 of 50, whatever the level.
    expect(levelOf([...times(39, () => outcome(4)), ...times(11, () => never())])).toBe(99);
    // After the last of them: each came to the whole of it.
    expect(levelOf(times(50, () => outcome(41)))).toBe(99);
  });

  it.each([2, 40, 60])('takes a finish by exactly a half as kept by p50, of %d behind it', (behind) => {
    // They were finished after 5, 10, ... hours, all outcomes together with the half of them. By then the shares of
    // 40 add up to 0.5000000000000001, those of 60 to 0.5000000000000002.
    const outcomes = times(50, () => inWork(THEN - DAY, THEN + (behind / 2) * 5 * HOUR));
    const past = [...seenBefore(THEN, behind, 5, inWork), ...seenBefore(NOW, 100, 3, inWork)];
    const { p50, p80 } = forecastOf([...past, ...outcomes], inWork(NOW - DAY));
    expect([p50, p80]).toEqual([150 * HOUR, 150 * HOUR]);
  });

  it('is of orders in work for orders in work, and of those that wait for those that wait', () => {
    const early = (make: Making) => times(50, () => outcome(25, make));
    const open = (make: Making) => times(50, () => never(make));
    const behind = (make: Making) => seenBefore(THEN, 40, 8, make);
    expect(levelOf([...behind(waiting), ...early(inWork), ...open(waiting)])).toBe(63);
    expect(levelOf([...behind(inWork), ...early(inWork), ...open(waiting)], waiting)).toBe(99);
    expect(levelOf([...behind(inWork), ...open(inWork), ...early(waiting)], waiting)).toBe(63);
  });

  it('leaves out orders of which nothing could be said then', () => {
    // Nobody was in work before them: there was no forecast to keep or to miss, and p80 is the curve's own.
    const open = times(50, () => never());
    const { p80 } = forecastOf([...open, ...seenBefore(NOW, 100, 3, inWork)], inWork(NOW - DAY));
    expect(p80).toBe(240 * HOUR);
  });

  it('does not know of a finish at the moment itself', () => {
    // Seen 15 looks before THEN in phase 7: one took an hour, the other worked on in phase 8 until a day before THEN.
    const first = THEN - 15 * STEP;
    const long: HistoryOrder = {
      ...inWork(first - DAY, THEN - DAY),
      phases: [
        { type: 7, start: first - DAY },
        { type: 8, start: first + DAY },
      ],
    };
    // Of those in phase 7 at THEN 39 took 1, 2, ... 39 hours. 11 took the 13 looks until NOW, in phase 8: that is more
    // than an hour and less than 15 looks, a half of the forecast of then, as it is for the 39.
    const untilNow: HistoryOrder = {
      ...inWork(THEN - DAY, NOW),
      phases: [
        { type: 7, start: THEN - DAY },
        { type: 8, start: THEN + DAY },
      ],
    };
    const outcomes = [
      ...Array.from({ length: 39 }, (_, place) => inWork(THEN - DAY, THEN + (place + 1) * HOUR)),
      ...times(11, () => untilNow),
    ];
    const settings = { ...PLAIN, looks: 15, dormantSeconds: 300 * DAY };
    const past = [inWork(first - DAY, first + HOUR), long, ...outcomes];
    const { p50, p80 } = forecastOf(past, inWork(NOW - DAY), settings);
    // 39 of 50 are not 80 %: the level is 99 %. The curve of now is that of the 39, of which p50 is the 20th.
    expect([p50, p80]).toEqual([20 * HOUR, 39 * HOUR]);
  });
});
