import type { LoadState } from '../system';
import { whileLoading } from './lab';

/** Stands in for a product whose load is so far, one look after the other; the last one stays. */
const product = (...states: LoadState[]) => ({
  loadState: () => Promise.resolve(states.length > 1 ? (states.shift() as LoadState) : states[0]),
});

describe('what is done in the middle of a load', () => {
  it('is done once it runs', async () => {
    let struck = 0;
    expect(await whileLoading(product('waiting', 'waiting', 'running'), () => (struck += 1))).toEqual([]);
    expect(struck).toBe(1);
  });

  it('shows nothing where the load was over before', async () => {
    expect(await whileLoading(product('waiting', 'ended'), () => undefined)).toEqual([
      'the load was not running then: ended',
    ]);
    expect(await whileLoading(product('running', 'ended'), () => undefined)).toEqual([
      'the load was not running then: ended',
    ]);
  });
});
