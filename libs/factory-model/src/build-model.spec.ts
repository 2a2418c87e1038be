import type { HistoryOrder } from '@libs/forecast';
import { buildModel, buildModelUntil } from './build-model';
import type { FactoryData } from './factory-data';
import { DAY, END, factoryOf, FIRST, HOUR, made, type MadeOrder } from './testing/made-factory';

const MADE = made(60);
/** One order more, created so many hours before the end. */
const extra = (hoursBefore: number, row: Partial<HistoryOrder>, number = 900): MadeOrder => ({
  number,
  row: { created: END - hoursBefore * HOUR, product: 1, productName: 'K1 Vento L', phases: [], ...row },
});
const find = (data: FactoryData, ofId: number) => buildModel(data, END).orders.find((order) => order.ofId === ofId);

describe('the orders of a model', () => {
  it('stand where their phases say, since the last of them', () => {
    const model = buildModel(factoryOf(MADE), END);
    const ageOf = (created: number): number => (END - created) / HOUR;
    expect(model.orders.map(({ created, standing, since }) => [ageOf(created), standing, ageOf(since)])).toEqual([
      // Checked from 200 to 201 hours after the creation, cured from 123 to 147, cut from 120 to 121.
      [240, 'QUEUE', 39],
      [216, 'QUEUE', 15],
      [192, 'QUEUE', 45],
      [168, 'QUEUE', 21],
      [144, 'PROCESS', 21],
      [120, 'RELEASE', 120],
      [96, 'RELEASE', 96],
      [72, 'RELEASE', 72],
      [48, 'RELEASE', 48],
      [24, 'RELEASE', 24],
    ]);
    expect(model.orders.map(({ ofId, due }) => [ofId, due])[0]).toEqual([1290, FIRST + 301 * DAY]);
  });

  it('have left of what is in process what such work usually has left then', () => {
    const model = buildModel(factoryOf(MADE), END);
    // Cured for 21 of 24 hours, day and night.
    expect(model.orders[4].remaining).toBe(3 * HOUR);
    expect(model.orders.filter(({ remaining }) => remaining > 0)).toHaveLength(1);
  });

  it('wait for their work where it has been open for longer than such work ever lasts', () => {
    const forgotten = extra(200, { phases: [{ type: 1, start: END - 100 * HOUR }, { type: 3 }] });
    const order = find(factoryOf([...MADE, forgotten]), 1900);
    expect(order).toMatchObject({ standing: 'QUEUE', since: END - 100 * HOUR, remaining: 0 });
    expect(order?.steps).toHaveLength(2);
  });

  it('have the route of their product where they have no phases, and are left out where nothing is known of it', () => {
    const [known, unknown] = [extra(30, {}, 900), extra(30, { product: 2, productName: 'C2 Onda' }, 901)];
    const data = factoryOf([...MADE, known, unknown]);
    const orders = data.orders.map((order) => (order.ofId === 1901 ? { ...order, product: 2 } : order));
    const found = buildModel({ ...data, orders }, END);
    expect(found.leftOut).toBe(1);
    const own = found.orders.find(({ ofId }) => ofId === 1900);
    expect(own?.steps).toEqual(found.products[0].route);
    expect(own?.standing).toBe('RELEASE');
    // No past to compare with at all.
    expect(buildModel(factoryOf([known]), END)).toMatchObject({ orders: [], leftOut: 1 });
  });

  it('are those that are not closed, which nobody knew at a moment of the past', () => {
    const closed = extra(50, { phases: [{ type: 1, start: END - 40 * HOUR, end: END - 39 * HOUR }] });
    const data = factoryOf([...MADE, closed]);
    const orders = data.orders.map((order) => (order.ofId === 1900 ? { ...order, closed: true } : order));
    expect(find({ ...data, orders }, 1900)).toBeUndefined();
    const before = buildModel({ ...data, orders, end: END + HOUR }, END);
    expect(before.orders.some(({ ofId }) => ofId === 1900)).toBe(true);
  });
});

describe('what came after the moment', () => {
  it('are the orders as they were when they came, by their creation', () => {
    const { model, arrived } = buildModelUntil(factoryOf(MADE), END - 5 * DAY, END - 2 * DAY);
    expect(arrived.map(({ ofId }) => ofId)).toEqual([1295, 1296, 1297]);
    for (const { standing, since, created, steps, remaining, deciles, expected } of arrived) {
      expect({ standing, since, remaining, steps: steps.length }).toEqual({
        ...{ standing: 'QUEUE', since: created, remaining: 0 },
        // As it was when it came: nothing had started.
        steps: 3,
      });
      // 240 hours from creation to finish, of which the factory works as many as it always does.
      expect(deciles).toEqual(model.products[0].deciles);
      expect(expected).toBeGreaterThanOrEqual(deciles[0]);
      expect(expected).toBeLessThanOrEqual(deciles[9]);
    }
    expect(buildModelUntil(factoryOf(MADE), END, END).arrived).toEqual([]);
  });
});

