import { type Round, verdict } from './rounds';

const round = (loadWas: Round['loadWas'], faults: string[] = []): Round => ({
  target: 'worker',
  killedAfterMs: 1,
  loadWas,
  publishedAfterKill: 'first.xlsx',
  faults,
});

describe('the verdict on kills', () => {
  it('is passed where no round has a fault and one killed in a running load', () => {
    expect(verdict([round('waiting'), round('running'), round('ended')])).toEqual({
      line: '3 of 3 rounds without a fault, 1 of the kills in a running load: PASSED',
      isPassed: true,
    });
  });

  it('is failed where a round has a fault', () => {
    expect(verdict([round('running'), round('running', ['the worker ended'])]).isPassed).toBe(false);
  });

  it('is failed where every kill came before a load or after it, and where there was none', () => {
    expect(verdict([round('waiting'), round('ended')]).isPassed).toBe(false);
    expect(verdict([]).isPassed).toBe(false);
  });
});
