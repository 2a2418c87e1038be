import { resourceUse, simulate } from '@libs/simulation';
import { compareRuns, type Simulated } from './answer';
import type { OrderModel } from './model';
import { planOf } from './plan';
import { BASELINE, type Scenario } from './scenario';
import { DAY, HOUR } from './testing/made-factory';
import { estimateOf, modelOf, MONDAY as END, orderOf, phaseOf } from './testing/made-model';

/** Cutting of one to eight hours at a single machine, a day of curing, and a check of an hour, behind waits of a few hours. */
const CURE = 8;
const CHECK = 9;
const estimates = [...[1, 2, 3, 4, 5, 6, 7, 8].map((hours) => estimateOf(hours)), estimateOf(24, 2), estimateOf(1, 3)];
/** One that has been cut and one whose cutting ends; the others come to it over some days, closer than it cuts. */
const orders = Array.from({ length: 45 }, (_, place): OrderModel => {
  const steps = [
    { phase: 0, estimate: (place * 5) % 8 },
    { phase: 1, estimate: CURE },
    { phase: 2, estimate: CHECK },
  ];
  const more: Partial<OrderModel> =
    place === 0
      ? { steps: steps.slice(2) }
      : place === 1
        ? { steps, standing: 'PROCESS', remaining: 2 * HOUR }
        : { steps, standing: 'RELEASE', deciles: [1], expected: (36 + 3 * place) * HOUR };
  const created = END - (90 - place) * HOUR;
  // Some are due already, some soon, some late, some never.
  const due = place % 4 === 0 ? null : END + ((place % 7) * 8 - 6) * DAY;
  return orderOf(1000 + place, { created, due, since: created, ...more });
});
const model = modelOf({
  // From eight to eight.
  calendar: {
    ...{ basis: 'HOUR_OF_WEEK', share: [], weeks: 26 },
    open: Array.from({ length: 168 }, (_, hour) => Number(hour % 24 >= 8 && hour % 24 < 20)),
  },
  phases: [phaseOf(1, 'Corte'), phaseOf(2, 'Cura', { free: 'AUTOMATIC', capacity: 0 }), phaseOf(3, 'Controlo')],
  ...{ estimates, orders, finishWait: HOUR },
  products: [{ id: 1, name: 'K1 Vento L', route: orders[44].steps, deciles: [] }],
});
const jobs = [...model.orders.keys()];
/** A clock that was put forward by an hour on the third day. */
const instantOf = (wall: number): number => (wall < END + 3 * DAY ? wall : wall - HOUR);

const side = (scenario: Scenario): Simulated => {
  const plan = planOf(model, scenario);
  return { scenario, plan, run: simulate(plan.instance, { rule: scenario.rule, seed: scenario.ruleSeed }) };
};
const baseline = side(BASELINE);
const SLOW: Scenario = {
  ...BASELINE,
  rule: 'SPT',
  durations: [{ phase: 0, factor: 6 }],
  urgent: [{ product: 1, quantity: 2, due: model.start }],
};
const slow = side(SLOW);
/** Cutting takes so long that orders stand in a queue for it. */
const CROWDED: Scenario = { ...BASELINE, durations: [{ phase: 0, factor: 12 }] };
const crowded = side(CROWDED);
const answerOf = (before = baseline, after = slow, those = jobs) => compareRuns(model, before, after, those, instantOf);
const hours = (seconds: number): number => Math.round((seconds / HOUR) * 1e4) / 1e4 + 0;
const finish = ({ run }: Simulated, job: number): number => run.completion[job];
const isOnTime = (job: number, at: number): boolean | undefined => {
  const { due } = model.orders[job];
  return due === null ? undefined : at < due + DAY;
};

