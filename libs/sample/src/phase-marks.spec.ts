import fc from 'fast-check';
import { countPhases, emptyTotals, isManned, type FactoryTotals } from './factory-totals';
import { NONE, OrderHistory } from './order-history';
import type { Fate } from './order-book';
import { MARK, MarkPlan, PhaseMarker, phaseReject } from './phase-marks';
import { AR, CO, CU, EM, EN, LA, LI, PI, type RouteType } from './phase-types';
import { DEFAULT_FAULTS, resolveOptions, type FaultRates, type ResolvedOptions } from './sample-options';

const NO_FAULTS = Object.fromEntries(Object.keys(DEFAULT_FAULTS).map((name) => [name, 0])) as unknown as FaultRates;
const options = (faults: Partial<FaultRates> = {}): ResolvedOptions =>
  resolveOptions({ scale: 1, seed: 9, faults: { ...NO_FAULTS, ...faults } });

/** 10,000 phases, of which the real shares are 23 planned alone (23.3), 458 planned and begun (458.4) and 511 with a shift (511.0). */
const TOTALS: FactoryTotals = {
  phases: 10_000,
  unbegun: 200,
  unbegunLaminations: 50,
  begunLaminationsOfOpen: 58,
  finishedRecorded: 9000,
  finishedLaminations: 700,
  shiftable: 1500,
  fractionable: 1400,
  manned: 8000,
};
const plan = (totals: Partial<FactoryTotals> = {}, faults: Partial<FaultRates> = {}): MarkPlan =>
  new MarkPlan(options(faults), { ...TOTALS, ...totals });

interface Phase {
  type: RouteType;
  begun: boolean;
}

function orderOf(fate: Fate, phases: readonly Phase[]): OrderHistory {
  const history = new OrderHistory();
  history.state = { fate, ordinal: 0, finishedBeforeCreated: false, missingKey: false };
  history.count = phases.length;
  phases.forEach(({ type, begun }, step) => {
    history.types[step] = type;
    history.start[step] = begun ? 1000 + step : NONE;
  });
  return history;
}

describe('MarkPlan', () => {
  it('plans as many phases as the real shares say: 440 of 1,210 of open orders, the others of finished ones', () => {
    // 23 · 440 / 1,210 = 8.4; the 58 laminations begun in open orders are planned anyway.
    expect(plan()).toMatchObject({ openPlanned: 8, finishedPlanned: 23 - 8, finishedPlannedAndBegun: 458 - 58 });
    expect(plan()).toMatchObject({ shifts: 511, fractions: 0, noDate: 0, noDateTotal: 200 - 8, future: 0 });
  });

  it('plans no more than there is', () => {
    expect(plan({ unbegunLaminations: 3 })).toMatchObject({ openPlanned: 3, finishedPlanned: 20 });
    expect(plan({ finishedLaminations: 10 })).toMatchObject({ finishedPlanned: 10, finishedPlannedAndBegun: 0 });
    expect(plan({ finishedLaminations: 100 })).toMatchObject({ finishedPlanned: 15, finishedPlannedAndBegun: 85 });
    expect(plan({ begunLaminationsOfOpen: 459 })).toMatchObject({ finishedPlannedAndBegun: 0 });
    expect(plan({ shiftable: 40 }).shifts).toBe(40);
    expect(plan({}, { numbersAsText: 0.1 }).fractions).toBe(1000);
    expect(plan({}, { numbersAsText: 0.2 }).fractions).toBe(1400);
  });

  it('counts phases not begun among those without a date, and takes the rest from recorded ones', () => {
    // 200 are not begun, of which 8 are planned: below 192 there is nothing to do.
    expect(plan({}, { noDate: 0.01 })).toMatchObject({ noDate: 0, noDateTotal: 192 });
    expect(plan({}, { noDate: 0.05 })).toMatchObject({ noDate: 500 - 192, noDateTotal: 500 });
  });

  it.each<[string, Partial<FaultRates>, Partial<FactoryTotals>]>([
    // Recorded 2,415 but 15 + 400 planned: 2,000 may lose their dates, of 2,192 asked for with the 192 not begun.
    ['dates to lose', { noDate: 0.2192 }, { finishedRecorded: 2415 }],
    // 300 of 492 are taken from recorded phases, and no more can be in the future.
    ['dates to come', { noDate: 0.0492, futureDates: 0.03 }, {}],
    // Recorded 1,015 but 15 planned alone: 1,000 for all faults together.
    ['one fault', { staleOpen: 0.1 }, { finishedRecorded: 1015 }],
    ['two faults', { endBeforeStart: 0.06, decimalCommas: 0.04 }, { finishedRecorded: 1015 }],
    // Those that lost their dates can have no other fault: 300 fewer.
    ['faults beside lost dates', { noDate: 0.0492, isoTextDates: 0.1 }, { finishedRecorded: 1315 }],
  ])('gives all the phases that are left to %s, and refuses one more', (_what, faults, totals) => {
    plan(totals, faults);
    const [name, rate] = Object.entries(faults).at(-1)!;
    const refused = { name: 'SampleError', code: 'SAMPLE_FAULTS_EXCEED' };
    expect(() => plan(totals, { ...faults, [name]: rate + 0.0001 })).toThrow(expect.objectContaining(refused));
  });
});

