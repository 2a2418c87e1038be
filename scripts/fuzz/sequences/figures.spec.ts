import { figuresOf, tellingReads } from './figures';

describe('figures', () => {
  it('are the same for another run that published the same', () => {
    const answer = { run_id: 1, generated_at: 'now', orders: [{ of_id: '7', version: 2 }] };
    const again = { run_id: 2, generated_at: 'then', orders: [{ of_id: '7', version: 3 }] };
    expect(figuresOf(JSON.stringify(again))).toBe(figuresOf(JSON.stringify(answer)));
    expect(figuresOf('{"orders":[{"of_id":"8"}]}')).not.toBe(figuresOf(JSON.stringify(answer)));
  });
});

describe('the reads that tell workbooks apart', () => {
  it('are those with other figures for each of them', () => {
    const known = new Map([
      ['a', { '/all': '1', '/some': '1', '/none': '1' }],
      ['b', { '/all': '2', '/some': '1', '/none': '1' }],
      ['c', { '/all': '3', '/some': '2', '/none': '1' }],
    ]);
    expect(tellingReads(known, ['/all', '/some', '/none'])).toEqual(['/all']);
  });
});
