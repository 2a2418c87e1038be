import fc from 'fast-check';
import { splitByTime } from './split';

it('puts each row on one side, and those that a cut catches open on none', () => {
  const cuts = { trainBefore: 10, validationBefore: 20, testFrom: 20, testBefore: 30 };
  //        learned  judged  across the cut  tested  too late  not ended
  const begun = [1, 5, 15, 22, 31, 25];
  const ended = [9, 15, 25, 28, 35, NaN];
  const { train, validation, test, gap } = splitByTime(begun, ended, cuts);
  expect([[...train], [...validation], [...test], gap]).toEqual([[0], [1], [3], 1]);
});

it('counts what happens at a cut to what comes after it', () => {
  const cuts = { trainBefore: 10, validationBefore: 20, testFrom: 25, testBefore: 30 };
  //        validated  gap  tested  tested  too late  gap
  const begun = [9, 19, 25, 29, 30, 24];
  const ended = [10, 20, 26, 90, 31, 25];
  const { train, validation, test, gap } = splitByTime(begun, ended, cuts);
  expect([[...train], [...validation], [...test], gap]).toEqual([[], [0], [2, 3], 2]);
});

it('never learns from an outcome that a test row could not have known', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 });
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 40 })), { maxLength: 50 });
  fc.assert(
    fc.property(moments, rows, (unordered, pairs) => {
      const [trainBefore, validationBefore, testFrom, testBefore] = unordered.sort((one, other) => one - other);
      const begun = pairs.map(([begin]) => begin);
      const ended = pairs.map(([begin, takes]) => begin + takes);
      const split = splitByTime(begun, ended, { trainBefore, validationBefore, testFrom, testBefore });
      for (const learned of [...split.train, ...split.validation]) {
        for (const tested of split.test) expect(ended[learned]).toBeLessThanOrEqual(begun[tested]);
      }
      for (const learned of split.train) expect(ended[learned]).toBeLessThan(trainBefore);
    }),
  );
});

it('refuses cuts out of order, also when one is no time, and takes cuts at one moment', () => {
  const cuts = { trainBefore: 1, validationBefore: 2, testFrom: 3, testBefore: 4 };
  const wrong = [{ trainBefore: 2.5 }, { validationBefore: 3.5 }, { testFrom: 4.5 }, { testBefore: NaN }];
  for (const each of wrong) expect(() => splitByTime([], [], { ...cuts, ...each })).toThrow(RangeError);
  const atOnce = { trainBefore: 7, validationBefore: 7, testFrom: 7, testBefore: 7 };
  expect(splitByTime([1], [2], atOnce).train.length).toBe(1);
});