describe('PhaseMarker', () => {
  it('gives every phase at most one fault that it can have, and of each as many as the rates say', () => {
    const phase = fc.record({ type: fc.constantFrom(LA, LI, PI, CO, CU, EN), begun: fc.boolean() });
    const order = fc.tuple(
      fc.constantFrom<Fate>(...Array<Fate>(8).fill('finished'), 'active', 'dormant', 'atRest'),
      fc.array(phase, { minLength: 1, maxLength: 25 }),
    );
    const rates = { staleOpen: 0.02, endBeforeStart: 0.03, sentinelStart: 0.01, phasesMissingKey: 0.02 };
    const more = {
      textInNumber: 0.01,
      errorCells: 0.02,
      isoTextDates: 0.01,
      dayFirstTextDates: 0.03,
      decimalCommas: 0.02,
    };
    const byMark: [mark: number, rate: number][] = [
      [MARK.STALE_OPEN, rates.staleOpen],
      [MARK.END_BEFORE_START, rates.endBeforeStart],
      [MARK.SENTINEL_START, rates.sentinelStart],
      [MARK.MISSING_KEY, rates.phasesMissingKey],
      [MARK.TEXT_IN_NUMBER, more.textInNumber],
      [MARK.ERROR_CELL, more.errorCells],
      [MARK.ISO_TEXT, more.isoTextDates],
      [MARK.DAY_FIRST_TEXT, more.dayFirstTextDates],
      [MARK.DECIMAL_COMMA, more.decimalCommas],
    ];
    fc.assert(
      fc.property(fc.array(order, { minLength: 20, maxLength: 40 }), (drawn) => {
        const orders = drawn.map(([fate, phases]) => orderOf(fate, phases));
        const totals = emptyTotals();
        for (const one of orders) countPhases(one, totals);
        const all = drawn.flatMap(([fate, phases]) =>
          phases.map((one) => ({ ...one, isFinished: fate === 'finished' })),
        );
        const unbegun = all.filter(({ begun }) => !begun).length;
        const faults = {
          ...rates,
          ...more,
          noDate: unbegun / all.length + 0.05,
          futureDates: 0.02,
          numbersAsText: 0.05,
        };
        let made: MarkPlan;
        try {
          made = new MarkPlan(options(faults), totals);
        } catch {
          // Too few of finished orders in this one.
          fc.pre(false);
          return;
        }
        const marker = new PhaseMarker(made);
        const marked = orders.flatMap((one, index) => {
          marker.mark(one);
          return drawn[index][1].map((_, step) => ({
            mark: marker.marks[step],
            planned: marker.planned[step],
            shift: marker.shifts[step],
            fraction: marker.fractions[step],
          }));
        });
        const count = (test: (one: (typeof marked)[number], phase: (typeof all)[number]) => boolean): number =>
          marked.filter((one, index) => test(one, all[index])).length;
        const share = (rate: number): number => Math.round(all.length * rate);
        const laminated = ({ type }: Phase): boolean => type === LA || type === LI;
        const shiftable = (one: Phase): boolean => laminated(one) || one.type === PI;
        for (const [mark, rate] of byMark) {
          expect(count((one) => one.mark === mark)).toBe(share(rate));
          expect(count((one, { begun, isFinished }) => one.mark === mark && !(begun && isFinished))).toBe(0);
        }
        expect(count((one) => one.mark === MARK.FUTURE_DATE)).toBe(share(0.02));
        const undated = count(({ mark }) => mark === MARK.NO_DATE || mark === MARK.FUTURE_DATE);
        expect(undated).toBe(made.noDateTotal);
        // What is not begun has no date, or a planned one.
        expect(count(({ mark }, { begun }) => !begun && mark !== MARK.NO_DATE && mark !== MARK.PLANNED_ONLY)).toBe(0);
        expect(count((one) => one.mark === MARK.PLANNED_ONLY)).toBe(made.openPlanned + made.finishedPlanned);
        expect(count((one) => one.mark === MARK.PLANNED_ONLY && one.planned === 0)).toBe(0);
        expect(count((one, phase) => one.planned === 1 && !laminated(phase))).toBe(0);
        // In open orders every lamination that is begun was planned, and nothing is the matter with it.
        expect(count((one, phase) => phase.begun && !phase.isFinished && one.mark !== MARK.NOTHING)).toBe(0);
        const begunOpen = count((_, phase) => phase.begun && !phase.isFinished && laminated(phase));
        expect(count((one) => one.planned === 1)).toBe(
          made.openPlanned + made.finishedPlanned + made.finishedPlannedAndBegun + begunOpen,
        );
        expect(count((one) => one.shift > 0)).toBe(made.shifts);
        expect(count((one, phase) => one.shift > 3 || (one.shift > 0 && !shiftable(phase)))).toBe(0);
        expect(count((one) => one.fraction === 1)).toBe(made.fractions);
        expect(count((one, { type }) => one.fraction === 1 && type.fractions === undefined)).toBe(0);
      }),
    );
  });

  it('gives the three shifts to equally many', () => {
    const orders = Array.from({ length: 100 }, () => orderOf('finished', Array(20).fill({ type: LA, begun: true })));
    const totals = emptyTotals();
    for (const one of orders) countPhases(one, totals);
    // 2,000 · 26,523 / 519,079 = 102.2
    const marker = new PhaseMarker(new MarkPlan(options(), totals));
    const shifts = [0, 0, 0, 0];
    for (const one of orders) {
      marker.mark(one);
      for (let step = 0; step < 20; step++) shifts[marker.shifts[step]]++;
    }
    expect(shifts).toEqual([1898, 34, 34, 34]);
  });
});

