import { UNLIMITED } from '@libs/simulation';
import { draw } from './draws';
import type { Estimate, FactoryModel, OrderModel, PhaseModel } from './model';
import { durationsOf, HORIZON_DAYS, type Plan, planOf, WAITING } from './plan';
import { atShare } from './quantiles';
import { BASELINE, type Scenario } from './scenario';
import { spreadTime } from './spread';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Monday 2024-01-01. */
const START = 19_723 * DAY;

const estimate = (median: number, wait: number, more: Partial<Estimate> = {}): Estimate => ({
  ...{ level: 'PRODUCT' as const, cases: 20, markerShare: 0, median, wait },
  deciles: Array.from({ length: 10 }, (_, place) => median + (place - 4) * 10),
  ...more,
});
const phase = (id: number, more: Partial<PhaseModel> = {}): PhaseModel => ({
  ...{
    id,
    name: `Fase ${id}`,
    free: null,
    afterFinish: false,
    capacity: 2,
    basis: 'YEAR' as const,
    apt: 2,
    windows: [],
  },
  ...more,
});
const order = (more: Partial<OrderModel>): OrderModel => ({
  ...{ ofId: 7, product: 1, created: START - 9 * DAY, due: null, standing: 'QUEUE' as const, since: START - 100 },
  ...{ steps: STEPS, remaining: 0, deciles: [], expected: 0 },
  ...more,
});
const STEPS = [
  { phase: 0, estimate: 0 },
  { phase: 1, estimate: 1 },
];
const TIMES = Array.from({ length: 10 }, (_, place) => 400 + 20 * place);

/** Work and waits of 100 after 10, and 200 after 20; the finish 30 after that. Open on the first day of each week alone. */
const modelOf = (orders: OrderModel[], more: Partial<FactoryModel> = {}): FactoryModel => ({
  start: START,
  calendar: {
    ...{ basis: 'HOUR_OF_WEEK' as const, share: [], weeks: 50 },
    open: Array.from({ length: 168 }, (_, hour) => Number(hour < 24)),
  },
  phases: [phase(10), phase(20, { capacity: 3 }), phase(30, { free: 'AUTOMATIC', capacity: 0 })],
  estimates: [estimate(100, 10), estimate(200, 20)],
  finishWait: 30,
  orders,
  products: [
    { id: 1, name: null, route: STEPS, deciles: TIMES },
    { id: 2, name: null, route: [STEPS[1]], deciles: [] },
  ],
  arrivals: { orders: 30, days: 60, products: [1, 2, 1] },
  leftOut: 0,
  ...more,
});

/** What the operations of one order take, in their sequence, and what is left of the one in process. */
function taken(one: OrderModel, scenario: Scenario = BASELINE): { durations: number[]; remaining: number } {
  const { instance } = planOf(modelOf([one]), scenario);
  return { durations: [...instance.duration], remaining: instance.inProcessRemaining[0] };
}

