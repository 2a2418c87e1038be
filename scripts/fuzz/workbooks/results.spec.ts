import type { WorkbookCase } from './case';
import type { Outcome } from './reading';
import { Results, type Comparison } from './results';

const feature: WorkbookCase = { group: 'features', name: 'numbers', expected: { kind: 'read' }, source: { file: 'x' } };
const read: Outcome = { kind: 'read', cells: 1, sheets: [], seconds: 0.1, peakBytes: 1e8 };

describe('the results of all workbooks', () => {
  it('hold no finding where exceljs reads one feature the same and no other at all', () => {
    const results = new Results();
    results.add(feature, read, undefined, { kind: 'same' });
    results.add(feature, read, undefined, { kind: 'not read', how: 'failed' });
    expect(results.render(false).failed).toBe(0);
  });

  it.each<Comparison>([
    { kind: 'not read', how: 'refused' },
    { kind: 'different', explained: [] },
  ])('hold one where exceljs reads no feature the same: %p', (comparison) => {
    const results = new Results();
    results.add(feature, read, undefined, comparison);
    const { text, failed } = results.render(false);
    expect(failed).toBe(1);
    expect(text).toContain('- features: exceljs reads none of them with every cell the same');
  });

  it('need nothing of exceljs where no feature is tried', () => {
    const results = new Results();
    results.add({ ...feature, group: 'corpus' }, read, undefined, { kind: 'not read', how: 'failed' });
    expect(results.render(true).failed).toBe(0);
  });

  it('blame the last workbook for what it led to later', () => {
    const results = new Results();
    results.add(feature, read, undefined, { kind: 'same' });
    results.add({ ...feature, name: 'dates' }, read, undefined, { kind: 'same' });
    results.blameLast('ends the process after its answer (1): why');
    const { text, failed } = results.render(false);
    expect(failed).toBe(1);
    expect(text).toContain('- features, dates: ends the process after its answer (1): why');
  });
});
