import type { Random } from '@libs/random';
import { buildZip, type ZipOptions, type ZipPart } from '../../../libs/xlsx/src/testing/zip-builder';

export interface EntryMutation {
  what: string;
  bytes: Buffer;
  /** whether the archive still says the same */
  isLegal?: boolean;
}

type Change = (parts: ZipPart[], random: Random) => ZipPart[];

const FIELDS: readonly ((part: ZipPart, random: Random) => Partial<ZipPart>)[] = [
  (_, random) => ({ crc32: random.next() }),
  (part, random) => ({ bytes: Math.max(0, part.data.length + random.between(-20, 20)) }),
  () => ({ bytes: 0xfffffffe }),
  (_, random) => ({ method: random.pick([1, 9, 12, 14, 93, 95, 99]) }),
  (_, random) => ({ flags: random.pick([1, 0x20, 0x40, 0x2000]) }),
  (_, random) => ({ localOffset: random.pick([0, 30, 1_000_000, 0xfffffffe]) }),
  (_, random) => ({ compressed: Buffer.from(Array.from({ length: 40 }, () => random.below(256))) }),
  (part) => ({ compressed: Buffer.from(part.data as string) }),
];

const one = (parts: ZipPart[], random: Random, change: (part: ZipPart) => ZipPart[]): ZipPart[] => {
  const chosen = random.below(parts.length);
  return parts.flatMap((part, index) => (index === chosen ? change(part) : [part]));
};

const HARMFUL: readonly { what: string; change: Change }[] = [
  {
    what: 'two parts exchanged',
    change: (parts, random) => {
      const [a, b] = [random.below(parts.length), random.below(parts.length)];
      return parts.map((part, i) => ({ ...part, data: parts[i === a ? b : i === b ? a : i].data }));
    },
  },
  { what: 'a part missing', change: (parts, random) => one(parts, random, () => []) },
  { what: 'a part twice', change: (parts, random) => one(parts, random, (part) => [part, part]) },
  { what: 'a part empty', change: (parts, random) => one(parts, random, (part) => [{ ...part, data: '' }]) },
  {
    what: 'a part under another name',
    change: (parts, random) =>
      one(parts, random, (part) => [
        {
          ...part,
          name: random.pick([`../${part.name}`, `${part.name}/`, `${part.name}\u0000`, part.name.slice(1), 'a', '']),
        },
      ]),
  },
  {
    what: 'a field of an entry wrong',
    change: (parts, random) => one(parts, random, (part) => [{ ...part, ...random.pick(FIELDS)(part, random) }]),
  },
  {
    what: 'an archive within a part',
    change: (parts, random) => one(parts, random, (part) => [{ ...part, data: buildZip(parts) }]),
  },
];

/** The legal ways of packing; each combination must be read alike. */
function repacked(parts: ZipPart[], random: Random): EntryMutation {
  const packed = parts.map((part) => ({
    ...part,
    stored: random.chance(1, 2),
    descriptor: random.chance(1, 3),
    zip64: random.chance(1, 3),
  }));
  const order = random.chance(1, 2) ? packed : packed.reverse();
  const more = random.chance(1, 2) ? [{ name: 'xl/', data: '', stored: true }] : [];
  const options: ZipOptions = { zip64End: random.chance(1, 3), comment: random.chance(1, 3) ? 'PK\u0005\u0006' : '' };
  return { what: 'packed otherwise', bytes: buildZip([...more, ...order], options), isLegal: true };
}

/** A change of the archive's entries, well or badly formed. */
export function mutateEntries(parts: readonly ZipPart[], random: Random): EntryMutation {
  if (random.chance(1, 4)) return repacked([...parts], random);
  const { what, change } = random.pick(HARMFUL);
  const count = random.chance(1, 10) ? parts.length + random.between(-1, 1) : undefined;
  return { what, bytes: buildZip(change([...parts], random), count === undefined ? {} : { entries: count }) };
}
