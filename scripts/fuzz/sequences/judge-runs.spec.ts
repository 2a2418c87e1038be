import { countBeside, faultOfEnd, faultsOfTally, type Run } from './judge-runs';

const run = (given: Partial<Run> = {}): Run => ({ id: 7, isGood: true, isCancelled: false, ...given });

describe('the end of a run', () => {
  it.each([
    [run(), { status: 'COMPLETED' }],
    [run({ isCancelled: true }), { status: 'COMPLETED' }],
    [run({ isCancelled: true }), { status: 'CANCELLED', code: 'RUN_CANCELLED' }],
    [run({ isGood: false }), { status: 'FAILED', code: 'XLSX_NOT_ZIP' }],
    [run({ isGood: false, isCancelled: true }), { status: 'CANCELLED' }],
  ])('of %o may be %o', (given, end) => {
    expect(faultOfEnd(given, end)).toBeUndefined();
  });

  it.each([
    [run(), { status: 'FAILED', code: 'INGESTION_BUSY' }, 'run 7 of a good workbook ended as FAILED (INGESTION_BUSY)'],
    [run({ isCancelled: true }), { status: 'FAILED' }, 'run 7 of a good workbook ended as FAILED'],
    [run(), { status: 'CANCELLED' }, 'run 7 of a good workbook ended as CANCELLED'],
    [run(), { status: 'INTERRUPTED' }, 'run 7 of a good workbook ended as INTERRUPTED'],
    [run({ isGood: false }), { status: 'COMPLETED' }, 'run 7 of a bad workbook ended as COMPLETED'],
  ])('of %o may not be %o', (given, end, fault) => {
    expect(faultOfEnd(given, end)).toBe(fault);
  });
});

describe('what is read beside loads', () => {
  it('is what overlaps one, wholly or in part', () => {
    const loads = [{ began: 100, ended: 200 }];
    const reads = [
      { began: 50, ended: 99 },
      { began: 90, ended: 110 },
      { began: 120, ended: 130 },
      { began: 190, ended: 210 },
      { began: 201, ended: 220 },
    ];
    expect(countBeside(reads, loads)).toBe(3);
    expect(countBeside(reads, [])).toBe(0);
  });
});

describe('all sequences together', () => {
  const idle = { ends: new Map([['FAILED', 9]]), reads: 50, readsBesideLoads: 0 };

  it('must have completed and cancelled runs, and have read beside them', () => {
    expect(faultsOfTally(idle, 6)).toEqual([
      'no run ended as COMPLETED',
      'no run ended as CANCELLED',
      'nothing was read while a load ran',
    ]);
    const ends = new Map(Object.entries({ COMPLETED: 1, CANCELLED: 1 }));
    expect(faultsOfTally({ ends, reads: 50, readsBesideLoads: 1 }, 6)).toEqual([]);
  });

  it('are held to nothing that chance may leave out where they are few', () => {
    expect(faultsOfTally(idle, 5)).toEqual([]);
  });
});