describe('the answer to a scenario', () => {
  it('names who is saved and who gets late by it', () => {
    const answer = answerOf();
    const named = (was: boolean, is: boolean): string[] =>
      jobs
        .filter((job) => isOnTime(job, finish(baseline, job)) === was && isOnTime(job, finish(slow, job)) === is)
        .map((job) => String(model.orders[job].ofId));
    expect(answer.late_orders).toEqual(named(true, false));
    expect(answer.saved_orders).toEqual(named(false, true));
    expect(answer.late_orders.length).toBeGreaterThan(0);
    const alone = side({ ...SLOW, urgent: [] });
    const [there, back] = [answerOf(baseline, alone), answerOf(alone, baseline)];
    expect([back.saved_orders, back.late_orders]).toEqual([there.late_orders, there.saved_orders]);
    expect(back.saved_orders.length).toBeGreaterThan(0);
  });

  it('counts the orders, and those with a due date', () => {
    const answer = answerOf();
    expect(answer.orders).toBe(model.orders.length);
    expect(answer.orders_with_due).toBe(model.orders.filter(({ due }) => due !== null).length);
    expect(answerOf(baseline, slow, jobs.slice(3, 9))).toMatchObject({
      orders: 6,
      orders_with_due: model.orders.slice(3, 9).filter(({ due }) => due !== null).length,
    });
  });

  it('has the twenty orders that it moves the most, by instants, with their status before and after', () => {
    const answer = answerOf();
    const moved = jobs
      .map((job) => ({ job, delta: instantOf(finish(slow, job)) - instantOf(finish(baseline, job)) }))
      .filter(({ delta }) => delta !== 0)
      .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || a.job - b.job)
      .slice(0, 20);
    expect(moved).toHaveLength(20);
    const today = Math.floor((model.start - 1) / DAY) * DAY;
    const status = (job: number, at: number): string => {
      const { due, standing } = model.orders[job];
      if (due !== null && due < today) return 'LATE';
      if (due !== null && at >= due + DAY) return 'AT_RISK';
      return standing === 'RELEASE' ? 'CREATED' : 'IN_PROGRESS';
    };
    expect(answer.top_affected_orders).toEqual(
      moved.map(({ job, delta }) => {
        const { ofId, created } = model.orders[job];
        const [was, is] = [status(job, finish(baseline, job)), status(job, finish(slow, job))];
        return {
          of_id: String(ofId),
          delta_lead_time_h: hours(delta),
          baseline_lead_time_h: hours(instantOf(finish(baseline, job)) - instantOf(created)),
          simulated_lead_time_h: hours(instantOf(finish(slow, job)) - instantOf(created)),
          baseline_status: was,
          ...(is === was ? {} : { new_status: is }),
          first_difference: expect.objectContaining({ fase_nome: expect.any(String) }),
        };
      }),
    );
  });

  it('says why at the first step that goes another way', () => {
    const reasonsOf = (scenario: Scenario, before = baseline) =>
      answerOf(before, side(scenario)).top_affected_orders.map(({ of_id, first_difference }) => ({
        of_id,
        ...first_difference,
      }));
    const overtaken = reasonsOf({ ...BASELINE, rule: 'SPT', urgent: SLOW.urgent }).filter(
      ({ reason }) => reason === 'OVERTAKEN',
    );
    for (const { by_of_id, explanation, baseline_start_h = NaN, simulated_start_h = NaN, fase_id } of overtaken) {
      expect(explanation).toMatch(new RegExp(`order ${by_of_id}\\b`));
      expect(explanation).toContain(simulated_start_h > baseline_start_h ? 'goes before it' : 'it goes before');
      expect(explanation).toContain(`${hours(Math.abs(simulated_start_h - baseline_start_h) * HOUR)} h`);
      expect([1, 3]).toContain(fase_id);
    }
    // Who was urgent has no number yet.
    expect(overtaken.some(({ by_of_id }) => by_of_id === 'new-1' || by_of_id === 'new-2')).toBe(true);
    const more = reasonsOf({ ...CROWDED, capacity: [{ phase: 0, servers: 9 }] }, crowded);
    expect(more.some(({ reason, fase_nome }) => reason === 'SERVER' && fase_nome === 'Corte')).toBe(true);
    for (const { reason, explanation } of more) if (reason === 'SERVER') expect(explanation).toContain('earlier');
    const longer = reasonsOf({ ...BASELINE, durations: [{ phase: 1, factor: 3 }] });
    expect(longer.some(({ reason, fase_id }) => reason === 'DURATION' && fase_id === 2)).toBe(true);
    const closed = reasonsOf({ ...BASELINE, closed: [{ from: END, until: END + 2 * DAY }] });
    const waits = closed.filter(({ reason }) => reason === 'CALENDAR');
    expect(waits.length).toBeGreaterThan(0);
    expect(
      waits.every(({ fase_id, fase_nome }) => fase_id === undefined && fase_nome === 'waiting between phases'),
    ).toBe(true);
  });

  it('compares what was used at each phase type', () => {
    const answer = answerOf();
    const [before, after] = [resourceUse(baseline.run), resourceUse(slow.run)];
    const sideOf = (use: (typeof before)[number], { plan }: Simulated, phase: number) => ({
      capacity: plan.servers[phase],
      speed: plan.speeds[phase],
      utilizacao_pct: Math.round(100 * use.utilisation * 1e4) / 1e4,
      mean_wait_h: hours(use.meanWait),
      max_wait_h: hours(use.maxWait),
      mean_queue: Math.round(use.meanQueue * 1e4) / 1e4,
    });
    expect(answer.phases).toEqual(
      model.phases.map(({ id, name, free }, phase) => ({
        fase_id: id,
        fase_nome: name,
        needs_capacity: free === null,
        operations: after[phase + 1].operations,
        baseline: sideOf(before[phase + 1], baseline, phase),
        simulated: sideOf(after[phase + 1], slow, phase),
      })),
    );
    expect(answer.phases[0].simulated.utilizacao_pct).toBeGreaterThan(answer.phases[0].baseline.utilizacao_pct);
  });

  it('has the orders in work at the end of each day, until none is', () => {
    const answer = answerOf();
    const inWork = (of: Simulated, moment: number): number =>
      jobs.filter((job) => Math.max(model.start, model.orders[job].created) <= moment && finish(of, job) > moment)
        .length;
    for (const { day, baseline: before, simulated } of answer.wip_curve) {
      const moment = model.start + day * DAY;
      expect([before, simulated]).toEqual([inWork(baseline, moment), inWork(slow, moment)]);
    }
    const [first, second] = answer.wip_curve;
    expect(first).toEqual({ day: 0, baseline: jobs.length, simulated: jobs.length });
    const last = answer.wip_curve.at(-1);
    expect([last?.baseline, last?.simulated]).toEqual([0, 0]);
    const days = Math.ceil(
      (Math.max(...jobs.flatMap((job) => [finish(baseline, job), finish(slow, job)])) - model.start) / DAY,
    );
    expect(second.day).toBe(Math.max(1, Math.ceil(days / 120)));
    expect(answer.wip_curve.length).toBeLessThanOrEqual(122);
  });

  it('names the first decision that was another one', () => {
    const { first_decision: decision } = answerOf(crowded, side({ ...CROWDED, rule: 'EDD' }));
    expect(decision).toMatchObject({ fase_id: 1, fase_nome: 'Corte' });
    // Another is due earlier: it is taken before the one that had come first, and both waited.
    expect(decision?.waiting).toBeGreaterThanOrEqual(2);
    expect(decision?.baseline_of_id).not.toBe(decision?.simulated_of_id);
    expect(decision?.at_h).toBeGreaterThanOrEqual(0);
    expect(decision?.baseline_of_id ?? decision?.simulated_of_id).toBeDefined();
    expect(answerOf(baseline, baseline).first_decision).toBeUndefined();
  });

  it('tells what becomes of urgent orders', () => {
    const answer = answerOf();
    const urgent = slow.plan.orders.flatMap(({ kind, order }, job) =>
      kind === 'URGENT'
        ? [{ lead: instantOf(finish(slow, job)) - instantOf(order.created), at: finish(slow, job) }]
        : [],
    );
    expect(answer.urgent_orders).toEqual(
      urgent.map(({ lead, at }) => ({ produto_id: 1, lead_time_h: hours(lead), on_time: at < model.start + DAY })),
    );
    expect(answer.urgent_orders).toHaveLength(2);
    const never = side({ ...BASELINE, urgent: [{ product: 1, quantity: 1, due: null }] });
    expect(answerOf(baseline, never).urgent_orders?.[0]).not.toHaveProperty('on_time');
    expect(answerOf(baseline, baseline)).not.toHaveProperty('urgent_orders');
  });
});
