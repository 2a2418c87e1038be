import { mayDo, SCOPES } from './scopes';

describe('scopes', () => {
  it.each(SCOPES)('%s includes itself, and only admin includes others', (granted) => {
    const includes = SCOPES.filter((needed) => mayDo([granted], needed));
    expect(includes).toEqual(granted === 'admin' ? [...SCOPES] : [granted]);
  });

  it('of a key add up', () => {
    expect(SCOPES.filter((needed) => mayDo(['read', 'train'], needed))).toEqual(['read', 'train']);
  });
});
