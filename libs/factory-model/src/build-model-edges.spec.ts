import { FORECAST_SETTINGS, Forecaster, type HistoryOrder, positionAt } from '@libs/forecast';
import { buildModel, buildModelUntil } from './build-model';
import type { FactoryData } from './factory-data';
import { atShare } from './quantiles';
import { spreadOver, spreadTime } from './spread';
import { DAY, END, factoryOf, HOUR, made, type MadeOrder } from './testing/made-factory';
import { WorkClock } from './week-calendar';

const MADE = made(60);
const MINUTE = 60;
/** One order more, created so many hours before the end. */
const extra = (hoursBefore: number, row: Partial<HistoryOrder>, number = 900): MadeOrder => ({
  number,
  row: { created: END - hoursBefore * HOUR, product: 1, productName: 'K1 Vento L', phases: [], ...row },
});
const find = (data: FactoryData, ofId: number) => buildModel(data, END).orders.find((order) => order.ofId === ofId);

describe('what is left of work in process', () => {
  /** The cut, and what began so long ago and has not ended. */
  const since = (type: number, seconds: number): MadeOrder =>
    extra(300, {
      phases: [
        { type: 1, start: END - 250 * HOUR, end: END - 249 * HOUR },
        { type, start: END - seconds },
      ],
    });
  const leftOf = (past: readonly MadeOrder[], current: MadeOrder) => {
    const { standing, remaining } = find(factoryOf([...past, current]), 1900)!;
    return [standing, remaining];
  };
  /** Forty days ago 21 were cut, and cured for 1, 2, … 21 hours: the ten shares are 2, 4, … 20 hours. */
  const cured = Array.from({ length: 21 }, (_, place): MadeOrder => {
    const phases = [
      { type: 1, start: END - 39 * DAY, end: END - 39 * DAY + HOUR },
      { type: 2, start: END - 38 * DAY, end: END - 38 * DAY + (place + 1) * HOUR, isAutomatic: true },
    ];
    return extra(40 * 24 + place, { phases, finished: END - 5 * DAY }, place);
  });

  it('is the middle of those that took longer, less what has passed; none took as long as the longest', () => {
    const after = (seconds: number) => leftOf(cured, since(2, seconds));
    // All ten are longer: the sixth, 12 hours. Of 4 to 20 hours it is the fifth, 12; of 6 to 20 too, 14; of one that one.
    expect(after(HOUR)).toEqual(['PROCESS', 11 * HOUR]);
    expect(after(2 * HOUR)).toEqual(['PROCESS', 10 * HOUR]);
    expect(after(4 * HOUR)).toEqual(['PROCESS', 10 * HOUR]);
    expect(after(19 * HOUR)).toEqual(['PROCESS', HOUR]);
    expect(after(20 * HOUR)).toEqual(['PROCESS', 0]);
    // Longer than any: it was forgotten, and is still to be done.
    expect(after(20 * HOUR + 1)).toEqual(['QUEUE', 0]);
  });

  it('is nothing where such work takes no time', () => {
    const marked = cured.map(({ number, row }): MadeOrder => {
      const [cut, cure] = row.phases;
      return { number, row: { ...row, phases: [cut, { ...cure, end: cure.start }] } };
    });
    expect(leftOf(marked, since(2, 5 * HOUR))).toEqual(['PROCESS', 0]);
  });

  it('is nothing where no work is in process', () => {
    // Half an hour before midnight, when nobody works: a cut would still take all of its hour.
    const [fresh, cut] = [[{ type: 1 }], [{ type: 1, start: END - 25 * MINUTE, end: END - 20 * MINUTE }, { type: 3 }]];
    expect(leftOf(MADE, extra(0.5, { phases: fresh }))).toEqual(['RELEASE', 0]);
    expect(leftOf(MADE, extra(0.5, { phases: cut }))).toEqual(['QUEUE', 0]);
  });

  it('counts the hours in which the factory works, where somebody works at it', () => {
    // It works from 0 to 2 and from 8 to 10; a cut takes an hour.
    const cutSince = (hours: number) => leftOf(MADE, extra(300, { phases: [{ type: 1, start: END - hours * HOUR }] }));
    // For 10 minutes before midnight nobody has worked; from half past nine on for half an hour; from half past eight longer.
    expect(cutSince(1 / 6)).toEqual(['PROCESS', HOUR]);
    expect(cutSince(14.5)).toEqual(['PROCESS', 30 * MINUTE]);
    expect(cutSince(15.5)).toEqual(['QUEUE', 0]);
  });
});

