import { redactUrl } from './redact-url';

describe('an address in the log', () => {
  it.each([
    ['/api/ops/ingestion/run?api_key=secret', '/api/ops/ingestion/run?api_key=***'],
    ['/x?a=1&api_key=se%26cret&b=2', '/x?a=1&api_key=***&b=2'],
    ['/x?API_KEY=secret#frag', '/x?API_KEY=***#frag'],
    ['/x?api_key=one&api_key=two', '/x?api_key=***&api_key=***'],
    ['/x?my_api_key_hint=1', '/x?my_api_key_hint=1'],
    ['/x', '/x'],
  ])('has no key: %s', (url, logged) => {
    expect(redactUrl(url)).toBe(logged);
  });
});
