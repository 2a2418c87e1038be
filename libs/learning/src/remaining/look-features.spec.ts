import { FORECAST_SETTINGS, Forecaster, historyOf, type HistoryOrder, positionAt } from '@libs/forecast';
import { codeOf } from '../features/code-of';
import { rowOf } from '../matrix';
import { mixedOrders, pastOf } from '../testing/slow-looks';
import { finishOf, isSame, type SlowGroup, slowGrouper, slowQuantile } from '../testing/slow-past';
import { LOOK_FEATURES } from './look-features';
import { isAsleep, lookTable } from './looks';

const DAY = 86_400;
const DORMANT = 30 * DAY;
const orders = mixedOrders(1, 150);
const history = historyOf(orders);
const groupsAt = slowGrouper(pastOf(orders));

const before = (time: number | undefined, at: number): time is number => time !== undefined && time < at;
const within = ({ finished, at }: SlowGroup, days: number) =>
  finished.filter((order) => finishOf(order) >= at - days * DAY);
const lead = (group: SlowGroup, days: number) =>
  slowQuantile(
    within(group, days).map((order) => (finishOf(order) - order.created) / DAY),
    0.5,
  );

/** Where an order stands, undefined when it is not in process or asleep. */
function standOf({ created, finished, phases, product, productName }: HistoryOrder, at: number) {
  const events = [created, ...phases.flatMap(({ start, end }) => [start, end])].filter((time) => before(time, at));
  const lastEvent = Math.max(...events);
  if (created >= at || before(finished, at) || lastEvent < at - DORMANT) return undefined;
  const work = phases.filter(({ isAutomatic }) => isAutomatic !== true);
  const started = work.filter(({ start }) => before(start, at));
  // An end without a start shows that the order stood there.
  const stood = work.filter(({ start, end }) => before(start, at) || (start === undefined && before(end, at)));
  const words = productName?.split(' ');
  return {
    ...{ created, lastEvent, started, product, phase: stood.at(-1) },
    ended: work.filter(({ end }) => before(end, at)),
    family: words?.slice(0, 2).join(' '),
    line: words?.[0],
  };
}
type Stand = NonNullable<ReturnType<typeof standOf>>;

function slowFeatures(own: Stand, standing: readonly Stand[], index: number, at: number) {
  const { ofProduct, ofFamily, ofLine, ofAll } = groupsAt(at, own.product);
  const position = positionAt(history, index, at, DORMANT);
  const settings = { ...FORECAST_SETTINGS, dormantSeconds: DORMANT };
  const forecast = position && new Forecaster(history, at, settings).forecast(index, position);
  const eta = (share: number) => (forecast === undefined ? NaN : forecast.remaining.quantile(share) / DAY);
  const angle = (2 * Math.PI * at) / DAY / 365.2425;
  const firstStart = Math.min(...own.started.map(({ start = NaN }) => start));
  const beside = (of: (stand: Stand) => unknown) =>
    of(own) === undefined ? NaN : standing.filter((stand) => of(stand) === of(own)).length;
  return {
    ...{ eta_p10: eta(0.1), eta_p50: eta(0.5), eta_p90: eta(0.9), eta_cases: forecast?.cases ?? NaN },
    eta_level: ['NEAR', 'WIDE', 'PHASE', 'ANY'].indexOf(forecast?.level ?? ''),
    ...{ age: (at - own.created) / DAY, stay: (at - own.lastEvent) / DAY },
    in_phase: (at - (own.phase?.start ?? NaN)) / DAY,
    worked: own.started.length === 0 ? NaN : (at - firstStart) / DAY,
    waited: own.started.length === 0 ? NaN : (firstStart - own.created) / DAY,
    ...{ phases_started: own.started.length, phases_ended: own.ended.length },
    returns: own.started.filter(({ isReturn }) => isReturn).length,
    standing_phase: standing.filter(({ phase }) => phase?.type === own.phase?.type).length,
    ...{ standing_product: beside(({ product }) => product), standing_family: beside(({ family }) => family) },
    standing: standing.length,
    created_28: ofAll.created.filter(({ created }) => created >= at - 28 * DAY).length,
    ...{ finished_28: within(ofAll, 28).length, finished_91: within(ofAll, 91).length },
    finished_91_family: within(ofFamily, 91).length,
    ...{ lead_product_365: lead(ofProduct, 365), lead_family_182: lead(ofFamily, 182) },
    ...{ lead_line_91: lead(ofLine, 91), lead_all_28: lead(ofAll, 28), lead_all_91: lead(ofAll, 91) },
    ...{ season_sin: Math.sin(angle), season_cos: Math.cos(angle) },
    product: own.product ?? NaN,
    family: own.family === undefined ? NaN : codeOf(own.family),
    line: own.line === undefined ? NaN : codeOf(own.line),
    phase: own.phase?.type ?? -1,
  };
}

