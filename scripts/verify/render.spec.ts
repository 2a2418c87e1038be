import type { Comparison } from './compare';
import { renderComparisons } from './render';

const figure = (name: string, served: number, independent: number): Comparison => ({
  figure: name,
  path: '/api/x',
  served,
  independent,
  isEqual: served === independent,
});

describe('the table of comparisons', () => {
  it('has a line per figure', () => {
    expect(renderComparisons([figure('wip: total', 698, 698), figure('wip: of 3', 4, 5)], false)).toBe(
      [
        'figure      endpoint  served  independent  equal',
        'wip: total  /api/x    698     698          yes',
        'wip: of 3   /api/x    4       5            NO',
      ].join('\n'),
    );
  });

  it('counts the equal figures of a check that has many, and shows each difference', () => {
    const many = [
      ...Array.from({ length: 20 }, (_, index) => figure(`risk: ${index}`, 1, 1)),
      figure('risk: 20', 1, 2),
    ];
    expect(renderComparisons(many, false)).toBe(
      [
        'figure                  endpoint  served  independent  equal',
        'risk: 20 of 21 figures  /api/x                         yes',
        'risk: 20                /api/x    1       2            NO',
      ].join('\n'),
    );
    expect(renderComparisons(many, true).split('\n')).toHaveLength(22);
  });
});
