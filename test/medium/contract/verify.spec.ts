import { ALL_CHECKS } from '../../../scripts/verify/checks';
import { asker, compare, prepare } from '../../../scripts/verify/compare';
import { loadSample, type SampleLoad } from '../../support/sample-load';

/** The endpoints that this build documents. */
const SERVED = jest.requireActual<{ paths: Record<string, unknown> }>('../../../docs/openapi.json').paths;
const CHECKS = ALL_CHECKS.filter(({ name, path }) =>
  name === 'estimates' ? '/api/prodplan/risk_queue' in SERVED : path.split('?')[0] in SERVED,
);

describe('what the endpoints answer of a workbook with faults of every kind', () => {
  let sample: SampleLoad;
  beforeAll(async () => {
    sample = await loadSample();
    await prepare(sample.app.sql);
  });
  afterAll(() => sample.app.close());

  it.each(CHECKS.map((check) => [check.name, check] as const))(
    'is what a statement over its staged rows gives: %s',
    async (_, check) => {
      const comparisons = await compare(check, asker(sample.app.url), sample.app.sql);
      expect(comparisons.length).toBeGreaterThan(0);
      expect(comparisons.filter(({ isEqual }) => !isEqual)).toEqual([]);
    },
  );
});
