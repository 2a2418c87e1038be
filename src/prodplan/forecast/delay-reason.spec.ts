import { delayReason } from './delay-reason';

const NONE = { lateStart: 0, waiting: 0, waitingPhase: null, rework: 0, slowPhase: 0, slowPhaseName: null, rest: 0 };

describe('the reason of a delay', () => {
  it('names its parts, the largest first, and the room that swallowed some of them', () => {
    // 170.4 + 206.4 + 12 - 254 = 134.8 h = 5.6 days; 206.4 h = 8.6 days; 170.4 h = 7.1 days; 254 h = 10.6 days.
    const parts = { ...NONE, lateStart: 170.4, waiting: 206.4, waitingPhase: 'Cura', slowPhase: 12, rest: -254 };
    expect(delayReason({ ...parts, delay: 134.8, slowPhaseName: 'Pintura' })).toBe(
      '5.6 days late: waiting in Cura 8.6 days, late start 7.1 days, slow Pintura 12 h; less 10.6 days of room before the due day.',
    );
  });

  it('says that the rest of the route takes longer than was left', () => {
    expect(delayReason({ ...NONE, delay: 50, rework: 3, rest: 47 })).toBe(
      '2.1 days late: rest of the route beyond the due day 47 h, rework 3 h.',
    );
  });

  it('names no part below an hour', () => {
    expect(delayReason({ ...NONE, delay: 0.5, rest: 0.5 })).toBe('1 h late.');
  });
});