describe('what an order takes in a plan', () => {
  it('is its steps and the usual waits between them, where no more is known', () => {
    // No wait before the first: it stands there already.
    expect(taken(order({}))).toEqual({ durations: [0, 100, 20, 200, 30], remaining: NaN });
  });

  it('fills what comparable orders took beyond that by waiting where it stands', () => {
    // 100 + 20 + 200 + 30 = 350 of 500: 150 are left.
    expect(taken(order({ deciles: TIMES, expected: 500 })).durations).toEqual([150, 100, 20, 200, 30]);
    expect(taken(order({ deciles: TIMES, expected: 350 })).durations).toEqual([0, 100, 20, 200, 30]);
  });

  it('takes what it exceeds that by off the waits, and never off the work', () => {
    // 310 leave 10 of the 50 that are waited: a fifth. 250 leave nothing.
    expect(taken(order({ deciles: TIMES, expected: 310 })).durations).toEqual([0, 100, 4, 200, 6]);
    expect(taken(order({ deciles: TIMES, expected: 250 })).durations).toEqual([0, 100, 0, 200, 0]);
  });

  it('is its work alone where nothing is waited for and it takes longer than comparable orders did', () => {
    const model = modelOf([order({ deciles: TIMES, expected: 250 })], {
      estimates: [estimate(100, 0), estimate(200, 0)],
      finishWait: 0,
    });
    expect([...planOf(model, BASELINE).instance.duration]).toEqual([0, 100, 0, 200, 0]);
  });

  it('in process goes on with what is left, and waits after it', () => {
    const inProcess = order({ standing: 'PROCESS', remaining: 60, deciles: TIMES, expected: 500 });
    // 60 + 20 + 200 + 30 = 310 of 500: 190 more before the second step.
    expect(taken(inProcess)).toEqual({ durations: [60, 210, 200, 30], remaining: 60 });
    const { instance } = planOf(modelOf([inProcess]), BASELINE);
    expect([instance.inProcessSince[0], instance.release[0]]).toEqual([START - 100, START - 100]);
    const early = planOf(modelOf([order({ standing: 'PROCESS', since: START + 5 })]), BASELINE).instance;
    expect(early.inProcessSince[0]).toBe(START);
  });

  it('without steps is the wait for the finish', () => {
    expect(taken(order({ steps: [] })).durations).toEqual([30]);
    expect(taken(order({ steps: [], deciles: TIMES, expected: 90 })).durations).toEqual([90]);
  });

  it('changes with the factors of a scenario, by phase, product and order, which saves work and no wait', () => {
    const one = order({ deciles: TIMES, expected: 500 });
    const changed = (durations: Scenario['durations']) => taken(one, { ...BASELINE, durations }).durations;
    expect(changed([{ factor: 0.5 }])).toEqual([150, 50, 20, 100, 30]);
    expect(changed([{ phase: 1, factor: 1.503 }])).toEqual([150, 100, 20, 301, 30]);
    expect(
      changed([
        { product: 1, factor: 2 },
        { phase: 0, factor: 3 },
      ]),
    ).toEqual([150, 600, 20, 400, 30]);
    expect(changed([{ ofId: 7, factor: 2 }])).toEqual([150, 200, 20, 400, 30]);
    expect(
      changed([
        { product: 2, factor: 2 },
        { ofId: 8, factor: 2 },
        { phase: 2, factor: 2 },
      ]),
    ).toEqual([150, 100, 20, 200, 30]);
    const inProcess = order({ standing: 'PROCESS', remaining: 61 });
    expect(taken(inProcess, { ...BASELINE, durations: [{ factor: 0.5 }] })).toEqual({
      durations: [31, 20, 100, 30],
      remaining: 31,
    });
  });

  it('is drawn in a replication: lengths from their shares, markers as often as they are, the whole from its own', () => {
    const estimates = [estimate(100, 10, { markerShare: 0.4 }), estimate(200, 20)];
    const model = modelOf([order({ deciles: TIMES, expected: 1 })], { estimates });
    const plan = planOf(model, BASELINE);
    let markers = 0;
    for (let number = 0; number < 200; number += 1) {
      const { durations } = durationsOf(model, BASELINE, plan, { seed: 3, number });
      const share = draw(3, number, 7, 0);
      const first = share < 0.4 ? 0 : atShare(estimates[0].deciles, (share - 0.4) / 0.6);
      const second = atShare(estimates[1].deciles, draw(3, number, 7, 1));
      const total = atShare(TIMES, draw(3, number, 7, 100_000));
      if (first === 0) markers += 1;
      expect([durations[1], durations[3]]).toEqual([first, second]);
      const slack = total - first - second - 50;
      if (slack >= 0) expect([durations[0], durations[2], durations[4]]).toEqual([slack, 20, 30]);
    }
    // 80 are expected, with a deviation of 7.
    expect(Math.abs(markers - 80)).toBeLessThan(30);
  });

  it('is the median in a replication too where there is nothing to draw from', () => {
    const estimates = [estimate(100, 10, { deciles: [] }), estimate(200, 20, { deciles: [] })];
    const model = modelOf([order({})], { estimates });
    const plan = planOf(model, BASELINE);
    const { durations } = durationsOf(model, BASELINE, plan, { seed: 3, number: 1 });
    expect([...durations]).toEqual([0, 100, 20, 200, 30]);
  });
});

