import { simulate } from '@libs/simulation';
import { type Answer, compareRuns, type Simulated } from './answer';
import type { FactoryModel, OrderModel } from './model';
import { planOf } from './plan';
import { BASELINE, type Scenario } from './scenario';
import { DAY, HOUR } from './testing/made-factory';
import { estimateOf, modelOf, MONDAY, orderOf, phaseOf } from './testing/made-model';

/** One o'clock in the afternoon: the day ends after eleven hours. */
const START = MONDAY + 13 * HOUR;
const CUT = { phase: 0, estimate: 0 };
const ASSEMBLE = { phase: 1, estimate: 1 };
const LONG_CUT = { phase: 0, estimate: 2 };
const BRIEF_CUT = { phase: 0, estimate: 3 };

/** Cut for 2, 4 or 1 hours, at one machine; assembled for 4 hours by one, an hour after that. Nothing is cured. */
const factoryWith = (orders: OrderModel[], more: Partial<FactoryModel> = {}): FactoryModel =>
  modelOf({
    start: START,
    phases: [phaseOf(10, 'Corte'), phaseOf(20, 'Montagem'), phaseOf(30, 'Cura', { free: 'AUTOMATIC', capacity: 0 })],
    estimates: [estimateOf(2), estimateOf(4, 1), estimateOf(4), estimateOf(1)],
    orders,
    products: [
      { id: 1, name: 'K1', route: [CUT, ASSEMBLE], deciles: [] },
      { id: 2, name: 'K2', route: [ASSEMBLE], deciles: [] },
    ],
    ...more,
  });

function compared(
  model: FactoryModel,
  before: Partial<Scenario>,
  after: Partial<Scenario>,
  jobs = [...model.orders.keys()],
): Answer {
  const side = (changes: Partial<Scenario>): Simulated => {
    const scenario = { ...BASELINE, ...changes };
    const plan = planOf(model, scenario);
    return { scenario, plan, run: simulate(plan.instance, { rule: scenario.rule, seed: scenario.ruleSeed }) };
  };
  return compareRuns(model, side(before), side(after), jobs, (wall) => wall);
}

/** One that has waited for a cut of two hours, and another behind it; both are due today. */
const TWO = factoryWith([
  orderOf(101, { created: START - 10 * HOUR, since: START - 5 * HOUR, due: MONDAY, steps: [CUT, ASSEMBLE] }),
  orderOf(102, { created: START - 8 * HOUR, since: START - 4 * HOUR, due: MONDAY, steps: [CUT, ASSEMBLE] }),
]);
const URGENT = { urgent: [{ product: 1, quantity: 1, due: MONDAY }] };
const reasons = ({ top_affected_orders }: Answer): object[] =>
  top_affected_orders.map(({ of_id, first_difference }) => ({ of_id, ...first_difference }));
const saying = (text: string): unknown => expect.stringContaining(text);

