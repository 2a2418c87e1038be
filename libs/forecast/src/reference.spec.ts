import fc from 'fast-check';
import { backtest } from './backtest';
import { CalibratedForecaster } from './calibration';
import { FORECAST_SETTINGS, type ForecastSettings } from './forecaster';
import { familyOf, historyOf, type HistoryOrder, NOT_STARTED, positionAt } from './history';
import { BEFORE_START, usualTimes } from './usual-times';

/*
 * The engine beside the same definitions (docs/eta.md) written a second time, without arrays, groups or back doors, and as slow
 * as that is.
 */

const DAY = 86_400;
const NOW = 1000 * DAY;

interface Place {
  phase: number;
  lastEvent: number;
}

function placeAt(order: HistoryOrder, moment: number, { dormantSeconds }: ForecastSettings): Place | undefined {
  const { created, finished, phases } = order;
  if (created >= moment || (finished !== undefined && finished < moment)) return undefined;
  const before = (time: number | undefined): boolean => time !== undefined && time < moment;
  const events = [created, ...phases.flatMap(({ start, end }) => [start, end]).filter(before)] as number[];
  const lastEvent = Math.max(...events);
  if (lastEvent < moment - dormantSeconds) return undefined;
  const worked = phases.filter(
    ({ start, end, isAutomatic }) => isAutomatic !== true && (before(start) || (start === undefined && before(end))),
  );
  return { phase: worked.at(-1)?.type ?? NOT_STARTED, lastEvent };
}

interface Case extends Place {
  other: HistoryOrder;
  age: number;
  stay: number;
  duration: number;
  ended: boolean;
  recency: number;
}

const logDays = (seconds: number): number => Math.log(seconds / DAY + 0.5);

function casesBefore(orders: readonly HistoryOrder[], moment: number, settings: ForecastSettings): Case[] {
  const cases: Case[] = [];
  for (const other of orders) {
    const ended = other.finished !== undefined && other.finished < moment;
    if (!ended && placeAt(other, moment, settings) === undefined) continue;
    for (let look = 1; look <= settings.looks; look += 1) {
      const seen = moment - look * settings.stepDays * DAY;
      const place = placeAt(other, seen, settings);
      const duration = (ended ? (other.finished ?? NaN) : moment) - seen;
      if (place === undefined || duration <= 0) continue;
      const recency = Math.exp((-look * settings.stepDays) / settings.recencyDays);
      const [age, stay] = [seen - other.created, seen - place.lastEvent].map(logDays);
      cases.push({ ...place, other, age, stay, duration, ended, recency });
    }
  }
  return cases;
}

function affinity(one: HistoryOrder, other: HistoryOrder, { affinity: weights }: ForecastSettings): number {
  const [mine, its] = [one, other].map(({ productName }) =>
    productName === undefined ? undefined : familyOf(productName),
  );
  if (one.product !== undefined && one.product === other.product) return weights.product;
  if (mine !== undefined && mine.family === its?.family) return weights.family;
  return mine !== undefined && mine.line === its?.line ? weights.line : weights.other;
}

type Weighed = [duration: number, ended: boolean, weight: number][];

/** The share that has ended by a time, of what ends (Kaplan and Meier), at the times at which it grows. */
function curveOf(weighed: Weighed): [time: number, share: number][] {
  let remaining = 1;
  const times = [...new Set(weighed.filter(([, ended]) => ended).map(([time]) => time))].sort((a, b) => a - b);
  const points = times.map((time): [number, number] => {
    const sum = (of: Weighed): number => of.reduce((all, [, , weight]) => all + weight, 0);
    const atRisk = sum(weighed.filter(([duration]) => duration >= time));
    remaining *= 1 - sum(weighed.filter(([duration, ended]) => ended && duration === time)) / atRisk;
    return [time, 1 - remaining];
  });
  const reached = points.at(-1)?.[1] ?? NaN;
  return points.map(([time, share]) => [time, share / reached]);
}

interface Found {
  level: string;
  cases: number;
  curve: [number, number][];
}