describe('the jobs of a plan', () => {
  it('wait at a resource of no capacity between their phases, and are due when the due day ends', () => {
    const plan = planOf(
      modelOf([order({ due: START + 3 * DAY }), order({ standing: 'PROCESS', remaining: 1 })]),
      BASELINE,
    );
    expect([...plan.operationPhase]).toEqual([-1, 0, -1, 1, -1, 0, -1, 1, -1]);
    expect([...plan.instance.operationResource]).toEqual([WAITING, 1, WAITING, 2, WAITING, 1, WAITING, 2, WAITING]);
    expect([...plan.instance.due]).toEqual([START + 4 * DAY, Infinity]);
    expect([...plan.instance.release]).toEqual([START - 100, START - 100]);
  });

  it('begin with the model, where what is known of them lies ahead of it', () => {
    expect(planOf(modelOf([order({ since: START + 9 })]), BASELINE).instance.release[0]).toBe(START);
  });

  it('are urgent orders before all others, without a wait for their release', () => {
    const urgent = [{ product: 1, quantity: 2, due: START + DAY }];
    const plan = planOf(modelOf([order({})]), { ...BASELINE, urgent });
    expect(plan.orders.map(({ kind, order: { ofId } }) => [kind, ofId])).toEqual([
      ['ACTIVE', 7],
      ['URGENT', -1],
      ['URGENT', -2],
    ]);
    expect([...plan.instance.priorityClass]).toEqual([0, -1, -1]);
    const { standing, deciles, expected, remaining } = plan.orders[1].order;
    expect({ standing, deciles, expected, remaining }).toEqual({
      ...{ standing: 'QUEUE', deciles: [], expected: 0, remaining: 0 },
    });
    expect([...plan.instance.duration.slice(5, 10)]).toEqual([0, 100, 20, 200, 30]);
    expect(plan.instance.due[1]).toBe(START + 2 * DAY);
    expect(plan.instance.release[1]).toBe(START);
  });

  it('are orders to come at the pace of the past and at even distances, drawn from its products', () => {
    const scenario: Scenario = {
      ...BASELINE,
      arrivals: { days: 4, seed: 5 },
      urgent: [{ product: 2, quantity: 1, due: null }],
    };
    // 30 in 60 days: two in four, in the middle of each half.
    const plan = planOf(modelOf([]), scenario);
    const drawn = [0, 1].map((number) => [1, 2, 1][Math.floor(draw(5, 0, number, 0) * 3)]);
    expect(plan.orders.map(({ kind, order: { ofId, product, created } }) => [kind, ofId, product, created])).toEqual([
      ['ARRIVAL', -1, drawn[0], START + DAY],
      ['ARRIVAL', -2, drawn[1], START + 3 * DAY],
      ['URGENT', -3, 2, START],
    ]);
    expect(plan.orders.slice(0, 2).map(({ order: { expected } }) => expected)).toEqual(
      drawn.map((product, number) => spreadTime(product === 1 ? TIMES : [], number)),
    );
    expect([...plan.instance.release.slice(0, 2)]).toEqual([START + DAY, START + 3 * DAY]);
    // Thirty, so that all products are drawn.
    const thirty = planOf(modelOf([]), { ...BASELINE, arrivals: { days: 60, seed: 5 } }).orders;
    expect(thirty.map(({ order: { product, deciles } }) => ({ product, deciles }))).toEqual(
      Array.from({ length: 30 }, (_, number) => {
        const product = [1, 2, 1][Math.floor(draw(5, 0, number, 0) * 3)];
        return { product, deciles: product === 1 ? TIMES : [] };
      }),
    );
    expect(new Set(thirty.map(({ order: { product } }) => product)).size).toBe(2);
    expect(planOf(modelOf([], { arrivals: { orders: 30, days: 60, products: [] } }), scenario).orders).toHaveLength(1);
  });

  it('are those that are known to come behind all others, released when they are created', () => {
    const known = order({ ofId: 9, created: START + 50 });
    const plan = planOf(modelOf([order({})]), BASELINE, [known]);
    expect(plan.orders.map(({ kind, order: { ofId } }) => [kind, ofId])).toEqual([
      ['ACTIVE', 7],
      ['ARRIVAL', 9],
    ]);
    expect(plan.instance.release[1]).toBe(START + 50);
  });
});

