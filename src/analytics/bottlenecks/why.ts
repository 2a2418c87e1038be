import type { PhaseLoad, UsualLoad } from '@libs/bottleneck';

/** One sentence with the numbers that made a score. Ages in hours. */
export function why(name: string, now: PhaseLoad, usual: UsualLoad): string {
  const clauses = [
    `${count(now.wip + now.queue, 'order')} at ${name} (${now.wip} open, ${now.queue} queued), ` +
      (usual.load === undefined ? 'with no earlier value to compare' : `usually ${number(usual.load)}`),
  ];
  if (now.wipAgeP90 !== null) clauses.push(age('open phases are', now.wipAgeP90, usual.wipAgeP90));
  if (now.queueAgeP90 !== null) clauses.push(age('queued orders have waited', now.queueAgeP90, usual.queueAgeP90));
  return `${clauses.join('; ')}.`;
}

function age(what: string, now: number, usual: number | undefined): string {
  const compared = usual === undefined ? 'no earlier value to compare' : `usually ${hours(usual)}`;
  return `9 in 10 ${what} at most ${hours(now)}${what.startsWith('open') ? ' old' : ''} (${compared})`;
}

function count(size: number, noun: string): string {
  return `${size} ${noun}${size === 1 ? '' : 's'}`;
}

function hours(seconds: number): string {
  return `${number(seconds / 3600)} h`;
}

/** One decimal below ten, none above. */
function number(value: number): string {
  return String(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
