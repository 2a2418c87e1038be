import fc from 'fast-check';
import { first } from './ranking';

describe('first', () => {
  it('ranks by descending count and ascending value, as sorting all would', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 4 })), {
      selector: ([value]) => value,
    });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 6 }), (pairs, most) => {
        const counted = { values: pairs.map(([value]) => value), counts: pairs.map(([, count]) => count) };
        const all = pairs.map(([value, count]) => ({ value, count }));
        const even = (value: number): boolean => value % 2 === 0;
        expect(first(most, counted, 'frequent')).toEqual(
          [...all].sort((a, b) => b.count - a.count || a.value - b.value).slice(0, most),
        );
        expect(first(most, counted, 'smallest', even)).toEqual(
          [...all]
            .sort((a, b) => a.value - b.value)
            .filter(({ value }) => even(value))
            .slice(0, most),
        );
      }),
    );
  });
});