describe('the answer to an urgent order, by hand', () => {
  it('is what both schedules on paper say', () => {
    // Hours from the start.      cut    assembled             cut    assembled
    //   without it:   101        0-2    3-7                   with it:  new-1   0-2    3-7
    //                 102        2-4    7-11 (there at 5)               101     2-4    7-11 (there at 5)
    //                                                                   102     4-6    11-15 (there at 7)
    expect(compared(TWO, {}, URGENT)).toEqual({
      // 7 + 10 and 11 + 8 hours since the creation. After eleven hours today is over.
      baseline_kpis: { otd_pct: 50, lead_time_h: 18, makespan_h: 11, on_time_orders: 1 },
      simulated_kpis: { otd_pct: 0, lead_time_h: 22, makespan_h: 15, on_time_orders: 0 },
      delta_kpis: { otd_pct: -50, lead_time_h: 4, makespan_h: 4, on_time_orders: -1 },
      ...{ orders: 2, orders_with_due: 2, saved_orders: [], late_orders: ['101'] },
      top_affected_orders: [
        {
          ...{ of_id: '101', delta_lead_time_h: 4, baseline_lead_time_h: 17, simulated_lead_time_h: 21 },
          ...{ baseline_status: 'IN_PROGRESS', new_status: 'AT_RISK' },
          first_difference: {
            ...{ fase_id: 10, fase_nome: 'Corte', reason: 'OVERTAKEN', by_of_id: 'new-1' },
            ...{ baseline_start_h: 0, simulated_start_h: 2, explanation: saying('2 h later') },
          },
        },
        {
          ...{ of_id: '102', delta_lead_time_h: 4, baseline_lead_time_h: 19, simulated_lead_time_h: 23 },
          baseline_status: 'AT_RISK',
          first_difference: {
            ...{ fase_id: 10, fase_nome: 'Corte', reason: 'OVERTAKEN', by_of_id: 'new-1' },
            ...{ baseline_start_h: 2, simulated_start_h: 4, explanation: saying('2 h later') },
          },
        },
      ],
      phases: [
        {
          ...{ fase_id: 10, fase_nome: 'Corte', needs_capacity: true, operations: 3 },
          // 4 of 11 hours; one of the two waits for 2, which makes a queue of 2 / 11 over the time.
          baseline: {
            ...{ capacity: 1, speed: 1, utilizacao_pct: 36.3636, mean_wait_h: 1, max_wait_h: 2, mean_queue: 0.1818 },
          },
          // 6 of 15 hours; 0, 2 and 4 hours of waiting.
          simulated: {
            ...{ capacity: 1, speed: 1, utilizacao_pct: 40, mean_wait_h: 2, max_wait_h: 4, mean_queue: 0.4 },
          },
        },
        {
          ...{ fase_id: 20, fase_nome: 'Montagem', needs_capacity: true, operations: 3 },
          // 8 of 11 hours, and 12 of 15; the waits are the same.
          baseline: {
            ...{ capacity: 1, speed: 1, utilizacao_pct: 72.7273, mean_wait_h: 1, max_wait_h: 2, mean_queue: 0.1818 },
          },
          simulated: {
            ...{ capacity: 1, speed: 1, utilizacao_pct: 80, mean_wait_h: 2, max_wait_h: 4, mean_queue: 0.4 },
          },
        },
      ],
      wip_curve: [
        { day: 0, baseline: 2, simulated: 2 },
        { day: 1, baseline: 0, simulated: 0 },
      ],
      first_decision: {
        ...{ fase_id: 10, fase_nome: 'Corte', at_h: 0 },
        ...{ baseline_of_id: '101', simulated_of_id: 'new-1', waiting: 3 },
      },
      urgent_orders: [{ produto_id: 1, lead_time_h: 7, on_time: true }],
    });
  });

  it('saves what it made late once it is not there', () => {
    const { saved_orders, late_orders } = compared(TWO, URGENT, {});
    expect({ saved_orders, late_orders }).toEqual({ saved_orders: ['101'], late_orders: [] });
  });
});

