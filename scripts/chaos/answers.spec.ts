import { KnownAnswers } from './answers';

const ORDERS = '/api/prodplan/orders?limit=50';
const body = (orders: number[], at: string): string => JSON.stringify({ generated_at: at, run_id: 1, orders });

describe('the answers of a product that is well', () => {
  const known = new KnownAnswers();

  it('are none before they are learnt', () => {
    expect(known.isEmpty).toBe(true);
    expect(known.faultOf(ORDERS, body([9], 'noon'))).toBeUndefined();
  });

  it('are those of any of the workbooks, whenever it was published', async () => {
    for (const orders of [[1], [2]]) await known.learn(() => Promise.resolve(body(orders, 'morning')));
    expect(known.isEmpty).toBe(false);
    expect(known.faultOf(ORDERS, body([1], 'noon'))).toBeUndefined();
    expect(known.faultOf(ORDERS, body([2], 'noon'))).toBeUndefined();
  });

  it('are not an empty list, other figures or no JSON, though the status is 200', () => {
    expect(known.faultOf(ORDERS, '[]')).toBe('says what no workbook leads to: []');
    expect(known.faultOf(ORDERS, body([1, 2], 'noon'))).toMatch('says what no workbook leads to');
    expect(known.faultOf(ORDERS, '<html>')).toBe('200 without JSON: <html>');
  });

  it('are anything of pages that do not follow from the workbook', () => {
    expect(known.faultOf('/api/ops/health', '{}')).toBeUndefined();
  });
});
