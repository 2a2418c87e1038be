import fc from 'fast-check';
import { CalibratedForecaster } from './calibration';
import { FORECAST_SETTINGS, Forecaster, type ForecastSettings } from './forecaster';
import { familyOf, historyOf, type HistoryOrder, NOT_STARTED, positionAt } from './history';

const DAY = 86_400;
const SETTINGS: ForecastSettings = { ...FORECAST_SETTINGS, dormantSeconds: 180 * DAY };
const NOW = 1000 * DAY;

/** An order of one phase type: created, started and finished on the given days. */
function made(created: number, start?: number, finished?: number, product = 1, name = 'K1 Vento L'): HistoryOrder {
  return {
    created: created * DAY,
    finished: finished === undefined ? undefined : finished * DAY,
    product,
    productName: name,
    phases: [{ type: 7, start: start === undefined ? undefined : start * DAY }],
  };
}

describe('the family of a product', () => {
  it('is the first two words of its name, its line the first', () => {
    expect(familyOf('K1 Vanquish Cinco L SCS')).toEqual({ family: 'K1 Vanquish', line: 'K1' });
    expect(familyOf(' Gola ')).toEqual({ family: 'Gola', line: 'Gola' });
    // However many blanks there are between them.
    expect(familyOf('K1   Vanquish Cinco')).toEqual({ family: 'K1 Vanquish', line: 'K1' });
    expect(familyOf('  ')).toBeUndefined();
  });
});

describe('the position of an order', () => {
  const order: HistoryOrder = {
    created: 10 * DAY,
    finished: 40 * DAY,
    phases: [
      { type: 11, start: 11 * DAY, end: 12 * DAY, isAutomatic: true },
      { type: 1, start: 20 * DAY, end: 21 * DAY },
      { type: 2, end: 25 * DAY },
      { type: 3, start: 30 * DAY },
      { type: 4 },
    ],
  };
  const at = (day: number) => positionAt(historyOf([order]), 0, day * DAY, 180 * DAY);

  it('is the last phase of the route that had started, from what was recorded before', () => {
    expect(at(10)).toBeUndefined();
    expect(at(20)).toMatchObject({ phase: NOT_STARTED, lastEvent: 12 * DAY });
    expect(at(21)).toMatchObject({ phase: 1, lastEvent: 20 * DAY });
    // Recorded with an end alone: it had started when it had ended.
    expect(at(26)).toMatchObject({ phase: 2, lastEvent: 25 * DAY });
    expect(at(40)).toMatchObject({ phase: 3, phaseIndex: 3, lastEvent: 30 * DAY });
    expect(at(41)).toBeUndefined();
  });

  it('is none when nothing happened for too long', () => {
    const asleep = historyOf([{ ...order, finished: undefined }]);
    expect(positionAt(asleep, 0, 210 * DAY, 180 * DAY)).toBeDefined();
    expect(positionAt(asleep, 0, 210 * DAY + 1, 180 * DAY)).toBeUndefined();
  });
});