describe('the first step that goes another way', () => {
  it('is where another order goes before, or no longer does', () => {
    const model = factoryWith([orderOf(0, { steps: [CUT] }), orderOf(102, { steps: [BRIEF_CUT] })]);
    // First come: number 0 from 0 to 2, 102 from 2 to 3. The briefest first: 102 from 0 to 1, number 0 from 1 to 3.
    const [earlier, later] = reasons(compared(model, {}, { rule: 'SPT' }));
    const place = { fase_id: 10, fase_nome: 'Corte', reason: 'OVERTAKEN' };
    expect(earlier).toEqual({
      ...{ ...place, of_id: '102', by_of_id: '0', baseline_start_h: 2, simulated_start_h: 0 },
      explanation: saying('2 h earlier'),
    });
    expect(later).toEqual({
      ...{ ...place, of_id: '0', by_of_id: '102', baseline_start_h: 0, simulated_start_h: 1 },
      explanation: saying('1 h later'),
    });
  });

  it('is where somebody is free at another time; of alike changes the first order comes first', () => {
    const model = factoryWith([101, 102, 103, 104].map((ofId) => orderOf(ofId, { steps: [CUT] })));
    const two = { capacity: [{ phase: 0, servers: 2 }] };
    // One machine begins at 0, 2, 4 and 6, two at 0, 0, 2 and 2: the first order is not moved at all.
    const quicker = reasons(compared(model, {}, two));
    expect(quicker).toMatchObject([
      { of_id: '104', reason: 'SERVER', baseline_start_h: 6, simulated_start_h: 2 },
      { of_id: '102', reason: 'SERVER', baseline_start_h: 2, simulated_start_h: 0 },
      { of_id: '103', reason: 'SERVER', baseline_start_h: 4, simulated_start_h: 2 },
    ]);
    const backwards = reasons(compared(model, {}, two, [3, 2, 1, 0]));
    expect(backwards).toEqual(quicker);
    expect(quicker[0]).toMatchObject({ fase_id: 10, explanation: saying('4 h earlier') });
    const [slower] = reasons(compared(model, two, {}));
    expect(slower).toMatchObject({ of_id: '104', baseline_start_h: 2, simulated_start_h: 6 });
    expect(slower).toMatchObject({ explanation: saying('4 h later') });
    // In both runs it waits for two hours, whichever is the baseline.
    for (const each of [quicker[0], slower]) expect(each).toMatchObject({ explanation: saying('waits 2 h') });
    expect(slower).not.toHaveProperty('by_of_id');
  });

  it('is where work takes another time from the same start', () => {
    const model = factoryWith([orderOf(101, { steps: [CUT] })]);
    expect(reasons(compared(model, {}, { durations: [{ factor: 3 }] }))).toEqual([
      {
        ...{ of_id: '101', fase_id: 10, fase_nome: 'Corte', reason: 'DURATION' },
        ...{ baseline_start_h: 0, simulated_start_h: 0, explanation: saying('Corte') },
      },
    ]);
  });

  it('is where the hours are others in which it waits between its phases, which is at no phase type', () => {
    // Cut until 2, assembled from 3. Closed from 2 to 26, the hour in between begins a day later.
    const model = factoryWith([orderOf(101, { steps: [CUT, ASSEMBLE] })]);
    const closed = (from: number, until: number): Partial<Scenario> => ({
      closed: [{ from: START + from * HOUR, until: START + until * HOUR }],
    });
    const [later] = reasons(compared(model, {}, closed(2, 26)));
    expect(later).toMatchObject({ reason: 'CALENDAR', baseline_start_h: 2, simulated_start_h: 26 });
    expect(later).toMatchObject({ explanation: saying('24 h later') });
    expect(later).not.toHaveProperty('fase_id');
    expect(reasons(compared(model, closed(2, 26), {}))).toMatchObject([{ explanation: saying('24 h earlier') }]);
    // Closed from half past two on it begins as before: there is nothing to say of its start.
    const [same] = reasons(compared(model, {}, closed(2.5, 5.5)));
    expect(same).toMatchObject({ reason: 'CALENDAR', baseline_start_h: 2, simulated_start_h: 2 });
    expect(same).toMatchObject({ explanation: expect.not.stringMatching(/\d h/) });
  });
});

describe('the status of an order in a run', () => {
  /** Orders without work, finished after so many hours; in the scenario an hour later. */
  const statuses = (start: number, orders: readonly (Partial<OrderModel> & { hours: number })[]) => {
    const made = orders.map(({ hours, ...more }, place) =>
      orderOf(place, { since: start, deciles: [1], expected: hours * HOUR, ...more }),
    );
    const { top_affected_orders } = compared(
      factoryWith(made, { start }),
      {},
      { closed: [{ from: start, until: start + HOUR }] },
    );
    return top_affected_orders.map(({ baseline_status, new_status }) => [baseline_status, new_status ?? 'the same']);
  };

  it('is late where the due day is over, and at risk where it is over at the finish', () => {
    // At midnight the last that was seen belongs to the day that has just ended.
    expect(
      statuses(MONDAY, [
        { hours: 1, due: MONDAY - 2 * DAY },
        { hours: 1, due: MONDAY - DAY },
        { hours: 24, due: MONDAY },
        { hours: 23, due: MONDAY },
        { hours: 22, due: MONDAY },
      ]),
    ).toEqual([
      ['LATE', 'the same'],
      ['AT_RISK', 'the same'],
      // On the stroke of midnight the day is over.
      ['AT_RISK', 'the same'],
      ['IN_PROGRESS', 'AT_RISK'],
      ['IN_PROGRESS', 'the same'],
    ]);
    expect(statuses(MONDAY + 1, [{ hours: 1, due: MONDAY - DAY }])).toEqual([['LATE', 'the same']]);
  });

  it('is else whether its work has begun, with a due date or without', () => {
    expect(
      statuses(MONDAY, [
        { hours: 1, standing: 'RELEASE' },
        { hours: 1, standing: 'RELEASE', due: MONDAY },
        { hours: 1, standing: 'QUEUE' },
        { hours: 1, standing: 'QUEUE', due: MONDAY },
      ]),
    ).toEqual([
      ['CREATED', 'the same'],
      ['CREATED', 'the same'],
      ['IN_PROGRESS', 'the same'],
      ['IN_PROGRESS', 'the same'],
    ]);
  });
});

