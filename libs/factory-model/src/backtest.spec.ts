import { simulate } from '@libs/simulation';
import { backtestModel, isWithinTolerance } from './backtest';
import { buildModelUntil } from './build-model';
import type { FactoryData } from './factory-data';
import { durationsOf, planOf } from './plan';
import { BASELINE } from './scenario';
import { DAY, END, factoryOf, FIRST, HOUR, made, type MadeOrder } from './testing/made-factory';

/**
 * One order every third day, cut for one to six hours until the fourth day is over; every seventh without a due date, every
 * fifth cut a second time as a return. Number 209 is never finished. Orders finish, and cuts end, at the very moments that are
 * tried: number 110 and 200, and number 116 and 206.
 */
const orders = made(300)
  .filter(({ number }) => number % 3 === 2)
  .map(({ number, row }, place): MadeOrder => {
    const at = (hours: number) => (row.created + hours * HOUR < END ? row.created + hours * HOUR : undefined);
    const again = { type: 1, start: at(97), end: at(98), isReturn: true };
    const cut = { type: 1, start: at(95 - (place % 6)), end: at(96) };
    const phases = [cut, ...(place % 5 === 0 ? [again] : []), ...row.phases.slice(1)];
    return { number, row: { ...row, phases, finished: number === 209 ? undefined : row.finished } };
  });