describe('a forecast', () => {
  // One order a day, started after 2 days and finished 20 days after the start: at any look, those that had been in
  // work for d days took 20 - d more. Looks are every 14 days, so all meet the same ages.
  const steady = Array.from({ length: 500 }, (_, day) => made(day + 450, day + 452, day + 472)).filter(
    (order) => (order.finished ?? 0) < NOW,
  );
  const today = (start: number) => historyOf([...steady, made(start - 2, start)]);

  it('is what orders in the same place took', () => {
    const history = today(990);
    const order = steady.length;
    const position = positionAt(history, order, NOW, SETTINGS.dormantSeconds);
    const forecast = position && new CalibratedForecaster(history, NOW, SETTINGS).forecast(order, position);
    // In work for 10 days: those in work for 3 to 17 are alike enough to count, those nearest to 10 the most.
    expect(forecast?.level).toBe('NEAR');
    expect(Math.abs((forecast?.p50 ?? 0) / DAY - 10)).toBeLessThanOrEqual(3);
  });

  it('is nothing without a past', () => {
    const history = historyOf([made(990, 995)]);
    const position = positionAt(history, 0, NOW, SETTINGS.dormantSeconds);
    expect(position && new Forecaster(history, NOW, SETTINGS).forecast(0, position)).toBeUndefined();
  });

  it('looks at any order in work where its own phase has no past', () => {
    const history = historyOf([...steady, { ...made(990, 995), phases: [{ type: 8, start: 995 * DAY }] }]);
    const position = positionAt(history, steady.length, NOW, SETTINGS.dormantSeconds);
    const forecast = position && new Forecaster(history, NOW, SETTINGS).forecast(steady.length, position);
    expect(forecast?.level).toBe('ANY');
  });

  it('needs 20 cases that count alike in the phase, before any order in work is asked', () => {
    // As alike as can be, whatever the age: n cases are n.
    const affinity = { product: 1, family: 1, line: 1, other: 1 };
    const plain = { ...SETTINGS, looks: 1, recencyDays: Infinity, stayBandwidth: Infinity, affinity };
    const levels = (settings: ForecastSettings, age: number): string[] =>
      [20, 19].map((count) => {
        const past = Array.from({ length: count }, () => made(985, 985, 990));
        const history = historyOf([...past, made(NOW / DAY - age, NOW / DAY - age)]);
        const position = positionAt(history, count, NOW, settings.dormantSeconds);
        const forecast = position && new Forecaster(history, NOW, settings).forecast(count, position);
        return `${forecast?.level} ${forecast?.cases}`;
      });
    // Seen on day 986, they were a day old.
    expect(levels({ ...plain, ageBandwidth: Infinity }, 1)).toEqual(['NEAR 20', 'ANY 19']);
    // An order of 100 days is not: ln(100.5) - ln(1.5) = 4.2 is 42 bandwidths of 0.1, and 14 of 0.3, beyond all weight.
    expect(levels({ ...plain, ageBandwidth: 0.1 }, 100)).toEqual(['PHASE 20', 'ANY 19']);
  });

  it('looks no further back than it is told', () => {
    // In work on day 958 alone of the looks on 986, 972 and 958: finished on 960.
    const history = historyOf([made(950, 950, 960), made(990, 990)]);
    const levelOf = (looks: number) => {
      const position = positionAt(history, 1, NOW, SETTINGS.dormantSeconds);
      return position && new Forecaster(history, NOW, { ...SETTINGS, looks }).forecast(1, position)?.level;
    };
    expect([levelOf(2), levelOf(3)]).toEqual([undefined, 'ANY']);
  });

  it('takes the own product for more than the line, and the line for more than the rest', () => {
    // Product 1 takes 20 days in work, product 2 takes 60; both are made every day.
    const both = Array.from({ length: 500 }, (_, day) => [
      made(day + 400, day + 400, day + 420, 1, 'K1 Vento L'),
      made(day + 400, day + 400, day + 460, 2, 'C2 Onda'),
    ]).flat();
    const median = (product: number, name: string): number => {
      const history = historyOf([...both, made(998, 998, undefined, product, name)]);
      const position = positionAt(history, both.length, NOW, SETTINGS.dormantSeconds);
      const forecast = position && new Forecaster(history, NOW, SETTINGS).forecast(both.length, position);
      return (forecast?.remaining.quantile(0.5) ?? NaN) / DAY;
    };
    const [own, sibling, slow] = [median(1, 'K1 Vento L'), median(3, 'K1 Vento M'), median(2, 'C2 Onda')];
    expect(own).toBeLessThanOrEqual(20);
    expect(sibling).toBeLessThanOrEqual(20);
    expect(slow).toBeGreaterThan(40);
  });
});

describe('any forecast', () => {
  const orders = fc.array(
    fc
      .record({
        created: fc.integer({ min: 700, max: 995 }),
        wait: fc.integer({ min: 0, max: 30 }),
        work: fc.integer({ min: 1, max: 60 }),
        product: fc.integer({ min: 1, max: 3 }),
        closed: fc.boolean(),
      })
      .map(({ created, wait, work, product, closed }) =>
        made(created, created + wait, closed ? created + wait + work : undefined, product, `K${product} Vento`),
      ),
    { minLength: 30, maxLength: 120 },
  );
  const all = (some: readonly HistoryOrder[]) => {
    const history = historyOf(some);
    const forecaster = new CalibratedForecaster(history, NOW, SETTINGS);
    return some.map((_, order) => {
      const position = positionAt(history, order, NOW, SETTINGS.dormantSeconds);
      const forecast = position && forecaster.forecast(order, position);
      return forecast && { p50: forecast.p50, p80: forecast.p80, level: forecast.level, cases: forecast.cases };
    });
  };

  it('lies ahead, has p80 not before p50, and is the same again', () => {
    fc.assert(
      fc.property(orders, (some) => {
        const first = all(some);
        for (const forecast of first.filter((each) => each !== undefined)) {
          expect(forecast.p50).toBeGreaterThan(0);
          expect(forecast.p80).toBeGreaterThanOrEqual(forecast.p50);
        }
        expect(all(some)).toEqual(first);
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on what products are called by number', () => {
    fc.assert(
      fc.property(orders, (some) => {
        const renamed = some.map((order) => ({ ...order, product: 900 - (order.product ?? 0) }));
        expect(all(renamed)).toEqual(all(some));
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on anything that is recorded later', () => {
    fc.assert(
      fc.property(orders, (some) => {
        const then = 950 * DAY;
        const seenThen = some
          .filter((order) => order.created < then)
          .map((order) => ({
            ...order,
            finished: order.finished !== undefined && order.finished < then ? order.finished : undefined,
            phases: order.phases.map(({ type, start }) => ({
              type,
              start: start !== undefined && start < then ? start : undefined,
            })),
          }));
        const forecasts = (known: readonly HistoryOrder[]) => {
          const history = historyOf(known);
          const forecaster = new CalibratedForecaster(history, then, SETTINGS);
          return known.flatMap((order, index) => {
            const position = positionAt(history, index, then, SETTINGS.dormantSeconds);
            const forecast = position && forecaster.forecast(index, position);
            return order.created < then ? [[forecast?.p50, forecast?.p80]] : [];
          });
        };
        expect(forecasts(some)).toEqual(forecasts(seenThen));
      }),
      { numRuns: 40 },
    );
  });
});