function forecastOf(
  order: HistoryOrder,
  place: Place,
  cases: readonly Case[],
  moment: number,
  settings: ForecastSettings,
): Found | undefined {
  const [age, stay] = [moment - order.created, moment - place.lastEvent].map(logDays);
  const look = (level: string, some: readonly Case[], factor: number | undefined): Found | undefined => {
    const weighed = some.map((each): Weighed[number] => {
      const byAge = factor === undefined ? 0 : (each.age - age) / (settings.ageBandwidth * factor);
      const byStay =
        factor === undefined || place.phase === NOT_STARTED
          ? 0
          : (each.stay - stay) / (settings.stayBandwidth * factor);
      const distance = byAge ** 2 + byStay ** 2;
      const kernel = distance > 16 ? 0 : Math.exp(-distance / 2);
      return [each.duration, each.ended, kernel * each.recency * affinity(order, each.other, settings)];
    });
    const counting = weighed.filter(([, ended, weight]) => ended && weight > 0).map(([, , weight]) => weight);
    if (counting.length === 0) return undefined;
    const sum = counting.reduce((all, weight) => all + weight, 0);
    const effective = sum ** 2 / counting.reduce((all, weight) => all + weight ** 2, 0);
    return { level, cases: effective, curve: curveOf(weighed.filter(([, , weight]) => weight > 0)) };
  };
  const alike = cases.filter(({ phase }) => phase === place.phase);
  const near = look('NEAR', alike, 1);
  if (near !== undefined && near.cases >= settings.minimumCases) return near;
  const wide = look('WIDE', alike, 3);
  if (wide !== undefined && wide.cases >= settings.minimumCases) return wide;
  const inPhase = look('PHASE', alike, undefined);
  if (inPhase !== undefined && (inPhase.cases >= settings.minimumCases || place.phase === NOT_STARTED)) return inPhase;
  return look(
    'ANY',
    cases.filter(({ phase }) => phase !== NOT_STARTED),
    undefined,
  );
}

const quantile = (curve: Found['curve'], share: number): number =>
  curve.find(([, reached]) => reached >= share - 1e-9)?.[0] ?? NaN;

/** All forecasts at a moment by the definitions, with p80 as half a year of looks before asks for. */
function allForecasts(orders: readonly HistoryOrder[], moment: number, settings: ForecastSettings) {
  const at = (when: number) => {
    const cases = casesBefore(orders, when, settings);
    return orders.map((order) => {
      const place = placeAt(order, when, settings);
      const found = place && forecastOf(order, place, cases, when, settings);
      return place && { place, found };
    });
  };
  const then = moment - 13 * settings.stepDays * DAY;
  const outcomes: Record<'waiting' | 'started', number[]> = { waiting: [], started: [] };
  at(then).forEach((known, index) => {
    if (known?.found === undefined) return;
    const { finished } = orders[index];
    const share =
      finished !== undefined && finished < moment
        ? (known.found.curve.filter(([time]) => time <= finished - then).at(-1)?.[1] ?? 0)
        : Infinity;
    outcomes[known.place.phase === NOT_STARTED ? 'waiting' : 'started'].push(share);
  });
  const promised = (shares: number[]): number => {
    if (shares.length < 50) return 0.8;
    for (let level = 50; level < 99; level += 1) {
      if (shares.filter((share) => share <= level / 100 + 1e-9).length / shares.length >= 0.8) return level / 100;
    }
    return 0.99;
  };
  return at(moment).map((known) => {
    if (known === undefined) return undefined;
    const { place, found } = known;
    if (found === undefined) return 'nothing to compare with';
    const level = promised(place.phase === NOT_STARTED ? outcomes.waiting : outcomes.started);
    return {
      level: found.level,
      cases: found.cases,
      p50: quantile(found.curve, 0.5),
      p80: quantile(found.curve, level),
    };
  });
}

const day = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max }).map((at) => at * DAY);
const option = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 4 });

