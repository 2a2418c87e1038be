import type { ExecutionContext } from '@nestjs/common';
import { ApiKeyError, ApiKeyGuard } from './api-key.guard';

function request(headers: Record<string, string>, query: Record<string, unknown> = {}): ExecutionContext {
  return { switchToHttp: () => ({ getRequest: () => ({ headers, query }) }) } as unknown as ExecutionContext;
}

const guarded = new ApiKeyGuard({ requireApiKey: true, apiKey: 'correct horse' });

describe('the API key guard', () => {
  it('looks at no key when none is required, not even at a wrong one', () => {
    const open = new ApiKeyGuard({ requireApiKey: false, apiKey: 'correct horse' });
    expect(open.canActivate(request({ 'x-api-key': 'dev-key' }))).toBe(true);
    expect(open.canActivate(request({}))).toBe(true);
  });

  it('takes the key from the header or from the query', () => {
    expect(guarded.canActivate(request({ 'x-api-key': 'correct horse' }))).toBe(true);
    expect(guarded.canActivate(request({}, { api_key: 'correct horse' }))).toBe(true);
  });

  it.each([
    ['no key', {}, {}],
    ['an empty key', { 'x-api-key': '' }, {}],
    ['a wrong key', { 'x-api-key': 'correct horsf' }, {}],
    ['a longer key', { 'x-api-key': 'correct horse ' }, {}],
    ['a list of keys', {}, { api_key: ['correct horse', 'x'] }],
    ['an object', {}, { api_key: { key: 'correct horse' } }],
    ['a right key in the query behind a wrong one in the header', { 'x-api-key': 'no' }, { api_key: 'correct horse' }],
  ])('answers 401 to %s', (_name, headers, query) => {
    let failure: unknown;
    try {
      guarded.canActivate(request(headers, query));
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(ApiKeyError);
    expect((failure as ApiKeyError).httpStatus).toBe(401);
  });

  it('repeats neither the key nor what was sent', () => {
    expect(() => guarded.canActivate(request({ 'x-api-key': 'hunter2' }))).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/hunter2|correct horse/) }),
    );
  });

  it('lets nobody in when a key is required and none is configured', () => {
    const closed = new ApiKeyGuard({ requireApiKey: true });
    expect(() => closed.canActivate(request({ 'x-api-key': 'undefined' }))).toThrow(ApiKeyError);
  });
});
