import { validate } from './validate';

describe('the validation', () => {
  const report = validate();

  it.each(report.checks.map((check) => [check.name, check] as const))('%s is as expected', (_name, check) => {
    expect(check).toMatchObject({ passed: true });
    expect(Math.abs(check.computed - check.expected)).toBeLessThanOrEqual(check.tolerance * check.expected);
  });

  it('covers the published schedules, queues within 2 %, and four laws', () => {
    const tolerances = (group: string) =>
      report.checks.filter((check) => check.group === group).map((c) => c.tolerance);
    expect(tolerances('job_shop')).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(new Set(tolerances('queueing'))).toEqual(new Set([0.02]));
    expect(tolerances('invariant')).toEqual([0, 0, 0, 0]);
    expect(report.passed).toBe(true);
  });
});
