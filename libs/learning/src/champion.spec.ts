import { judgeChallenger, judgeLatest, leastLoss } from './champion';

it('lets a model in that is better by the margin, and no other', () => {
  const baseline = { name: 'median', loss: 100 };
  expect(judgeChallenger(98, baseline, 'MAE').wins).toBe(true);
  expect(judgeChallenger(98.1, baseline, 'MAE').wins).toBe(false);
  expect(judgeChallenger(NaN, baseline, 'MAE').wins).toBe(false);
  expect(judgeChallenger(90, baseline, 'MAE').reason).toContain('10.0 % better');
});

it('sends a model away that has lately been worse', () => {
  expect(judgeLatest(10, 10, 'MAE', 500).wins).toBe(true);
  expect(judgeLatest(10.1, 10, 'MAE', 500)).toEqual({
    wins: false,
    reason: expect.stringContaining('lately been worse'),
  });
  expect(judgeLatest(NaN, 10, 'MAE', 500).wins).toBe(false);
});

it('chooses the least loss, the first of equals', () => {
  const found = leastLoss([
    { name: 'a', loss: NaN },
    { name: 'b', loss: 2 },
    { name: 'c', loss: 2 },
  ]);
  expect(found.name).toBe('b');
  expect(leastLoss([{ loss: 3 }, { loss: 1 }, { loss: 2 }])).toEqual({ loss: 1 });
  expect(() => leastLoss([{ loss: NaN }])).toThrow(RangeError);
  expect(() => leastLoss([])).toThrow('nothing to choose from');
});
