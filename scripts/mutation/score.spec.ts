import { mutantsOf, ofFiles, percentOf, scoreOf, survivors, total, type Mutant, type MutationReport } from './score';

const mutant = (status: Mutant['status'], line = 1, statusReason?: string): Mutant => ({
  mutatorName: 'EqualityOperator',
  replacement: 'a <\n  b',
  status,
  statusReason,
  location: { start: { line, column: 5 } },
});

const report: MutationReport = {
  files: {
    'libs/a.ts': {
      mutants: [
        mutant('Survived', 9),
        mutant('Killed'),
        mutant('Timeout', 1, 'Hit limit reached (201/200)'),
        mutant('NoCoverage', 3),
      ],
    },
    'libs/b.ts': { mutants: [mutant('Timeout'), mutant('Ignored'), mutant('RuntimeError'), mutant('Pending')] },
  },
};

it('scores what was noticed, endless loops among it, what the clock or a crash ended not, without what is ignored or was not tried', () => {
  const score = scoreOf(report);
  expect(score).toEqual({
    files: 2,
    killed: 1,
    timeout: 1,
    // one by the clock, one with the process of the tests
    clock: 2,
    survived: 1,
    noCoverage: 1,
    ignored: 1,
    pending: 1,
  });
  expect(mutantsOf(score)).toBe(6);
  // two of six
  expect(percentOf(score)).toBeCloseTo(100 / 3, 10);
});

it('scores some files of a report alone, and nothing where it has none of them', () => {
  // libs/a.ts: killed, an endless loop, survived, reached by no test
  expect(percentOf(scoreOf(ofFiles(report, ['libs/a.ts', 'libs/c.ts'])))).toBe(50);
  expect(percentOf(scoreOf(ofFiles(report, ['libs/c.ts'])))).toBeNaN();
});

it('adds targets up', () => {
  const twice = total([scoreOf(report), scoreOf(report)]);
  expect(twice).toEqual({
    files: 4,
    killed: 2,
    timeout: 2,
    clock: 4,
    survived: 2,
    noCoverage: 2,
    ignored: 2,
    pending: 2,
  });
});

it('lists what no test noticed, in the order of the file', () => {
  expect(survivors(report)).toEqual([
    'libs/a.ts:3:5 EqualityOperator: a < b (no test reaches it)',
    'libs/a.ts:9:5 EqualityOperator: a < b',
  ]);
});
