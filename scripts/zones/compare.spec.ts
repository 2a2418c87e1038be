import { compareZones, statusesOf, type ZoneResults } from './compare';

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

  it('differ where a test passes in one zone and is skipped in another', () => {
    const { findings } = compareZones([
      results('UTC', { a: 'passed', b: 'pending' }),
      results('X', { a: 'passed', b: 'passed' }),
    ]);
    expect(findings).toEqual(['b: pending in UTC']);
  });

  it('are a finding where nothing ran, and where all was skipped', () => {
    expect(compareZones([results('UTC', {})]).findings).toEqual(['No test passed.']);
    expect(compareZones([results('UTC', { a: 'pending' })]).findings).toEqual(['No test passed.']);
  });
});

describe('the statuses of a report', () => {
  const report = (name: string, message: string, ...statuses: string[]): Parameters<typeof statusesOf>[0] => ({
    testResults: [
      {
        name,
        message,
        startTime: 0,
        endTime: 0,
        assertionResults: statuses.map((status) => ({ fullName: 'adds up', status, failureMessages: [] })),
      },
    ],
  });

  it('keep a failure beside a test of the same name that passes', () => {
    expect([...statusesOf(report('/tree/a.spec.ts', '', 'failed', 'passed'), '/tree')]).toEqual([
      ['a.spec.ts: adds up', 'failed'],
      ['a.spec.ts: adds up (2)', 'passed'],
    ]);
  });

  it('name a file that does not load', () => {
    expect([...statusesOf(report('/tree/a.spec.ts', 'no such module'), '/tree')]).toEqual([
      ['a.spec.ts', 'failed: no such module'],
    ]);
  });
});
