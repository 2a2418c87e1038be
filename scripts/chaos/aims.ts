import type { Random } from '@libs/random';
import { TARGETS, type Target } from './system';

/** What a round kills, and when. */
export interface Aim {
  target: Target;
  /** of the time that an uninterrupted load takes */
  moment: number;
}

/** Kills come from before the load has begun until after it has ended. */
const LATEST_KILL = 1.15;
const STEPS = 1000;

/**
 * An aim for each round, at random; but of each three rounds one is at each target and one in each third of the time, so
 * that a few rounds hit every target, and a load in its middle.
 */
export function aims(rounds: number, random: Random): Aim[] {
  const drawn: Aim[] = [];
  while (drawn.length < rounds) {
    const thirds = shuffled([...TARGETS.keys()], random);
    for (const [index, target] of shuffled(TARGETS, random).entries()) {
      const within = (thirds[index] + random.below(STEPS) / STEPS) / TARGETS.length;
      drawn.push({ target, moment: LATEST_KILL * within });
    }
  }
  return drawn.slice(0, rounds);
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(random.below(rest.length), 1)[0]);
}
