import fc from 'fast-check';
import { ARRIVAL, COMPLETION, EventCalendar, OPENING } from './event-calendar';

interface Event {
  time: number;
  kind: number;
  subject: number;
}

function drain(calendar: EventCalendar): Event[] {
  const events: Event[] = [];
  while (calendar.size > 0) {
    const time = calendar.nextTime();
    calendar.pop();
    events.push({ time, kind: calendar.kind, subject: calendar.subject });
  }
  return events;
}

describe('the event calendar', () => {
  it('hands events out by time, then completions before arrivals before openings, then as they came', () => {
    const events = fc.array(
      fc.record({
        time: fc.integer({ min: -3, max: 3 }),
        kind: fc.constantFrom(COMPLETION, ARRIVAL, OPENING),
        subject: fc.nat(),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(events, (list) => {
        const calendar = new EventCalendar(list.length);
        const numbered = list.map((event, subject) => ({ ...event, subject }));
        for (const { time, kind, subject } of numbered) calendar.push(time, kind, subject);
        const sorted = [...numbered].sort((a, b) => a.time - b.time || a.kind - b.kind || a.subject - b.subject);
        expect(drain(calendar)).toEqual(sorted);
      }),
    );
  });

  it('takes events between those it hands out, and begins anew when cleared', () => {
    const calendar = new EventCalendar(3);
    calendar.push(5, ARRIVAL, 1);
    calendar.push(9, ARRIVAL, 2);
    calendar.pop();
    calendar.push(7, OPENING, 3);
    expect(drain(calendar).map(({ subject }) => subject)).toEqual([3, 2]);
    calendar.push(1, COMPLETION, 4);
    calendar.clear();
    expect(calendar.size).toBe(0);
  });
});
