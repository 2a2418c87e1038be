import { ALL_CHECKS } from '../../../scripts/verify/checks';
import { asker, compare, prepare, type Check } from '../../../scripts/verify/compare';
import { EtaBacktestProcessor } from '../../../src/analytics/jobs';
import { loadSample, MANY_FAULTS, type SampleLoad } from '../../support/sample-load';

const named = (checks: readonly Check[]) => checks.map((check) => [check.name, check] as const);
const GATED = ALL_CHECKS.filter(({ isGated }) => isGated);

async function differences(check: Check, { app }: SampleLoad) {
  const comparisons = await compare(check, asker(app.url), app.sql);
  return { compared: comparisons.length, different: comparisons.filter(({ isEqual }) => !isEqual) };
}
const NONE = { compared: expect.any(Number), different: [] };

describe('what the endpoints answer of a workbook with faults of every kind', () => {
  let sample: SampleLoad;
  beforeAll(async () => {
    sample = await loadSample();
    await prepare(sample.app.sql);
  });
  afterAll(() => sample.app.close());

  it.each(named(ALL_CHECKS.filter(({ isGated }) => !isGated)))(
    'is what a statement over its staged rows gives: %s',
    async (_, check) => {
      const found = await differences(check, sample);
      expect(found).toEqual(NONE);
      expect(found.compared).toBeGreaterThan(0);
    },
  );

  it.each(named(GATED))('is nothing to compare where a gate is closed: %s', async (_, check) => {
    expect(await differences(check, sample)).toEqual({ compared: 0, different: [] });
  });
});

describe('what needs a backtest, and assignments that name phases that are there', () => {
  let sample: SampleLoad;
  beforeAll(async () => {
    sample = await loadSample({ ...MANY_FAULTS, phasesMissingKey: 0, ordersMissingKey: 0 }, { assignmentMatchRate: 1 });
    await sample.app.app
      .get(EtaBacktestProcessor)
      .process({}, { jobId: 'test', attempt: 1, signal: new AbortController().signal });
    await prepare(sample.app.sql);
  });
  afterAll(() => sample.app.close());

  it.each(named(GATED))('is what a statement over its staged rows gives: %s', async (_, check) => {
    const found = await differences(check, sample);
    expect(found).toEqual(NONE);
    expect(found.compared).toBeGreaterThan(0);
  });
});
