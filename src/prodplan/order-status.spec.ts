import { isDormant, orderStatus } from './order-status';

const AS_OF = '2025-12-11';

describe('the status of an order', () => {
  it.each([
    // closed, started, due day, status
    [true, true, '2020-01-01', 'DONE'],
    [true, false, undefined, 'DONE'],
    [false, true, '2025-12-10', 'LATE'],
    [false, false, '2025-12-10', 'LATE'],
    [false, true, '2025-12-11', 'IN_PROGRESS'],
    [false, false, '2025-12-12', 'CREATED'],
    [false, true, undefined, 'IN_PROGRESS'],
    [false, false, undefined, 'CREATED'],
  ])('closed %s, started %s, due %s is %s', (isClosed, isStarted, dueDay, status) => {
    expect(orderStatus({ isClosed, isStarted, dueDay }, AS_OF)).toBe(status);
  });

  it.each([
    // started, due day, day of the p50 ETA, status
    [true, '2025-12-20', '2025-12-21', 'AT_RISK'],
    [false, '2025-12-20', '2025-12-21', 'AT_RISK'],
    [true, '2025-12-20', '2025-12-20', 'IN_PROGRESS'],
    [false, '2025-12-20', undefined, 'CREATED'],
    [true, undefined, '2025-12-21', 'IN_PROGRESS'],
    [true, '2025-12-10', '2025-12-21', 'LATE'],
  ])('open, started %s, due %s, expected on %s is %s', (isStarted, dueDay, etaDay, status) => {
    expect(orderStatus({ isClosed: false, isStarted, dueDay, etaDay }, AS_OF)).toBe(status);
  });

  it('is DONE when closed, whatever was expected', () => {
    const facts = { isClosed: true, isStarted: true, dueDay: '2025-12-20', etaDay: '2025-12-21' };
    expect(orderStatus(facts, AS_OF)).toBe('DONE');
  });

  it('is never LATE while the data hold no event to be late against', () => {
    expect(orderStatus({ isClosed: false, isStarted: false, dueDay: '1990-01-01' }, undefined)).toBe('CREATED');
  });
});

describe('dormancy', () => {
  const asOf = new Date('2025-12-11T12:50:00Z');

  it('begins when the last event is more than DORMANT_DAYS times 24 hours before as_of', () => {
    // 180 x 24 h before is 2025-06-14T12:50Z, whatever the clocks did in October.
    expect(isDormant(false, new Date('2025-06-14T12:49:59Z'), asOf, 180)).toBe(true);
    expect(isDormant(false, new Date('2025-06-14T12:50:00Z'), asOf, 180)).toBe(false);
  });

  it('is nothing for a closed order, or without a data clock', () => {
    expect(isDormant(true, new Date(0), asOf, 180)).toBe(false);
    expect(isDormant(false, new Date(0), null, 180)).toBe(false);
  });
});
