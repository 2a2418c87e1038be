import { faultsOf, toldByCommand, toldOver } from './told';

const began = toldOver('one API', 202, { run_id: 7 });
const refused = toldOver('the other API', 409, { run_id: 7 });
const busy = { code: 3, out: '', err: 'Load 7 is waiting or running. Wait for its end, or cancel it.\n' };

describe('those who ask for a load at once', () => {
  it('are told right where one begins and the others hear of that run, or find it loaded', () => {
    expect(faultsOf([began, refused, toldByCommand('the command', busy)])).toEqual([]);
    expect(faultsOf([began, toldOver('the other API', 200, { run_id: 7 })])).toEqual([]);
    const done = toldByCommand('the command', { code: 0, out: 'Run 7: COMPLETED\n', err: '' });
    expect(done).toEqual({ who: 'the command', outcome: 'began', runId: 7 });
    expect(faultsOf([done, refused])).toEqual([]);
  });

  it('are misled where another run is named than the one that began', () => {
    expect(faultsOf([began, toldOver('the other API', 409, { run_id: 6 })])).toEqual([
      'the other API was refused for run 6, while run 7 had begun',
    ]);
    const err = 'Load 6 is waiting or running.';
    expect(faultsOf([began, toldByCommand('the command', { ...busy, err })])).toHaveLength(1);
  });

  it('are too many where two begin, and too few where none does', () => {
    expect(faultsOf([began, { ...began, who: 'the other API' }])).toEqual(['2 loads began']);
    expect(faultsOf([refused])).toEqual(['0 loads began']);
  });

  it('may be told nothing else', () => {
    expect(faultsOf([began, toldOver('the other API', 409, {})])).toEqual(['the other API was told 409 {}']);
    const crashed = toldByCommand('the command', { code: 1, out: '', err: 'no\n' });
    expect(faultsOf([began, crashed])).toEqual(['the command was told exit 1: no']);
  });

  it('find it loaded where there is nothing to do', () => {
    const rested = toldByCommand('the command', { code: 0, out: 'Run 7: COMPLETED\n', err: 'Nothing to do: it is.\n' });
    expect(rested.outcome).toBe('rested');
  });
});