/** Orders with everything that their history may lack or repeat; whole days, so that events fall on the looks too. */
function someOrders(
  minLength: number,
  maxLength: number,
  earliest: number,
  { latest = 1001, longest = 90 } = {},
): fc.Arbitrary<HistoryOrder[]> {
  const order = fc
    .record({ created: fc.integer({ min: earliest, max: latest }), works: fc.integer({ min: 0, max: longest }) })
    .chain(({ created, works }) =>
      fc.record<HistoryOrder>({
        created: fc.constant(created * DAY),
        finished: option(fc.constant((created + works) * DAY)),
        product: option(fc.integer({ min: 1, max: 4 })),
        productName: option(fc.constantFrom('K1 Vento L', 'K1 Vento M', 'K1 Mar', 'C2 Onda', ' Gola ', ' ')),
        phases: fc.array(
          fc.record({
            type: fc.integer({ min: 1, max: 3 }),
            start: option(day(created, created + works + 2)),
            end: option(day(created + 1, created + works + 20)),
            isReturn: fc.boolean(),
            isAutomatic: fc.boolean(),
          }),
          { maxLength: 4 },
        ),
      }),
    );
  return fc.array(order, { minLength, maxLength });
}

const settingsOf = (minimumCases: number): ForecastSettings => ({
  ...FORECAST_SETTINGS,
  dormantSeconds: 60 * DAY,
  minimumCases,
});

function engine(orders: readonly HistoryOrder[], moment: number, settings: ForecastSettings) {
  const history = historyOf(orders);
  const forecaster = new CalibratedForecaster(history, moment, settings);
  return orders.map((_, index) => {
    const position = positionAt(history, index, moment, settings.dormantSeconds);
    if (position === undefined) return undefined;
    const forecast = forecaster.forecast(index, position);
    if (forecast === undefined) return 'nothing to compare with';
    const { level, cases, p50, p80 } = forecast;
    return { level, cases, p50, p80 };
  });
}

const alike = (expected: ReturnType<typeof allForecasts>) =>
  expected.map((each) =>
    typeof each === 'object' ? { ...each, cases: expect.closeTo(each.cases, 6) as number } : each,
  );