const made100 = factoryOf(orders);
const data: FactoryData = {
  ...made100,
  orders: made100.orders.map((order, index) => ({
    ...order,
    // Finished on the tenth day: with eight days of time it is late.
    due: index % 7 === 0 ? null : FIRST + (orders[index].number + (index % 3 === 0 ? 8 : 11)) * DAY,
  })),
};
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4 + 0;
const mean = (values: number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('the model tried on its past', () => {
  it('begins at the moments that have a quarter of data before them', () => {
    // 300 days of data: 90 and 180 days ago lie 210 and 120 days after the first order, 270 days ago 30.
    expect(backtestModel(data).map(({ days_ago, window_days }) => [days_ago, window_days])).toEqual([
      [90, 90],
      [180, 90],
    ]);
    expect(backtestModel(factoryOf([]))).toEqual([]);
  });

  it.each([0, 1])('tells what became of the orders that were there and came (moment %d)', (which) => {
    const moment = END - (which + 1) * 90 * DAY;
    const until = moment + 90 * DAY;
    const { model, arrived } = buildModelUntil(data, moment, until);
    const plan = planOf(model, BASELINE, arrived);
    const { completion, end } = simulate(plan.instance, { rule: 'FIFO' });
    const drawn = Array.from({ length: 8 }, (_, number) => {
      const { durations, remaining } = durationsOf(model, BASELINE, plan, { seed: 1, number });
      return simulate(plan.instance, { rule: 'FIFO', durations, remaining }).completion;
    });
    const result = backtestModel(data)[which];
    // Four are in work, and thirty come in 90 days; 240 hours after its creation each but number 209 is finished.
    expect(result).toMatchObject({ active_orders: 4, arrived_orders: 30 });
    const finishes = orders.map(({ row }) => row.finished ?? NaN);
    const actual = finishes.filter((finish) => finish >= moment && finish < until).length;
    expect(actual).toBe([29, 30][which]);
    const within = (ends: Float64Array): number => [...ends].filter((finish) => finish < until).length;
    const drawnMean = mean(drawn.map(within));
    expect(result.throughput).toEqual({
      actual,
      simulated: within(completion),
      ratio: rounded(within(completion) / actual),
      drawn: rounded(drawnMean),
      drawn_ratio: rounded(drawnMean / actual),
      within_tolerance: rounded(Math.abs(within(completion) / actual - 1)) <= 0.1,
    });
    const finishOf = new Map(data.orders.map(({ ofId }, index) => [ofId, finishes[index]]));
    const jobs = plan.orders.map(({ order }, job) => ({ order, job, finish: finishOf.get(order.ofId) ?? NaN }));
    const errors = jobs
      .slice(0, 4)
      .map(({ job, finish }) => (completion[job] - finish) / DAY)
      .filter((error) => !Number.isNaN(error));
    expect(errors).toHaveLength([3, 4][which]);
    expect(result.lead_time).toEqual({
      orders: errors.length,
      bias_days: rounded(mean(errors)),
      mean_absolute_error_days: rounded(mean(errors.map(Math.abs))),
    });
    const judged = jobs.filter(({ order, finish }) => order.due !== null && finish < until);
    const onTime = (finish: number, due: number | null): boolean => finish < (due ?? NaN) + DAY;
    const share = (ends: (each: (typeof judged)[number]) => number): number =>
      (100 * judged.filter((each) => onTime(ends(each), each.order.due)).length) / judged.length;
    const wrong = judged.filter(
      ({ order, job, finish }) => onTime(finish, order.due) !== onTime(completion[job], order.due),
    );
    expect(result.on_time).toEqual({
      orders: judged.length,
      actual_pct: rounded(share(({ finish }) => finish)),
      simulated_pct: rounded(share(({ job }) => completion[job])),
      drawn_pct: rounded(mean(drawn.map((ends) => share(({ job }) => ends[job])))),
      wrong_pct: rounded((100 * wrong.length) / judged.length),
    });
    // A third is due on the eighth day, and finished on the tenth.
    expect(result.on_time.actual_pct).toBeGreaterThan(50);
    expect(result.on_time.actual_pct).toBeLessThan(80);
    const phases = model.phases.map(({ id, name }, phase) => {
      const ended = orders
        .flatMap(({ row }) => row.phases)
        .filter(
          ({ type, end: at = NaN, isReturn }) => type === id && at >= moment && at < until && isReturn !== true,
        ).length;
      const simulated = [...plan.operationPhase].filter((each, place) => each === phase && end[place] < until).length;
      return { fase_id: id, fase_nome: name, actual: ended, simulated, ratio: rounded(simulated / ended) };
    });
    expect(result.phases).toEqual(phases);
    expect(phases.every((phase) => phase.actual > 25)).toBe(true);
    expect(result.failing_phases).toEqual(
      phases.filter(({ ratio }) => Math.abs(ratio - 1) > 0.1).map(({ fase_nome }) => fase_nome),
    );
  });

  it('names the phase types that are off by more than a tenth, of those with 20 executions', () => {
    // Of the 30 checks in the last 90 days those of ten or eleven orders were not recorded: what the model expects did not happen.
    const latest = (unchecked: (place: number) => boolean) => {
      const rows = orders.map(({ number, row }, place): MadeOrder => {
        const phases = row.phases.map((phase) =>
          phase.type === 3 && (phase.start ?? 0) >= END - 90 * DAY && unchecked(place) ? { type: 3 } : phase,
        );
        return { number, row: { ...row, phases } };
      });
      const [result] = backtestModel(factoryOf(rows));
      return { result, checked: result.phases.find(({ fase_id }) => fase_id === 3) };
    };
    const twenty = latest((place) => place % 3 === 0);
    expect(twenty.checked?.actual).toBe(20);
    expect(twenty.checked?.ratio).toBeGreaterThan(1.3);
    expect(twenty.result.failing_phases).toEqual(['Controlo']);
    const nineteen = latest((place) => place % 3 === 0 || place === 70);
    expect(nineteen.checked?.actual).toBe(19);
    expect(nineteen.result.failing_phases).toEqual([]);
  });

  it('needs a quarter of data before the moment, and orders there or to come', () => {
    const days = (first: number, rows: readonly MadeOrder[]): number[] => {
      const row = { created: first, finished: first + DAY, product: 1, phases: [] };
      return backtestModel(factoryOf([{ number: 0, row }, ...rows])).map(({ days_ago }) => days_ago);
    };
    const [later] = made(50);
    expect(days(END - 180 * DAY, [later])).toStrictEqual([]);
    expect(days(END - 180 * DAY - 1, [later])).toStrictEqual([90]);
    expect(days(END - 180 * DAY - 1, [])).toStrictEqual([]);
    // Of number 200 to 221 as many were there as came.
    const [latest] = backtestModel(factoryOf(orders.filter(({ number }) => number < 224)));
    expect(latest).toMatchObject({ days_ago: 90, active_orders: 4, arrived_orders: 4 });
  });

  it('has no shares where there is nothing to divide by', () => {
    // One came, and of it nothing was ever recorded: in the model, which has never seen any work, it is finished at once.
    const [early] = made(300);
    const [{ row }] = made(50);
    const phases = [{ type: 1 }, { type: 3 }];
    const later = { number: 901, row: { ...row, finished: undefined, phases } };
    const some = factoryOf([{ ...early, row: { ...early.row, phases: [] } }, later]);
    const [result] = backtestModel({ ...some, orders: some.orders.map((order) => ({ ...order, due: null })) });
    expect(result).toEqual({
      ...{ days_ago: 90, window_days: 90, active_orders: 0, arrived_orders: 1 },
      throughput: { actual: 0, simulated: 1, ratio: 0, drawn: 1, drawn_ratio: 0, within_tolerance: false },
      lead_time: { orders: 0, bias_days: 0, mean_absolute_error_days: 0 },
      on_time: { orders: 0, actual_pct: 0, simulated_pct: 0, drawn_pct: 0, wrong_pct: 0 },
      phases: [
        { fase_id: 1, fase_nome: 'Corte', actual: 0, simulated: 1, ratio: 0 },
        { fase_id: 3, fase_nome: 'Controlo', actual: 0, simulated: 1, ratio: 0 },
      ],
      failing_phases: [],
    });
  });

  it('allows a tenth on either side, the tenth itself included', () => {
    // 1.1 − 1 is 0.10000000000000009 in binary.
    expect([0.9, 1, 1.1].map(isWithinTolerance)).toEqual([true, true, true]);
    expect([0, 0.8999, 1.1001, 2].map(isWithinTolerance)).toEqual([false, false, false, false]);
  });
});
