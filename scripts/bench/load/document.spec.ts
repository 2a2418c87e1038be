import { judgeErrors, type Stage } from './document';
import type { LoadsFigures } from './loads-beside';

/** A stage whose requests were answered so often, each with 200. */
function stage(answers: Record<string, number>, loads: LoadsFigures = { seconds: [3], failures: [] }): Stage {
  const byName = Object.entries(answers).map(([name, times]) => {
    const milliseconds = Array<number>(times).fill(5);
    return [name, { sloMs: undefined, milliseconds, byStatus: new Map([[200, times]]), wrong: new Map() }] as const;
  });
  const traffic = { byName: new Map(byName), errors: 0, timeouts: 0, requestsPerSecond: 1 };
  return { connections: 16, seconds: 5, traffic, loads, looks: [] };
}

const verdicts = (...stages: Stage[]): boolean[] => judgeErrors(stages).map(({ isReached }) => isReached);

describe('errors under load, judged', () => {
  it('are none where everything is answered and every load completes', () => {
    expect(verdicts(stage({ a: 10, b: 6 }))).toEqual([true, true]);
  });

  it('are what is never answered at one of the stages, and fewer answers than connections', () => {
    const stages = [stage({ a: 20, b: 20 }), stage({ a: 20, b: 0 }), stage({ a: 14, b: 1 })];
    expect(judgeErrors(stages).slice(0, 3)).toMatchObject([
      { isReached: true },
      { isReached: false, found: '0 of 5xx, none for b' },
      { isReached: false, found: '0 of 5xx, 15 answers in all' },
    ]);
  });

  it('are wrong statuses, broken connections, and requests without an answer', () => {
    const bad = stage({ a: 20 });
    bad.traffic.byName.get('a')!.wrong.set(404, 2);
    expect(judgeErrors([{ ...bad, traffic: { ...bad.traffic, errors: 1, timeouts: 3 } }])[0]).toMatchObject({
      isReached: false,
      found: '0 of 5xx, 2 times 404 for a, 1 broken off, 3 without an answer',
    });
  });

  it('are a load that fails at any stage, and no load at all', () => {
    expect(verdicts(stage({ a: 20 }), stage({ a: 20 }, { seconds: [], failures: ['x.xlsx: FAILED'] }))[2]).toBe(false);
    expect(verdicts(stage({ a: 20 }, { seconds: [], failures: [] }))[1]).toBe(false);
  });
});
