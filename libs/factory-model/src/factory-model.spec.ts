import { simulate } from '@libs/simulation';
import * as fc from 'fast-check';
import {
  type Answer,
  BASELINE,
  buildModel,
  compareRuns,
  type FactoryModel,
  planOf,
  type Scenario,
  type Simulated,
} from './index';
import { DAY, END, factoryOf, HOUR, made, type MadeOrder } from './testing/made-factory';

const build = (): FactoryModel => buildModel(factoryOf(made(60)), END);

function side(of: FactoryModel, scenario: Scenario): Simulated {
  const plan = planOf(of, scenario);
  return { scenario, plan, run: simulate(plan.instance, { rule: scenario.rule, seed: scenario.ruleSeed }) };
}

function compared(of: FactoryModel, scenario: Scenario, baseline = side(of, BASELINE)): Answer {
  return compareRuns(of, baseline, side(of, scenario), [...of.orders.keys()], (wall) => wall);
}

describe('the model of a factory', () => {
  it('has the active orders where they stand, and what is left of their routes', () => {
    const model = build();
    // Aged 240, 216, … 24 hours: checked after 201, cured from 123 to 147, cut from 120.
    expect(model.orders).toHaveLength(10);
    expect(model.orders.map(({ steps }) => steps.length)).toEqual([0, 0, 1, 1, 2, 3, 3, 3, 3, 3]);
    expect(model.leftOut).toBe(0);
  });

  it('takes durations from the history, curing day and night and without capacity', () => {
    const model = build();
    const [cut, cure, check] = model.products[0].route.map(({ estimate }) => model.estimates[estimate]);
    expect([cut, cure, check].map(({ median }) => median / HOUR)).toEqual([1, 24, 1]);
    expect(cut.level).toBe('PRODUCT');
    expect(model.phases.map(({ free }) => free)).toEqual([null, 'AUTOMATIC', null]);
  });

  it('releases orders that are alike over the time that such orders took, not all at once', () => {
    // One order waits for its release as long as the others do, the next two days longer, up to 18 days, and so on again.
    const mixed = made(120).map(({ number, row }): MadeOrder => {
      const extra = 2 * (number % 10) * DAY;
      const later = (moment: number | undefined): number | undefined =>
        moment === undefined || moment + extra >= END ? undefined : moment + extra;
      const phases = row.phases.map((each) => ({ ...each, start: later(each.start), end: later(each.end) }));
      return { number, row: { ...row, finished: later(row.finished), phases } };
    });
    const created = END - HOUR;
    const fresh = Array.from({ length: 8 }, (_, place): MadeOrder => {
      const phases = [1, 2, 3].map((type) => ({ type, isAutomatic: type === 2 }));
      return { number: 300 + place, row: { ...mixed[0].row, created, finished: undefined, phases } };
    });
    const found = buildModel(factoryOf([...mixed, ...fresh]), END);
    const plan = planOf(found, BASELINE);
    const { completion } = simulate(plan.instance, { rule: 'FIFO' });
    const days = found.orders.flatMap(({ ofId }, job) => (ofId >= 1300 ? [(completion[job] - END) / DAY] : []));
    expect(days).toHaveLength(8);
    // With one median for all, nothing but the hours at the single machine would lie between them.
    expect(Math.max(...days) - Math.min(...days)).toBeGreaterThan(5);
    expect(found.orders.filter(({ standing }) => standing === 'RELEASE').length).toBeGreaterThan(8);
  });

  it('is the same bytes for the same history', () => {
    expect(JSON.stringify(build())).toBe(JSON.stringify(build()));
  });

  it('and its answers do not depend on the order in which orders were read', () => {
    const rows = made(40);
    const scenario: Scenario = { ...BASELINE, rule: 'EDD', capacity: [{ phase: 2, servers: 2 }] };
    const inOrder = buildModel(factoryOf(rows), END);
    const expected = { model: JSON.stringify(inOrder.orders), answer: JSON.stringify(compared(inOrder, scenario)) };
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }), (places) => {
        const shuffled = buildModel(factoryOf(places.map((place) => rows[place])), END);
        expect(JSON.stringify(shuffled.orders)).toBe(expected.model);
        expect(JSON.stringify(compared(shuffled, scenario))).toBe(expected.answer);
      }),
      { numRuns: 4 },
    );
  });

  it('does not look past its moment', () => {
    const rows = made(80);
    const moment = END - 30 * DAY;
    // Orders created later change nothing.
    const before = buildModel(factoryOf(rows.slice(0, -30)), moment);
    expect(JSON.stringify(buildModel(factoryOf(rows), moment))).toBe(JSON.stringify(before));
    expect(before.orders).toHaveLength(10);
  });
});

describe('a scenario', () => {
  const model = build();
  const baseline = side(model, BASELINE);
  const answer = (scenario: Scenario): Answer => compared(model, scenario, baseline);

  it('that changes nothing moves nothing', () => {
    const { delta_kpis, top_affected_orders, first_decision } = answer(BASELINE);
    expect(delta_kpis).toEqual({ otd_pct: 0, lead_time_h: 0, makespan_h: 0, on_time_orders: 0 });
    expect({ top_affected_orders, first_decision }).toEqual({ top_affected_orders: [], first_decision: undefined });
  });

  it('with more servers than orders is the same as with any more', () => {
    const many = (servers: number): Scenario => ({ ...BASELINE, capacity: [{ phase: 0, servers }] });
    const [one, other] = [20, 900].map((servers) => answer(many(servers)).simulated_kpis);
    expect(one).toEqual(other);
  });

  it('with more servers where nobody queues changes nothing', () => {
    // Curing needs no capacity: servers given to it are not used.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (servers) => {
        const { delta_kpis, top_affected_orders } = answer({ ...BASELINE, capacity: [{ phase: 1, servers }] });
        expect(delta_kpis).toEqual({ otd_pct: 0, lead_time_h: 0, makespan_h: 0, on_time_orders: 0 });
        expect(top_affected_orders).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  it('that makes work longer never finishes an order of a single queue earlier', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 20, noNaN: true }), (factor) => {
        const { delta_kpis } = answer({ ...BASELINE, durations: [{ phase: 2, factor }] });
        expect(delta_kpis.lead_time_h).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 4 },
    );
  });

  it('with an urgent order tells what becomes of it', () => {
    const { urgent_orders } = answer({ ...BASELINE, urgent: [{ product: 1, quantity: 2, due: null }] });
    expect(urgent_orders).toHaveLength(2);
  });
});