describe('countPhases', () => {
  it('counts what each phase is, over all orders that it is shown', () => {
    const phases = (begun: number, ...types: RouteType[]): Phase[] =>
      types.map((type, i) => ({ type, begun: i < begun }));
    const totals = emptyTotals();
    countPhases(orderOf('finished', phases(4, LA, PI, CO, AR)), totals);
    countPhases(orderOf('finished', phases(1, LI, LA, EM)), totals);
    countPhases(orderOf('active', phases(2, PI, LA, LI, CU)), totals);
    expect(totals).toEqual({
      phases: 4 + 3 + 4,
      unbegun: 0 + 2 + 2,
      unbegunLaminations: 0 + 1 + 1,
      begunLaminationsOfOpen: 1,
      finishedRecorded: 4 + 1,
      finishedLaminations: 1 + 1,
      // Laminations and paintings, begun or not.
      shiftable: 2 + 2 + 3,
      // Paintings alone of these have a coefficient that does not end.
      fractionable: 1 + 0 + 1,
      // Begun, and neither storage nor curing.
      manned: 3 + 1 + 2,
    });
  });

  it('has people at work, laminating and painting, and nobody at what passes by itself', () => {
    expect([CO, LA, PI].map(isManned)).toEqual([true, true, true]);
    expect([CU, AR, EM, EN].map(isManned)).toEqual([false, false, false, false]);
  });
});

describe('phaseReject', () => {
  it('names the reason that a load finds first: of the row itself, then of its order', () => {
    const own = [
      [MARK.MISSING_KEY, 'NULL_KEY'],
      [MARK.TEXT_IN_NUMBER, 'INVALID_VALUE'],
      [MARK.ERROR_CELL, 'ERROR_CELL'],
      [MARK.END_BEFORE_START, 'INVALID_TIME_RANGE'],
    ] as const;
    for (const [mark, reason] of own)
      expect([phaseReject(mark, false), phaseReject(mark, true)]).toEqual([reason, reason]);
    const kept = Object.values(MARK).filter((mark) => !own.some(([other]) => other === mark));
    expect(kept).toHaveLength(9);
    for (const mark of kept)
      expect([phaseReject(mark, false), phaseReject(mark, true)]).toEqual([undefined, 'UNKNOWN_ORDER']);
  });
});
