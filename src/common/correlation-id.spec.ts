import { chooseCorrelationId } from './correlation-id';

const GENERATED = 'generated';
const choose = (headers: Record<string, string | string[]>) => chooseCorrelationId(headers, () => GENERATED);
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the correlation id of a request', () => {
  it.each(['a', 'page-42', '6a1c9d0e-6f0b-4c5e-9a55-3f1f6b2b8f10', 'x'.repeat(128)])('is its X-Request-Id %s', (id) => {
    expect(choose({ 'x-request-id': id, traceparent: TRACE })).toBe(id);
  });

  it.each(['', ' ', '-a', 'a b', 'a"b', 'a\nb', 'a, b', 'é', 'x'.repeat(129), '<script>', '%00'])(
    'is never the malformed X-Request-Id %j',
    (id) => {
      expect(choose({ 'x-request-id': id })).toBe(GENERATED);
    },
  );

  it('is the trace id of a W3C traceparent, of later versions too', () => {
    expect(choose({ traceparent: TRACE })).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(choose({ 'x-request-id': 'a b', traceparent: `01${TRACE.slice(2)}-more` })).toBe(
      '0af7651916cd43dd8448eb211c80319c',
    );
  });

  it.each([
    ['version ff', `ff${TRACE.slice(2)}`],
    ['an all-zero trace id', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['an all-zero parent id', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['upper case', TRACE.toUpperCase()],
    ['a short trace id', '00-0af765-b7ad6b7169203331-01'],
  ])('is never taken from a traceparent with %s', (_name, traceparent) => {
    expect(choose({ traceparent })).toBe(GENERATED);
  });
});
