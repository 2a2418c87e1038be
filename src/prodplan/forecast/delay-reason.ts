/** The parts of a delay, hours; the last may be negative. They add up to the delay. */
export interface DelayParts {
  delay: number;
  lateStart: number;
  waiting: number;
  waitingPhase: string | null;
  rework: number;
  slowPhase: number;
  slowPhaseName: string | null;
  rest: number;
}

/** A delay and what it comes from, in plain words: the parts of at least an hour, the largest first. */
export function delayReason(parts: DelayParts): string {
  const causes: { text: string; hours: number }[] = [
    { text: 'late start', hours: parts.lateStart },
    { text: `waiting in ${parts.waitingPhase ?? 'its phase'}`, hours: parts.waiting },
    { text: 'rework', hours: parts.rework },
    { text: `slow ${parts.slowPhaseName ?? 'phase'}`, hours: parts.slowPhase },
    { text: 'rest of the route beyond the due day', hours: parts.rest },
  ]
    .filter(({ hours }) => hours >= 1)
    .sort((one, other) => other.hours - one.hours);
  const room = parts.rest <= -1 ? `; less ${time(-parts.rest)} of room before the due day` : '';
  const list = causes.map(({ text, hours }) => `${text} ${time(hours)}`).join(', ');
  return `${time(parts.delay)} late${list === '' ? '' : `: ${list}`}${room}.`;
}

/** 5.6 days, or 31 h below two days. */
function time(hours: number): string {
  return hours < 48 ? `${Math.round(hours)} h` : `${(hours / 24).toFixed(1)} days`;
}