describe('the time to the finish of an active order', () => {
  it('is what orders like it took from there, worked; those that wait for their release share theirs', () => {
    const data = factoryOf(MADE);
    const model = buildModel(data, END);
    const clock = new WorkClock(model.calendar.open);
    const { history, dormantSeconds } = data;
    const forecaster = new Forecaster(history, END, { ...FORECAST_SETTINGS, dormantSeconds });
    const expected = model.orders.map(({ ofId, standing }) => {
      const order = data.orders.findIndex((each) => each.ofId === ofId);
      const { remaining } = forecaster.forecast(order, positionAt(history, order, END, dormantSeconds)!)!;
      const shares = Array.from({ length: 10 }, (_, place) => 0.05 + place / 10);
      const deciles = shares.map((share) => Math.round(clock.between(END, END + remaining.quantile(share))));
      return { standing, deciles, expected: atShare(deciles, 0.5) };
    });
    spreadOver(expected.filter(({ standing }) => standing === 'RELEASE'));
    expect(model.orders.map(({ standing, deciles, expected: one }) => ({ standing, deciles, expected: one }))).toEqual(
      expected,
    );
    // Checked at nine, it is finished after the last hour of that day and four of the next.
    expect(model.finishWait).toBe(5 * HOUR);
    expect(model.start).toBe(END);
  });
});

describe('the active orders', () => {
  it('are by their creation, of the same moment by their number', () => {
    const phases = [{ type: 1 }];
    const some = [extra(30, { phases }, 903), extra(30, { phases }, 901), extra(31, { phases }, 904)];
    const { orders } = buildModel(factoryOf([...some, ...MADE]), END);
    expect(orders.map(({ ofId }) => ofId).filter((ofId) => ofId > 1297)).toEqual([1298, 1904, 1901, 1903, 1299]);
  });

  it('are none that have been asleep, and none without phases of which no product is known', () => {
    const asleep = extra(181 * 24, { phases: [{ type: 1 }] }, 900);
    const awake = extra(179 * 24, { phases: [{ type: 1 }] }, 901);
    const blank = extra(30, {}, 902);
    const data = factoryOf([...MADE, asleep, awake, blank]);
    const orders = data.orders.map((order) => (order.ofId === 1902 ? { ...order, product: null } : order));
    const model = buildModel({ ...data, orders }, END);
    expect(model.orders.map(({ ofId }) => ofId).filter((ofId) => ofId > 1299)).toEqual([1901]);
    expect(model.leftOut).toBe(1);
  });

  it('have returns to come in their routes at the end of the data, and no phases that no catalogue has', () => {
    const phases = [{ type: 99, start: END - 20 * HOUR }, { type: 1 }, { type: 3 }, { type: 1, isReturn: true }];
    const data = factoryOf([...MADE, extra(30, { phases })]);
    const types = ({ steps = [] }: { steps?: readonly { phase: number }[] } = {}) =>
      steps.map(({ phase }) => phase + 1);
    expect(find(data, 1900)).toMatchObject({ standing: 'RELEASE', since: END - 30 * HOUR });
    expect(types(find(data, 1900))).toEqual([1, 3, 1]);
    // A second earlier it was not known that it would come back.
    expect(types(find({ ...data, end: END + 1 }, 1900))).toEqual([1, 3]);
  });
});

describe('the orders that come after the moment', () => {
  it('are by their creation and number, each with its share of the times of such orders', () => {
    const phases = [{ type: 1, start: END + 3 * DAY }, { type: 3 }, { type: 1, isReturn: true }];
    const [moment, until] = [END, END + DAY];
    const hours: readonly (readonly [after: number, number: number])[] = [
      [5, 905],
      [5, 904],
      [0, 903],
      [23, 902],
      [24, 901],
    ];
    const some = hours.map(([after, number]) => extra(-after, { phases }, number));
    const data = { ...factoryOf([...some, ...MADE]), end: END + 90 * DAY };
    const { arrived, model } = buildModelUntil(data, moment, until);
    expect(arrived.map(({ ofId, created }) => [ofId, (created - END) / HOUR])).toEqual([
      [1903, 0],
      [1904, 5],
      [1905, 5],
      [1902, 23],
    ]);
    const { deciles } = model.products[0];
    expect(deciles).toHaveLength(10);
    arrived.forEach((order, number) => {
      expect(order).toMatchObject({ product: 1, deciles, expected: spreadTime(deciles, number) });
      // Of a return nobody knew when it came.
      expect(order.steps.map(({ phase }) => phase)).toEqual([0, 2]);
    });
    expect(arrived.map(({ due }) => due)).toEqual(
      [903, 904, 905, 902].map((number) => data.orders.find(({ ofId }) => ofId === 1000 + number)?.due),
    );
  });
});

