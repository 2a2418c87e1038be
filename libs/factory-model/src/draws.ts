/**
 * A number in [0, 1) that depends on its arguments alone: the same order's same step gets the same draw in the baseline
 * and in every scenario (common random numbers), in every process.
 */
export function draw(seed: number, replication: number, ofId: number, place: number): number {
  let h = mix(seed ^ Math.floor(seed / 2 ** 32));
  h = mix(h ^ Math.imul(replication + 1, 0x9e3779b1));
  h = mix(h ^ ofId ^ Math.floor(ofId / 2 ** 32));
  h = mix(h ^ Math.imul(place + 1, 0x85ebca77));
  return (h >>> 0) / 2 ** 32;
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