describe('the curve of the orders in work', () => {
  const curveOf = (seconds: number) =>
    compared(factoryWith([orderOf(1, { deciles: [1], expected: seconds })]), {}, {}).wip_curve;

  it('has each day up to 120, then every second, every third, until all are finished', () => {
    const days = (seconds: number): number[] => curveOf(seconds).map(({ day }) => day);
    const every = (step: number, last: number) => Array.from({ length: last / step + 1 }, (_, place) => step * place);
    expect(days(120 * DAY)).toEqual(every(1, 120));
    expect(days(120 * DAY + 1)).toEqual(every(2, 122));
    expect(days(240 * DAY)).toEqual(every(2, 240));
    // 241 days begun: with every third the last of them is day 243.
    expect(days(240 * DAY + 1)).toEqual(every(3, 243));
    expect(curveOf(120 * DAY).slice(-2)).toEqual([
      { day: 119, baseline: 1, simulated: 1 },
      { day: 120, baseline: 0, simulated: 0 },
    ]);
  });

  it('goes on for as long as the slower of both runs', () => {
    // Two hours, and sixty times as much: exactly five days.
    const model = factoryWith([orderOf(101, { steps: [CUT] })]);
    const { wip_curve } = compared(model, {}, { durations: [{ factor: 60 }] });
    expect(wip_curve.map(({ baseline, simulated }) => [baseline, simulated])).toEqual([
      [1, 1],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 0],
    ]);
    expect(compared(model, { durations: [{ factor: 60 }] }, {}).wip_curve).toHaveLength(6);
  });

  it('has orders to come from when they are created', () => {
    // One a day for two days, at noon of each, from the start: 12 and 36 hours. Each is cut for 40 hours at the one machine:
    // from 12 to 52 and from 52 to 92.
    const model = factoryWith([], {
      products: [{ id: 1, name: 'K1', route: [CUT], deciles: [] }],
      arrivals: { orders: 90, days: 90, products: [1] },
    });
    const arrivals = { days: 2, seed: 1 };
    const { wip_curve } = compared(model, { arrivals }, { arrivals, durations: [{ factor: 20 }] }, [1, 0]);
    expect(wip_curve.map(({ baseline, simulated }) => [baseline, simulated])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 1],
      [0, 0],
    ]);
  });
});

describe('the first decision that is another one', () => {
  it('is when both choices differ, among those that wait then', () => {
    // The machine is busy for two hours more; then the first is taken, or the briefest.
    const model = factoryWith([
      orderOf(101, { steps: [CUT], standing: 'PROCESS', remaining: 2 * HOUR }),
      orderOf(102, { steps: [LONG_CUT] }),
      orderOf(103, { steps: [BRIEF_CUT] }),
    ]);
    expect(compared(model, {}, { rule: 'SPT' }).first_decision).toEqual({
      ...{ fase_id: 10, fase_nome: 'Corte', at_h: 2, baseline_of_id: '102', simulated_of_id: '103', waiting: 2 },
    });
  });

  it('has one side alone where the other chooses nobody there any more', () => {
    const model = factoryWith([orderOf(101, { steps: [CUT] })]);
    const urgent = { urgent: [{ product: 2, quantity: 1, due: null }] };
    const place = { fase_id: 20, fase_nome: 'Montagem', at_h: 0 };
    const [there, back] = [compared(model, {}, urgent), compared(model, urgent, {})];
    expect(there.first_decision).toEqual({ ...place, simulated_of_id: 'new-1', waiting: 1 });
    expect(there.first_decision).not.toHaveProperty('baseline_of_id');
    expect(back.first_decision).toEqual({ ...place, baseline_of_id: 'new-1', waiting: 0 });
    expect(back.first_decision).not.toHaveProperty('simulated_of_id');
    // A phase type is compared where either of them uses it.
    const used = ({ phases }: Answer) => phases.map(({ fase_id, operations }) => [fase_id, operations]);
    expect([used(there), used(back)]).toEqual([
      [
        [10, 1],
        [20, 1],
      ],
      [
        [10, 1],
        [20, 0],
      ],
    ]);
  });
});
