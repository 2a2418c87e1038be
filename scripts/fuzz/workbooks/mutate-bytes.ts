import type { Random } from '@libs/random';

/** One to four bytes changed, or a stretch cut out, doubled, zeroed or overwritten with another stretch. */
export function mutateBytes(original: Buffer, random: Random): { what: string; bytes: Buffer } {
  const at = random.below(original.length);
  const end = at + 1 + random.below(Math.min(200, original.length - at));
  const copy = Buffer.from(original);
  switch (random.below(8)) {
    case 0:
      return { what: 'cut short', bytes: original.subarray(0, at) };
    case 1:
      return { what: 'a stretch missing', bytes: Buffer.concat([original.subarray(0, at), original.subarray(end)]) };
    case 2:
      return { what: 'a stretch twice', bytes: Buffer.concat([original.subarray(0, end), original.subarray(at)]) };
    case 3:
      return { what: 'a stretch of zeros', bytes: copy.fill(0, at, end) };
    case 4: {
      const from = random.below(original.length - (end - at));
      original.copy(copy, at, from, from + (end - at));
      return { what: 'a stretch over another', bytes: copy };
    }
    default:
      for (let times = random.between(1, 4); times > 0; times -= 1) {
        const place = random.below(copy.length);
        copy[place] = random.chance(1, 2) ? copy[place] ^ (1 << random.below(8)) : random.below(256);
      }
      return { what: 'bytes flipped', bytes: copy };
  }
}