// The second look falls on the moment of many events, which it must not see.
const LOOKS = [20_040 * DAY + 7, 20_090 * DAY, 20_200 * DAY];

describe('the rows of a look', () => {
  const seen = () => lookTable(orders, LOOKS, DORMANT);
  const standing = LOOKS.map((at) => orders.map((order) => standOf(order, at)));

  it('are the orders in process, without those that fell asleep', () => {
    const table = seen();
    const expected = standing.flatMap((stands, look) =>
      stands.flatMap((stand, index) => (stand === undefined ? [] : [`${LOOKS[look]}: ${index}`])),
    );
    expect(Array.from(table.begun, (at, row) => `${at}: ${table.order[row]}`)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(30);
  });

  it('have the features that a look through all that was recorded before gives', () => {
    const table = seen();
    const wrong = [...table.begun.keys()].flatMap((row) => {
      const [at, index] = [table.begun[row], table.order[row]];
      const stands = standing[LOOKS.indexOf(at)].filter((stand) => stand !== undefined);
      const own = standing[LOOKS.indexOf(at)][index];
      if (own === undefined) return [`order ${index} is not in process`];
      const expected: Record<string, number> = slowFeatures(own, stands, index, at);
      const found = rowOf(table.features, row);
      expect(Object.keys(expected)).toEqual(LOOK_FEATURES.map(({ name }) => name));
      return LOOK_FEATURES.flatMap(({ name }, column) =>
        isSame(found[column], expected[name])
          ? []
          : [`order ${index}: ${name} is ${found[column]}, not ${expected[name]}`],
      );
    });
    expect(wrong).toEqual([]);
  });

  it('tell what came of the order, and what comparable orders say of it', () => {
    const table = seen();
    for (const row of table.begun.keys()) {
      const { finished = NaN } = orders[table.order[row]];
      expect([table.ended[row], table.remaining[row]]).toEqual([finished, (finished - table.begun[row]) / DAY]);
      const [p10, p50, p90] = rowOf(table.features, row);
      expect(table.comparable[row]).toEqual({ p10, p50, p90 });
      expect(table.phase[row]).toBe(rowOf(table.features, row)[LOOK_FEATURES.length - 1]);
    }
    expect(table.dormantSeconds).toBe(DORMANT);
  });

  it('are only those that are wanted', () => {
    const table = seen();
    const only = (order: number, moment: number) => order % 2 === 0 && moment !== LOOKS[0];
    const some = lookTable(orders, LOOKS, DORMANT, only);
    const wanted = [...table.begun.keys()].filter((row) => only(table.order[row], table.begun[row]));
    expect([...some.order]).toEqual(wanted.map((row) => table.order[row]));
    // Those that are not wanted stand beside them nevertheless.
    expect(wanted.map((_, index) => [...rowOf(some.features, index)])).toEqual(
      wanted.map((row) => [...rowOf(table.features, row)]),
    );
  });

  it('say nothing of others from when nobody works on them any more, until they are finished', () => {
    const table = seen();
    const later = LOOKS[2] + 40 * DAY;
    const asleep = [...table.begun.keys()].filter((row) => isAsleep(table, row, later));
    const expected = [...table.begun.keys()].filter((row) => {
      const order = orders[table.order[row]];
      return !before(order.finished, later) && standOf(order, later) === undefined;
    });
    expect(asleep).toEqual(expected);
    expect(asleep.length).toBeGreaterThan(0);
    expect(asleep.length).toBeLessThan(table.begun.length);
  });
});

it('takes an order that sleeps for asleep until its finish is known, which is after the moment of it', () => {
  const sleeper: HistoryOrder = { created: 20_000 * DAY, finished: 20_100 * DAY, phases: [] };
  const usual: HistoryOrder = { created: 19_980 * DAY, finished: 19_999 * DAY, phases: [] };
  const table = lookTable([sleeper, usual], [20_001 * DAY], DORMANT);
  expect([...table.order]).toEqual([0]);
  // Nothing happens for longer than 30 days after the creation.
  expect([20_030, 20_031, 20_100, 20_101].map((day) => isAsleep(table, 0, day * DAY))).toEqual([
    ...[false, true, true, false],
  ]);
});

it('has numbers but for product, family, line and phase, whose codes mean nothing but same or different', () => {
  const codes = LOOK_FEATURES.filter(({ isCategory }) => isCategory).map(({ name }) => name);
  expect(codes).toEqual(['product', 'family', 'line', 'phase']);
});

it('takes no row where nothing is comparable: before the first finish', () => {
  const early = lookTable(orders, [orders[0].created + 1], DORMANT);
  expect([early.begun.length, early.features.rows, early.features.columns]).toEqual([0, 0, LOOK_FEATURES.length]);
});
