import { historyOf, type HistoryOrder } from '@libs/forecast';
import fc from 'fast-check';
import { standingOf } from './standing';

const NOW = 100;

/** By the words of the definition, phase by phase. */
function expected(order: HistoryOrder, knowsReturns: boolean, isPart: (type: number) => boolean): object {
  const before = (time: number | undefined): boolean => time !== undefined && time < NOW;
  const phases = order.phases.map((phase, index) => ({
    ...phase,
    index,
    isStarted: before(phase.start) || before(phase.end),
  }));
  const parts = phases.filter(({ type }) => isPart(type));
  const firstWork = parts.find(({ isStarted, isAutomatic }) => isStarted && isAutomatic !== true);
  const last = firstWork && parts.filter(({ isStarted, index }) => isStarted && index >= firstWork.index).at(-1);
  const after = parts.filter(({ index }) => last === undefined || index > last.index);
  // Before the first work, automatic phases are the wait for release.
  const work = last === undefined ? after.findIndex(({ isAutomatic }) => isAutomatic !== true) : 0;
  const left = (work === -1 ? [] : after.slice(work))
    .filter(({ isStarted, isReturn }) => !isStarted && (isReturn !== true || knowsReturns))
    .map(({ index }) => index);
  if (last === undefined) return { standing: 'RELEASE', since: order.created, left };
  if (before(last.start) && !before(last.end))
    return { standing: 'PROCESS', since: last.start, left: [last.index, ...left] };
  const ends = phases.filter(({ end, index }) => index < last.index && before(end)).map(({ end }) => end ?? NaN);
  return { standing: 'QUEUE', since: Math.max(last.end ?? NaN, ...ends), left };
}

describe('where an order stands', () => {
  it('is what its phases say, whatever was recorded of them', () => {
    const time = fc.option(fc.integer({ min: 50, max: 110 }), { nil: undefined, freq: 2 });
    const phase = fc.record({
      type: fc.integer({ min: 1, max: 4 }),
      start: time,
      end: time,
      isReturn: fc.boolean(),
      isAutomatic: fc.boolean(),
    });
    // Type 4 is storage, which is no part of making an order.
    const isPart = (type: number): boolean => type !== 4;
    fc.assert(
      fc.property(fc.array(phase, { maxLength: 7 }), fc.boolean(), (phases, knowsReturns) => {
        const order: HistoryOrder = { created: 10, phases };
        // The second of two, so that its phases do not begin where all do.
        const history = historyOf([{ created: 0, phases: [{ type: 1 }, { type: 2 }] }, order]);
        const found = standingOf(history, 1, NOW, isPart, knowsReturns);
        expect({ ...found, left: found.left.map((index) => index - 2) }).toEqual(expected(order, knowsReturns, isPart));
      }),
      { numRuns: 1000 },
    );
  });

  it('is still in process where it ends with the moment, and not yet begun where it begins with it', () => {
    const standing = (start: number, end?: number) =>
      standingOf(historyOf([{ created: 10, phases: [{ type: 1, start, end }] }]), 0, NOW, () => true, true);
    expect(standing(NOW - 5, NOW)).toEqual({ standing: 'PROCESS', since: NOW - 5, left: [0] });
    expect(standing(NOW - 5, NOW - 1)).toEqual({ standing: 'QUEUE', since: NOW - 1, left: [] });
    expect(standing(NOW)).toEqual({ standing: 'RELEASE', since: 10, left: [0] });
  });
});
