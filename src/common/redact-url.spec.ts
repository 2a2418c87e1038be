import { redactUrl } from './redact-url';

describe('an address in the log', () => {
  it.each([
    ['/api/ops/ingestion/run?api_key=secret', '/api/ops/ingestion/run?api_key=***'],
    ['/x?a=1&api_key=se%26cret&b=2', '/x?a=1&api_key=***&b=2'],
    ['/x?API_KEY=secret#frag', '/x?API_KEY=***#frag'],
    ['/x?api%5Fkey=secret&y=1', '/x?api%5Fkey=***&y=1'],
    ['/x?api_key[]=secret&api_key%5Ba%5D=secret', '/x?api_key[]=***&api_key%5Ba%5D=***'],
    ['/x?a=%E0%A4%A&api_key=secret', '/x?a=%E0%A4%A&api_key=***'],
    ['/x?api_key=one&api_key=two', '/x?api_key=***&api_key=***'],
    ['/x?my_api_key_hint=1', '/x?my_api_key_hint=1'],
    ['/x', '/x'],
  ])('has no key: %s', (url, logged) => {
    expect(redactUrl(url)).toBe(logged);
  });
});