describe('the phase types of a model', () => {
  const withTypes = (change: (type: FactoryData['phaseTypes'][number]) => object) => {
    const data = factoryOf(MADE);
    return buildModel({ ...data, phaseTypes: data.phaseTypes.map((type) => ({ ...type, ...change(type) })) }, END);
  };
  const free = (model: ReturnType<typeof buildModel>) => model.phases.map((phase) => phase.free);

  it('need no capacity where the system enters them, or where nobody is apt for what lasts a day', () => {
    expect(free(withTypes(() => ({})))).toEqual([null, 'AUTOMATIC', null]);
    expect(free(withTypes(() => ({ automatic: false })))).toEqual([null, 'WAITING', null]);
    // Cutting lasts an hour: whoever does it is only not known.
    expect(free(withTypes(({ id }) => (id === 1 ? { apt: null } : {})))).toEqual([null, 'AUTOMATIC', null]);
    // Where it is known of nobody what he is apt for, it says nothing.
    expect(free(withTypes(() => ({ automatic: false, apt: null })))).toEqual([null, null, null]);
    expect(free(withTypes(({ id }) => (id === 2 ? { automatic: false, apt: 4 } : {})))).toEqual([null, null, null]);
  });

  it('have the servers that were seen, and none where none are needed', () => {
    const { phases } = buildModel(factoryOf(MADE), END);
    expect(phases.map(({ id, capacity, basis, apt }) => [id, capacity, basis, apt])).toEqual([
      [1, 1, 'RECENT_WINDOW', 3],
      [2, 0, 'RECENT_WINDOW', null],
      [3, 1, 'RECENT_WINDOW', 1],
    ]);
  });

  it('are no part of making an order where they end after its finish', () => {
    const stored = MADE.map(({ number, row }): MadeOrder => {
      const { finished } = row;
      const end = finished !== undefined && finished + HOUR < END ? finished + HOUR : undefined;
      return { number, row: { ...row, phases: [...row.phases, { type: 4, start: finished, end }] } };
    });
    const data = factoryOf(stored);
    const phaseTypes = [...data.phaseTypes, { id: 4, name: 'Armazem', automatic: false, apt: null }];
    const products = [{ id: 1, name: 'K1 Vento L', route: [2, 1, 2, 3, 4, 99] }];
    const model = buildModel({ ...data, phaseTypes, products }, END);
    expect(model.phases.map(({ afterFinish }) => afterFinish)).toEqual([false, false, false, true]);
    expect(model.orders.every(({ steps }) => steps.every(({ phase }) => phase !== 3))).toBe(true);
    // Of the route: without what comes after the finish, what no catalogue has, and what is automatic before the first work.
    expect(model.products[0].route.map(({ phase }) => model.phases[phase].id)).toEqual([1, 2, 3]);
  });
});

describe('the orders to come', () => {
  it('are drawn from those of the last 90 days that have a route', () => {
    // The 100th last was created 100 days before the end, the 90th last 90 days.
    const data = factoryOf([...made(100), extra(0, {})]);
    expect(buildModel(data, END).arrivals).toEqual({ orders: 90, days: 90, products: new Array(90).fill(1) });
    const orders = data.orders.map((order, index) => ({ ...order, product: index % 3 === 0 ? null : index % 3 }));
    const mixed = buildModel({ ...data, orders }, END).arrivals;
    // Orders 210 to 299: a third of no product, a third of one without a route.
    expect(mixed).toEqual({ orders: 90, days: 90, products: new Array(30).fill(1) });
    // A route that has no work is none.
    const products = [...data.products, { id: 2, name: 'C2 Onda', route: [2] }];
    expect(buildModel({ ...data, orders, products }, END).arrivals.products).toEqual(new Array(30).fill(1));
  });

  it('are in the order in which they came, of those that came together by their number', () => {
    const some = [5, 5, 5, 7].map((hours, place) => extra(hours, {}, 904 - place));
    const data = factoryOf(some);
    // Numbers 904, 903, 902 and 901; two products by turns, both with a route.
    const orders = data.orders.map((order, index) => ({ ...order, product: [1, 2, 2, 1][index] }));
    const products = [1, 2].map((id) => ({ id, name: null, route: [1] }));
    // 901 came first, then 902, 903, 904.
    expect(buildModel({ ...data, orders, products }, END).arrivals.products).toEqual([1, 2, 2, 1]);
    const others = orders.map((order, index) => ({ ...order, product: [1, 1, 2, 2][index] }));
    expect(buildModel({ ...data, orders: others, products }, END).arrivals.products).toEqual([2, 2, 1, 1]);
  });
});

describe('the calendar of a model', () => {
  it('has the hours in which work began or ended', () => {
    const { calendar } = buildModel(factoryOf(MADE), END);
    // Every day from 0 to 1 (cut) and from 8 to 9 (checked), beginnings and ends; curing is nobody's work.
    const hours = calendar.open.flatMap((open, hour) => (open === 1 ? [hour % 24] : []));
    expect([...new Set(hours)].sort((a, b) => a - b)).toEqual([0, 1, 8, 9]);
    expect(calendar).toMatchObject({ basis: 'HOUR_OF_WEEK' });
  });

  it('looks at the half year before the moment, at beginnings and at ends, and not at what is automatic', () => {
    // The end is a Thursday, and so is the day 182 days before.
    const since = END - 182 * DAY;
    const used = (phases: HistoryOrder['phases']) => {
      const { share, weeks } = buildModel(factoryOf([extra(190 * 24, { phases })]), END).calendar;
      const thursday = 3 * 24;
      return share.flatMap((each, hour) => (each > 0 ? [[hour - thursday, Math.round(each * weeks)]] : []));
    };
    // The hour before Thursday at the end alone, the first of Thursday at the beginning alone.
    const once = [
      [-1, 1],
      [0, 1],
    ];
    const moments = [since - 1, since, END - 1, END];
    expect(used(moments.map((start) => ({ type: 1, start })))).toEqual(once);
    expect(used(moments.map((end) => ({ type: 1, end })))).toEqual(once);
    expect(used([{ type: 1, start: since + 5 * HOUR, end: since + 7 * HOUR }])).toEqual([
      [5, 1],
      [7, 1],
    ]);
    expect(used([{ type: 2, start: since + 5 * HOUR, end: since + 7 * HOUR, isAutomatic: true }])).toEqual([]);
  });
});