describe('the engine', () => {
  // Between two whole numbers, so that cases that count alike are never on the edge.
  it.each([1.5, 19.5, 60.5])('forecasts what the definitions do, where an estimate needs %d cases', (minimumCases) => {
    const settings = settingsOf(minimumCases);
    fc.assert(
      fc.property(someOrders(5, 60, 800), (orders) => {
        expect(engine(orders, NOW, settings)).toEqual(alike(allForecasts(orders, NOW, settings)));
      }),
      { numRuns: 40 },
    );
  });

  it('corrects p80 by the outcomes of half a year ago, of those that waited and of those in work apart', () => {
    const settings = settingsOf(1.5);
    // On day 818, 13 looks ago, mostly more than 50 of these wait and more than 50 are in work. Nearly all are finished in
    // the end: where a fifth are not, no level keeps the promise.
    const halfAYearAgo = someOrders(420, 430, 750, { latest: 817, longest: 40 }).map((orders) =>
      orders.map((order, place) =>
        place % 8 === 0 ? order : { ...order, finished: order.finished ?? order.created + 40 * DAY },
      ),
    );
    fc.assert(
      fc.property(halfAYearAgo, someOrders(30, 40, 940), (before, now) => {
        const orders = [...before, ...now];
        expect(engine(orders, NOW, settings)).toEqual(alike(allForecasts(orders, NOW, settings)));
      }),
      { numRuns: 2 },
    );
  });

  it('counts in the backtest what became of the forecasts', () => {
    const settings = settingsOf(1.5);
    fc.assert(
      fc.property(someOrders(5, 60, 800), (orders) => {
        const then = 960 * DAY;
        const expected = {
          ...{ moment: then, active: 0, finished: 0, absoluteError: 0, signedError: 0 },
          ...{
            naiveAbsoluteError: 0,
            naiveSignedError: 0,
            covered: 0,
            missedUnfinished: 0,
            leftOut: 0,
            notForecast: 0,
          },
        };
        const leadOf = ({ created, finished = NaN }: HistoryOrder): number => finished - created;
        const done = orders.filter((order) => leadOf(order) >= 0 && (order.finished ?? NaN) < then);
        const middle = (some: HistoryOrder[]): number => {
          const leads = some.map(leadOf).sort((a, b) => a - b);
          return (leads[Math.floor((leads.length - 1) / 2)] + leads[Math.ceil((leads.length - 1) / 2)]) / 2;
        };
        allForecasts(orders, then, settings).forEach((forecast, index) => {
          if (forecast === undefined) return;
          expected.active += 1;
          if (typeof forecast === 'string') return void (expected.notForecast += 1);
          const { created, finished, product } = orders[index];
          if (finished === undefined || finished > NOW) {
            if (then + forecast.p80 < NOW) expected.missedUnfinished += 1;
            else expected.leftOut += 1;
            return;
          }
          const own = done.filter((order) => product !== undefined && order.product === product);
          const lead = done.length === 0 ? 0 : middle(own.length > 0 ? own : done);
          const errors = [then + forecast.p50 - finished, Math.max(then, created + lead) - finished];
          expected.finished += 1;
          expected.absoluteError += Math.abs(errors[0]);
          expected.signedError += errors[0];
          expected.naiveAbsoluteError += Math.abs(errors[1]);
          expected.naiveSignedError += errors[1];
          if (finished <= then + forecast.p80) expected.covered += 1;
        });
        expect(backtest(historyOf(orders), [then], NOW, settings)).toEqual([expected]);
      }),
      { numRuns: 40 },
    );
  });

  it('knows the usual times of finished orders, of the narrowest group with 20 cases', () => {
    fc.assert(
      fc.property(someOrders(5, 120, 800), (orders) => {
        const history = historyOf(orders);
        const usual = usualTimes(history, NOW);
        const cases: { order: HistoryOrder; type: number; step: boolean; seconds: number }[] = [];
        for (const order of orders.filter(({ finished }) => finished !== undefined && finished < NOW)) {
          const { created, finished = NaN, phases } = order;
          const add = (type: number, step: boolean, seconds: number) => cases.push({ order, type, step, seconds });
          const starts = phases.filter(({ isAutomatic }) => isAutomatic !== true).map(({ start }) => start ?? Infinity);
          const first = Math.min(Infinity, ...starts);
          if (first >= created && first < Infinity) add(BEFORE_START, true, first - created);
          const done = phases.filter(({ end = NaN, isReturn }) => end <= finished && isReturn !== true);
          for (const { type, start = NaN, end = NaN } of done) if (end > start) add(type, false, end - start);
          const byEnd = done.map((phase, place) => ({ ...phase, place }));
          byEnd.sort((a, b) => (a.end ?? NaN) - (b.end ?? NaN) || a.place - b.place);
          byEnd.slice(1).forEach(({ type, end = NaN }, place) => add(type, true, end - (byEnd[place].end ?? NaN)));
        }
        const kind = ({ productName }: HistoryOrder) =>
          productName === undefined ? undefined : familyOf(productName)?.family;
        const middle = (some: typeof cases): number | undefined => {
          const all = some.map(({ seconds }) => seconds).sort((a, b) => a - b);
          return all.length === 0
            ? undefined
            : (all[Math.floor((all.length - 1) / 2)] + all[Math.ceil((all.length - 1) / 2)]) / 2;
        };
        orders.forEach((order, index) => {
          for (const type of [BEFORE_START, 1, 2, 3]) {
            for (const step of [true, false]) {
              const every = cases.filter((each) => each.type === type && each.step === step);
              const own = every.filter((each) => order.product !== undefined && each.order.product === order.product);
              const family = every.filter((each) => kind(order) !== undefined && kind(each.order) === kind(order));
              const group = [own, family].find(({ length }) => length >= 20) ?? every;
              expect((step ? usual.steps : usual.executions).usual(index, type)).toBe(middle(group));
            }
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
