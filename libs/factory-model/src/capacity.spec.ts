import fc from 'fast-check';
import { capacityOf, type Executions } from './capacity';
import { WorkClock } from './week-calendar';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** A Monday, 400 days after another. */
const MOMENT = 19_723 * DAY;
const ALWAYS = new Array<number>(168).fill(1);

/** Executions from an hour to another, counted back from the moment. */
const executionsOf = (some: readonly (readonly [from: number, until: number])[]): Executions => ({
  start: some.map(([from]) => MOMENT - from * HOUR),
  end: some.map(([, until]) => MOMENT - until * HOUR),
});
const capacity = (executions: Executions, apt: number | null = null, open = ALWAYS) =>
  capacityOf(executions, MOMENT, new WorkClock(open), apt);

/** So many executions of an hour, one after the other, from so many days before on, on `lanes` lanes side by side. */
function busy(daysBefore: number, count: number, lanes: number): [number, number][] {
  return Array.from({ length: count }, (_, number) => {
    const from = daysBefore * 24 - Math.floor(number / lanes);
    return [from, from - 1];
  });
}

describe('the capacity of a phase type', () => {
  it('is how many ran at once in nine tenths of the working time of the latest quarter', () => {
    // In 2160 hours: 1000 with two at a time, the others with none; two at once is more than a tenth.
    const found = capacity(executionsOf(busy(60, 2000, 2).filter(([, until]) => until >= 0)));
    expect(found.windows[0]).toEqual({ daysBefore: 90, days: 90, executions: 2000, p90: 2, mean: 0.926 });
    expect(found).toMatchObject({ capacity: 2, basis: 'RECENT_WINDOW' });
    // 216 of 2160 hours with three at a time are the last tenth, 217 more than it.
    expect(capacity(executionsOf(busy(60, 3 * 216, 3))).capacity).toBe(1);
    expect(capacity(executionsOf(busy(60, 3 * 217, 3))).capacity).toBe(3);
  });

  it('is of the latest quarter with 20 executions, else of the year, else one', () => {
    const before = busy(170, 3000, 3).filter(([, until]) => until >= 90 * 24);
    expect(capacity(executionsOf([...before, ...busy(50, 19, 1)]))).toMatchObject({
      capacity: 3,
      basis: 'RECENT_WINDOW',
    });
    expect(capacity(executionsOf([...before, ...busy(50, 20, 1)]))).toMatchObject({
      capacity: 1,
      basis: 'RECENT_WINDOW',
    });
    expect(capacity(executionsOf(busy(300, 19, 1)))).toMatchObject({ capacity: 1, basis: 'YEAR' });
    expect(capacity(executionsOf([]))).toMatchObject({ capacity: 1, basis: 'NO_EXECUTIONS' });
    expect(capacity(executionsOf(busy(400, 500, 1).filter(([, until]) => until >= 360 * 24)))).toMatchObject({
      capacity: 1,
      basis: 'NO_EXECUTIONS',
    });
  });

  it('is no more than the workers who are apt for it, where any are known', () => {
    const executions = executionsOf(busy(80, 5000, 3).filter(([, until]) => until >= 0));
    expect(capacity(executions, 2)).toMatchObject({ capacity: 2, basis: 'APT_WORKERS' });
    expect(capacity(executions, 3)).toMatchObject({ capacity: 3, basis: 'RECENT_WINDOW' });
    expect(capacity(executions, 0)).toMatchObject({ capacity: 3, basis: 'RECENT_WINDOW' });
  });

  it('looks at each window from its first second to its last', () => {
    const executions = (some: readonly [number, number][]) =>
      capacity(executionsOf(some)).windows.map((window) => window.executions);
    // Until the latest quarter began, and from then on.
    expect(executions([[2165, 2160]])).toEqual([0, 1, 0, 0]);
    expect(executions([[2160, 2155]])).toEqual([1, 0, 0, 0]);
    expect(executions([[2161, 2159]])).toEqual([1, 1, 0, 0]);
    // From the moment on nothing counts.
    expect(executions([[0, -1]])).toEqual([0, 0, 0, 0]);
  });

  it('is one where the factory never works', () => {
    const never = new Array<number>(168).fill(0);
    const found = capacity(executionsOf([[9, 5]]), null, never);
    expect(found).toMatchObject({ capacity: 1, basis: 'YEAR' });
    expect(found.windows[0]).toEqual({ daysBefore: 90, days: 90, executions: 1, p90: 0, mean: 0 });
  });

  it('counts hour by hour what ran at once while the factory was open', () => {
    const hour = fc.integer({ min: 0, max: 380 * 24 });
    const some = fc.array(
      fc
        .tuple(hour, fc.integer({ min: 1, max: 40 * 24 }))
        .map(([until, length]): [number, number] => [until + length, until]),
      { maxLength: 40 },
    );
    const hours = fc.array(fc.constantFrom(0, 1), { minLength: 168, maxLength: 168 });
    fc.assert(
      fc.property(some, hours, (executions, open) => {
        const { windows } = capacity(executionsOf(executions), null, open);
        // How many ran at once, hour by hour before the moment.
        const atOnce = new Array<number>(421 * 24).fill(0);
        for (const [from, until] of executions)
          for (let before = until + 1; before <= from; before += 1) atOnce[before] += 1;
        windows.forEach((window, back) => {
          const levels: number[] = [];
          for (let before = (back + 1) * 2160; before > back * 2160; before -= 1) {
            // The moment is the beginning of a Monday.
            const inWeek = (((168 - before) % 168) + 168) % 168;
            if (open[inWeek] === 1) levels.push(atOnce[before]);
          }
          levels.sort((a, b) => a - b);
          const touching = executions.filter(([from, until]) => from > back * 2160 && until < (back + 1) * 2160).length;
          expect(window).toEqual({
            daysBefore: (back + 1) * 90,
            days: 90,
            executions: touching,
            p90: levels.length === 0 ? 0 : levels[Math.ceil(0.9 * levels.length) - 1],
            mean:
              levels.length === 0 ? 0 : Math.round((levels.reduce((a, b) => a + b, 0) / levels.length) * 1000) / 1000,
          });
        });
      }),
      { numRuns: 30 },
    );
  });
});