describe('the resources of a plan', () => {
  const scenario: Scenario = {
    ...BASELINE,
    capacity: [
      { phase: 0, servers: 5 },
      { phase: 1, multiplier: 1.5 },
    ],
    extraShifts: [
      { interval: { from: START + 2 * DAY, until: START + 2 * DAY + HOUR }, phases: [1] },
      { interval: { from: START + 3 * DAY, until: START + 3 * DAY + HOUR } },
    ],
    closed: [{ from: START + 7 * DAY, until: START + 8 * DAY }],
    outages: [{ phase: 2, interval: { from: START, until: START + HOUR } }],
  };
  const changed = (): Plan => planOf(modelOf([]), scenario);

  it('have the servers of the model, or of the scenario', () => {
    const plan = changed();
    expect(planOf(modelOf([]), BASELINE).servers).toEqual([2, 3, 0]);
    expect(plan.servers).toEqual([5, 4, 0]);
    // Four for 4.5: the rest by their speed. What needs no capacity has none to count.
    expect(plan.speeds).toEqual([1, 1.125, 1]);
  });

  it('work by the week, without the days on which it is closed, and in the shifts that are theirs', () => {
    const plan = changed();
    const first = (calendar: readonly { from: number; until: number }[], count: number) =>
      calendar.slice(0, count).map(({ from, until }) => [(from - START) / HOUR, (until - START) / HOUR]);
    expect(first(plan.calendars[0], 3)).toEqual([
      [0, 24],
      [72, 73],
      [336, 360],
    ]);
    expect(first(plan.calendars[1], 4)).toEqual([
      [0, 24],
      [48, 49],
      [72, 73],
      [336, 360],
    ]);
    expect(plan.calendars[2]).toEqual([]);
    // From two years on all is open, so that everything ends: 104 weeks lie in 730 days.
    expect(HORIZON_DAYS).toBe(730);
    expect(plan.calendars[0].at(-1)).toEqual({ from: START + 104 * 7 * DAY, until: Infinity });
  });

  /** When a resource of the instance is open, in hours from the start. */
  const openOf = ({ instance: { calendarOf, calendars } }: Plan, resource: number, count = 3) => {
    const { from, until } = calendars[calendarOf[resource]];
    return [...from].slice(0, count).map((each, place) => [(each - START) / HOUR, (until[place] - START) / HOUR]);
  };

  it('pass to the engine with their servers, speeds and hours; whoever waits keeps the hours of the whole factory', () => {
    const plan = changed();
    const { capacity, speed } = plan.instance;
    expect([...capacity]).toEqual([UNLIMITED, 5, 4, UNLIMITED]);
    expect([...speed]).toEqual([1, 1, 1.125, 1]);
    const whole = [
      [0, 24],
      [72, 73],
      [336, 360],
    ];
    expect([openOf(plan, WAITING), openOf(plan, 1)]).toEqual([whole, whole]);
    expect(openOf(plan, 2)).toEqual([[0, 24], [48, 49], ...whole.slice(1, 2)]);
  });

  it('are shut while they are out of order, whether they have servers or not', () => {
    const hour = (from: number) => ({ from: START + from * HOUR, until: START + (from + 1) * HOUR });
    const outages = [
      { phase: 0, interval: hour(0) },
      { phase: 0, interval: hour(5) },
      { phase: 2, interval: hour(0) },
    ];
    const shut = planOf(modelOf([]), { ...BASELINE, outages });
    expect(openOf(shut, 1)).toEqual([
      [1, 5],
      [6, 24],
      [168, 192],
    ]);
    expect(openOf(shut, 2, 1)).toEqual([[0, 24]]);
    expect(openOf(shut, 3)).toEqual([[1, Infinity]]);
    // Without one, what needs no server has no hours either.
    expect(planOf(modelOf([]), BASELINE).instance.calendarOf[3]).toBe(-1);
  });

  it('have extra shifts of several phase types, each with its own', () => {
    const shift = (from: number, phases?: number[]) => ({
      interval: { from: START + from * HOUR, until: START + (from + 1) * HOUR },
      phases,
    });
    const { calendars } = planOf(modelOf([]), {
      ...BASELINE,
      extraShifts: [shift(48, [0]), shift(60, [0, 1]), shift(72, [1])],
    });
    const begins = (phase: number) => calendars[phase].slice(0, 4).map(({ from }) => (from - START) / HOUR);
    expect([begins(0), begins(1)]).toEqual([
      [0, 48, 60, 168],
      [0, 60, 72, 168],
    ]);
  });
});
