import { riskLevel } from './risk-level';

describe('riskLevel', () => {
  it.each([
    [1, 'HIGH'],
    [0.5, 'HIGH'],
    [0.499, 'MEDIUM'],
    [0.2, 'MEDIUM'],
    [0.199, 'LOW'],
    [0, 'LOW'],
  ])('takes %p for %s', (score, level) => {
    expect(riskLevel(score)).toBe(level);
  });
});
