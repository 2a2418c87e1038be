import { simulate } from '@libs/simulation';
import { backtestModel } from './backtest';
import { buildModelUntil } from './build-model';
import type { FactoryData } from './factory-data';
import { durationsOf, planOf } from './plan';
import { BASELINE } from './scenario';
import { DAY, END, factoryOf, FIRST, HOUR, made, type MadeOrder } from './testing/made-factory';

/** One order a day, cut for one to six hours; every seventh without a due date, every fifth cut a second time as a return. */
const orders = made(300).map(({ number, row }): MadeOrder => {
  const [cut, ...others] = row.phases;
  const until = (hours: number) =>
    cut.start !== undefined && cut.start + hours * HOUR < END ? cut.start + hours * HOUR : undefined;
  const again = { type: 1, start: until(7), end: until(8), isReturn: true };
  const phases = [{ ...cut, end: until(1 + (number % 6)) }, ...(number % 5 === 0 ? [again] : []), ...others];
  return { number, row: { ...row, phases } };
});
const made300 = factoryOf(orders);
const data: FactoryData = {
  ...made300,
  orders: made300.orders.map((order, index) => ({
    ...order,
    // Finished on the tenth day: with eight days of time it is late.
    due: index % 7 === 0 ? null : FIRST + (index + (index % 3 === 0 ? 8 : 11)) * DAY,
  })),
};
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4 + 0;
const mean = (values: number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('the model tried on its past', () => {
  const results = backtestModel(data);

  it('begins at the moments that have a quarter of data before them', () => {
    // 300 days of data: 90 and 180 days ago lie 210 and 120 days after the first order, 270 days ago 30.
    expect(results.map(({ days_ago, window_days }) => [days_ago, window_days])).toEqual([
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
    const result = results[which];
    // Ten are always in work, and one a day comes; 240 hours after its creation each is finished.
    expect(result).toMatchObject({ active_orders: 10, arrived_orders: 90 });
    const finishes = orders.map(({ row }) => row.finished ?? NaN);
    const actual = finishes.filter((finish) => finish >= moment && finish < until).length;
    expect(actual).toBe(90);
    const within = (ends: Float64Array): number => [...ends].filter((finish) => finish < until).length;
    const drawnMean = mean(drawn.map(within));
    expect(result.throughput).toEqual({
      actual,
      simulated: within(completion),
      ratio: rounded(within(completion) / actual),
      drawn: rounded(drawnMean),
      drawn_ratio: rounded(drawnMean / actual),
      within_tolerance: Math.abs(rounded(within(completion) / actual) - 1) <= 0.1,
    });
    const finishOf = new Map(data.orders.map(({ ofId }, index) => [ofId, finishes[index]]));
    const jobs = plan.orders.map(({ order }, job) => ({ order, job, finish: finishOf.get(order.ofId) ?? NaN }));
    const errors = jobs
      .slice(0, 10)
      .map(({ job, finish }) => (completion[job] - finish) / DAY)
      .filter((error) => !Number.isNaN(error));
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
    expect(phases.every((phase) => phase.actual > 80)).toBe(true);
    expect(result.failing_phases).toEqual(
      phases.filter(({ ratio }) => Math.abs(ratio - 1) > 0.1).map(({ fase_nome }) => fase_nome),
    );
  });

  it('names the phase types that are off by more than a tenth', () => {
    // In the last 90 days nothing was checked: what the model expects there did not happen.
    const unchecked = orders.map(({ number, row }): MadeOrder => {
      const phases = row.phases.map((phase) =>
        phase.type === 3 && (phase.start ?? 0) >= END - 90 * DAY && number % 2 === 0 ? { type: 3 } : phase,
      );
      return { number, row: { ...row, phases } };
    });
    const [latest] = backtestModel(factoryOf(unchecked));
    expect(latest.failing_phases).toEqual(['Controlo']);
    const checked = latest.phases.find(({ fase_id }) => fase_id === 3);
    expect(checked?.ratio).toBeGreaterThan(1.5);
  });
});