describe('the products of a model', () => {
  const both = [1, 2].flatMap((product) =>
    Array.from({ length: 25 }, (_, place): MadeOrder => {
      const created = END - (60 + place) * DAY;
      const finished = created + 10 * product * DAY;
      const phases = [{ type: 1, start: created + DAY, end: created + DAY + HOUR }];
      const productName = ['K1 Vento', 'C2 Onda'][product - 1];
      return extra(0, { created, finished, product, productName, phases }, 100 * product + place);
    }),
  );
  const data = factoryOf(both);
  const orders = data.orders.map((order, index) => ({ ...order, product: index < 25 ? 1 : 2 }));
  const products = [1, 2, 3].map((id) => ({ id, name: `P${id}`, route: [1] }));

  it('have the times of their own orders; those that were never made, of all', () => {
    const model = buildModel({ ...data, orders, products }, END);
    const [one, two, never] = model.products;
    // A cut a day, from 0 to 1: two hours a day in which it works; all orders of a product take alike.
    expect(one.deciles).toEqual(new Array(10).fill(10 * 2 * HOUR));
    expect(two.deciles).toEqual(new Array(10).fill(20 * 2 * HOUR));
    // Of the one as many as of the other: five of the ten shares each.
    expect(never).toMatchObject({ id: 3, name: 'P3' });
    expect(never.deciles).toEqual([...one.deciles.slice(5), ...two.deciles.slice(5)]);
    // Both products cut alike, but each of them in 20 cases: an estimate of its own, that of all is the third.
    expect(model.products.map(({ route }) => route)).toEqual([0, 1, 2].map((estimate) => [{ phase: 0, estimate }]));
    expect(model.estimates.map(({ level }) => level)).toEqual(['PRODUCT', 'PRODUCT', 'PHASE']);
  });

  it('have no route where it is nothing but waits', () => {
    const routes = products.map((product) => ({ ...product, route: [2, 2] }));
    expect(buildModel({ ...data, orders, products: routes }, END).products.map(({ route }) => route)).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('a phase type of which little was seen', () => {
  const typesOf = (rows: readonly MadeOrder[]) => {
    const data = factoryOf(rows);
    return buildModel(
      { ...data, phaseTypes: [...data.phaseTypes, { id: 4, name: 'Pintura', automatic: false, apt: null }] },
      END,
    ).phases;
  };
  const painted = (...some: readonly (readonly [start: number, end: number])[]): MadeOrder =>
    extra(400 * 24, { phases: some.map(([start, end]) => ({ type: 4, start: END + start, end: END + end })) });

  it('has one server, and needs it, where nothing was seen at all', () => {
    expect(typesOf(MADE)[3]).toEqual({
      ...{ id: 4, name: 'Pintura', free: null, afterFinish: false, capacity: 1, basis: 'NO_EXECUTIONS', apt: null },
      windows: [90, 180, 270, 360].map((daysBefore) => ({ daysBefore, days: 90, executions: 0, p90: 0, mean: 0 })),
    });
  });

  it('is waited in where it lasts a day, and a second less is work', () => {
    const free = (seconds: number) => typesOf([...MADE, painted([-9 * DAY, -9 * DAY + seconds])])[3].free;
    expect([free(DAY - 1), free(DAY)]).toEqual([null, 'WAITING']);
  });

  it('is what ended in the year before the moment, with a length', () => {
    // Two days once, an hour now: half of both together is a day and half an hour, and an hour alone is work.
    const long = (end: number) =>
      typesOf([...MADE, painted([end - 2 * DAY, end], [-9 * DAY, -9 * DAY + HOUR])])[3].free;
    expect([long(-365 * DAY - 1), long(-365 * DAY)]).toEqual([null, 'WAITING']);
    // Neither what ends with the moment nor what began and ended at once was seen working.
    expect(typesOf([painted([-DAY, 0], [-5, -5], [-3, -1])])[3].windows[0].executions).toBe(1);
  });
});
