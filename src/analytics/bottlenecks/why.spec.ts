import { why } from './why';

const HOUR = 3600;

describe('the sentence of a bottleneck', () => {
  it('has the numbers that made the score', () => {
    const now = { faseId: 5, wip: 44, wipAgeP90: 744.98 * HOUR, queue: 2, queueAgeP90: 157.9 * HOUR };
    expect(why('Pintura', now, { load: 5.5, wipAgeP90: 423.2 * HOUR, queueAgeP90: 9.97 * HOUR })).toBe(
      '46 orders at Pintura (44 open, 2 queued), usually 5.5; 9 in 10 open phases are at most 745 h old (usually 423 h); 9 in 10 queued orders have waited at most 158 h (usually 10 h).',
    );
  });

  it('leaves out what is not there and says what has no past', () => {
    const now = { faseId: 5, wip: 1, wipAgeP90: 2.25 * HOUR, queue: 0, queueAgeP90: null };
    expect(why('Cura', now, {})).toBe(
      '1 order at Cura (1 open, 0 queued), with no earlier value to compare; 9 in 10 open phases are at most 2.3 h old (no earlier value to compare).',
    );
  });
});
