import { compareZones, type ZoneResults } from './compare';

const results = (zone: string, tests: Record<string, string>): ZoneResults => ({
  zone,
  locale: 'C',
  seconds: 1,
  tests: new Map(Object.entries(tests)),
});

describe('the results of tests in several time zones', () => {
  it('are the same where every test passes in each, or is skipped', () => {
    const { rows, findings } = compareZones([
      results('UTC', { a: 'passed', b: 'pending' }),
      results('Asia/Kathmandu', { a: 'passed', b: 'pending' }),
    ]);
    expect(findings).toEqual([]);
    expect(rows[1]).toEqual(['Asia/Kathmandu, C', '2', '1', '1', '0', '1']);
  });

  it('differ where a test fails in one zone, and name it', () => {
    const { findings } = compareZones([results('UTC', { a: 'passed' }), results('Asia/Kathmandu', { a: 'failed' })]);
    expect(findings).toEqual(['a: failed in Asia/Kathmandu']);
  });

  it('differ where a test ran in one zone only', () => {
    const { findings } = compareZones([results('UTC', { a: 'passed', b: 'passed' }), results('X', { a: 'passed' })]);
    expect(findings).toEqual(['b: not run in X']);
  });

  it('are a finding where nothing ran', () => {
    expect(compareZones([results('UTC', {})]).findings).toEqual(['No test ran.']);
  });
});
