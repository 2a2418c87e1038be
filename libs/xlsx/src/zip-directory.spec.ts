import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveLimits, type XlsxLimits } from './limits';
import { buildZip, type ZipOptions, type ZipPart } from './testing/zip-builder';
import { isDeflated, readExactly, readZipDirectory, type ZipEntry } from './zip-directory';

const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;

const PARTS: ZipPart[] = [
  { name: 'a.xml', data: 'a'.repeat(100) },
  { name: 'b/c.xml', data: 'bc', stored: true },
];

const directory = mkdtempSync(join(tmpdir(), 'zip-spec-'));
const path = join(directory, 'file.zip');
afterAll(() => rmSync(directory, { recursive: true }));

async function read(bytes: Buffer, limits: Partial<XlsxLimits> = {}): Promise<ZipEntry[]> {
  writeFileSync(path, bytes);
  const file = await open(path, 'r');
  try {
    return await readZipDirectory(file, bytes.length, resolveLimits(limits));
  } finally {
    await file.close();
  }
}
const names = async (bytes: Buffer): Promise<string[]> => (await read(bytes)).map(({ name }) => name);
const refusal = (code: string, place?: string): object =>
  expect.objectContaining(place === undefined ? { code } : { code, place }) as object;
const refuse = (bytes: Buffer, code: string, place?: string): Promise<void> =>
  expect(read(bytes)).rejects.toEqual(refusal(code, place));

const signed = (signature: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
};
/** Where the last record of this signature begins. */
const find = (bytes: Buffer, signature: number): number => bytes.lastIndexOf(signed(signature));
/** The bytes with a field of the record changed. */
function patched(bytes: Buffer, signature: number, at: number, value: number | bigint, width = 4): Buffer {
  const copy = Buffer.from(bytes);
  const place = find(copy, signature) + at;
  if (typeof value === 'bigint') copy.writeBigUInt64LE(value, place);
  else copy.writeUIntLE(value, place, width);
  return copy;
}
const build = (options: ZipOptions = {}, change: Partial<ZipPart> = {}): Buffer =>
  buildZip(
    PARTS.map((part) => ({ ...part, ...change })),
    options,
  );
const PLAIN = build();
const WIDE = build({ zip64End: true });

describe('the end of the directory', () => {
  it('is found behind the longest comment, and whatever the comment holds', async () => {
    expect(await names(build({ comment: 'x'.repeat(65_535) }))).toEqual(['a.xml', 'b/c.xml']);
    // an end record in the comment says that it has a comment longer than the file
    const inComment = `${signed(END).toString('latin1')}${'\x7f'.repeat(18)}`;
    expect(await names(build({ comment: inComment }))).toEqual(['a.xml', 'b/c.xml']);
    await refuse(Buffer.concat([PLAIN.subarray(0, find(PLAIN, END)), Buffer.alloc(70_000)]), 'XLSX_TRUNCATED');
  });

  it('may have bytes between it and the directory, but not the directory behind it', async () => {
    const at = find(PLAIN, END);
    const gap = Buffer.concat([PLAIN.subarray(0, at), Buffer.alloc(10), PLAIN.subarray(at)]);
    expect(await names(gap)).toEqual(['a.xml', 'b/c.xml']);
    const bytes = PLAIN.readUInt32LE(at + 12);
    const place = `byte ${PLAIN.readUInt32LE(at + 16)}`;
    await refuse(patched(PLAIN, END, 12, bytes + 1), 'XLSX_CORRUPT_ZIP', place);
    await refuse(patched(PLAIN, END, 12, bytes - 1), 'XLSX_CORRUPT_ZIP');
  });

  it('belongs to one volume', async () => {
    for (const [at, value] of [
      [4, 0x00010001],
      [4, 0x00010000],
      [4, 0x00000001],
    ] as const) {
      // prettier-ignore
      await refuse(patched(PLAIN, END, at, value), 'XLSX_CORRUPT_ZIP', `byte ${find(PLAIN, END)}`);
    }
  });

  it('counts the entries, as the directory must', async () => {
    await refuse(build({ entries: 3 }), 'XLSX_CORRUPT_ZIP');
    await refuse(build({ entries: 0 }), 'XLSX_CORRUPT_ZIP');
    expect(await names(build({ entries: 1 }))).toEqual(['a.xml']);
    expect(await read(buildZip([]))).toEqual([]);
  });

  it('of the zip64 kind says where it all lies, and lies in the file itself', async () => {
    expect(await names(WIDE)).toEqual(['a.xml', 'b/c.xml']);
    const [end, locator] = [find(WIDE, ZIP64_END), find(WIDE, ZIP64_LOCATOR)];
    await refuse(patched(WIDE, ZIP64_LOCATOR, 8, BigInt(end + 1)), 'XLSX_CORRUPT_ZIP', `byte ${locator}`);
    await refuse(patched(WIDE, ZIP64_LOCATOR, 8, BigInt(end - 1)), 'XLSX_CORRUPT_ZIP', `byte ${end - 1}`);
    await refuse(patched(WIDE, ZIP64_LOCATOR, 8, 2n ** 53n), 'XLSX_CORRUPT_ZIP', `byte ${locator}`);
    for (const at of [32, 40, 48]) {
      await refuse(patched(WIDE, ZIP64_END, at, 2n ** 53n), 'XLSX_CORRUPT_ZIP', `byte ${end}`);
    }
    // the largest number that is one is beyond this file, but not beyond any
    const offset = 2n ** 53n - 1n;
    await refuse(patched(WIDE, ZIP64_END, 48, offset), 'XLSX_CORRUPT_ZIP', `byte ${offset}`);
    await refuse(patched(WIDE, ZIP64_END, 40, BigInt(locator)), 'XLSX_CORRUPT_ZIP');
  });

  it('of the zip64 kind takes no room of its own from the directory', async () => {
    // the directory may reach the zip64 end record, and no further
    const bytes = WIDE.readBigUInt64LE(find(WIDE, ZIP64_END) + 40);
    await refuse(patched(WIDE, ZIP64_END, 40, bytes + 1n), 'XLSX_CORRUPT_ZIP');
    expect(await names(patched(WIDE, END, 4, 0x00010001))).toEqual(['a.xml', 'b/c.xml']);
  });

  it('is all there is where there is no entry', async () => {
    expect(await read(buildZip([], { zip64End: true }))).toEqual([]);
  });
});

describe('entries', () => {
  it('say what the directory says', async () => {
    const [a, b] = await read(PLAIN);
    expect(a).toMatchObject({ name: 'a.xml', bytes: 100, method: 8, localOffset: 0, dataOffset: 30 + 5 });
    expect(b).toMatchObject({ name: 'b/c.xml', bytes: 2, compressedBytes: 2, method: 0 });
    // behind the local header, the name and the packed bytes of the first
    expect(b.localOffset).toBe(35 + a.compressedBytes);
    expect(b.dataOffset).toBe(b.localOffset + 30 + 7);
    expect([isDeflated(a), isDeflated(b)]).toEqual([true, false]);
  });

  it('say the same in the zip64 way, each value where it is wanted', async () => {
    const plain = await read(PLAIN);
    const wide = await read(build({}, { zip64: true }));
    // 20 bytes more before the data of each: the head of a zip64 field and two sizes
    expect(wide.map(({ dataOffset }, i) => dataOffset - plain[i].dataOffset)).toEqual([20, 40]);
    for (const key of ['name', 'bytes', 'compressedBytes', 'crc32', 'method'] as const) {
      expect(wide.map((entry) => entry[key])).toEqual(plain.map((entry) => entry[key]));
    }
  });

  it('of zip64 give only the values that did not fit', async () => {
    // the size alone is wide: the first value is it, and the others stand where they always do
    const wide = build({}, { zip64: true });
    const at = find(wide, CENTRAL);
    const copy = Buffer.from(wide);
    const [, b] = await read(wide);
    copy.writeUInt32LE(b.compressedBytes, at + 20);
    copy.writeUInt32LE(b.localOffset, at + 42);
    expect((await read(copy))[1]).toEqual(b);
    // the offset alone: then it is the first
    copy.writeUInt32LE(b.bytes, at + 24);
    copy.writeUInt32LE(0xffffffff, at + 42);
    copy.writeBigUInt64LE(BigInt(b.localOffset), at + 46 + b.name.length + 4);
    expect((await read(copy))[1]).toEqual(b);
  });

  it('of zip64 are refused where a value is missing or beyond any file', async () => {
    const wide = build({}, { zip64: true });
    const at = find(wide, CENTRAL);
    const [a, b] = await read(wide);
    const place = `byte ${at}`;
    const extra = at + 46 + b.name.length;
    const changed = (change: (copy: Buffer) => void): Buffer => {
      const copy = Buffer.from(wide);
      change(copy);
      return copy;
    };
    // a field of two values, of another kind, and a size of 2^53
    await refuse(
      changed((copy) => copy.writeUInt16LE(23, extra + 2)),
      'XLSX_CORRUPT_ZIP',
      place,
    );
    await refuse(
      changed((copy) => copy.writeUInt16LE(2, extra)),
      'XLSX_CORRUPT_ZIP',
      place,
    );
    await refuse(
      changed((copy) => copy.writeBigUInt64LE(2n ** 53n, extra + 4)),
      'XLSX_CORRUPT_ZIP',
      place,
    );
    // a field that says it is longer than it is
    expect(await read(changed((copy) => copy.writeUInt16LE(99, extra + 2)))).toEqual([a, b]);
  });

  it('may have other fields before that of zip64', async () => {
    const wide = build({}, { zip64: true });
    const at = find(wide, CENTRAL);
    const extra = at + 46 + 7;
    // a field of four bytes, and one of none
    const others = Buffer.from([0x99, 0x99, 4, 0, 1, 0, 24, 0, 0x98, 0x99, 0, 0]);
    const longer = Buffer.concat([wide.subarray(0, extra), others, wide.subarray(extra)]);
    longer.writeUInt16LE(28 + others.length, at + 30);
    const bytes = longer.readUInt32LE(find(longer, END) + 12);
    expect(await read(patched(longer, END, 12, bytes + others.length))).toEqual(await read(wide));
  });

  it('may have a comment', async () => {
    const at = find(PLAIN, END);
    const longer = Buffer.concat([PLAIN.subarray(0, at), Buffer.from('why'), PLAIN.subarray(at)]);
    longer.writeUInt16LE(3, find(longer, CENTRAL) + 32);
    const bytes = PLAIN.readUInt32LE(at + 12);
    expect(await read(patched(longer, END, 12, bytes + 3))).toEqual(await read(PLAIN));
    await refuse(patched(longer, END, 12, bytes + 2), 'XLSX_CORRUPT_ZIP', `byte ${find(longer, CENTRAL)}`);
  });

  it('are named in UTF-8 or one byte for a character, with forward slashes', async () => {
    const [entry] = await read(buildZip([{ name: '/\\é.xml', data: '' }]));
    expect(entry.name).toBe('é.xml');
    const latin1 = Buffer.from(buildZip([{ name: 'Ã.xml', data: '' }]));
    for (const at of [6, find(latin1, CENTRAL) + 8]) latin1.writeUInt16LE(0, at);
    // two bytes of UTF-8 are two characters
    expect((await read(latin1))[0].name).toBe('Ã\x83.xml');
  });

  it('may be empty, also where the directory follows at once', async () => {
    expect(await names(buildZip([{ name: 'z', data: '', stored: true }]))).toEqual(['z']);
  });

  it('may stand in another order than their bytes', async () => {
    const begin = PLAIN.indexOf(signed(CENTRAL));
    const [second, end] = [find(PLAIN, CENTRAL), find(PLAIN, END)];
    const turned = Buffer.concat([
      PLAIN.subarray(0, begin),
      PLAIN.subarray(second, end),
      PLAIN.subarray(begin, second),
      PLAIN.subarray(end),
    ]);
    expect(await names(turned)).toEqual(['b/c.xml', 'a.xml']);
    // One byte more of the first than lie before the second, which is still an overlap.
    const [a, b] = await read(PLAIN);
    const longer = patched(turned, CENTRAL, 20, b.localOffset - a.dataOffset + 1);
    await refuse(longer, 'XLSX_CORRUPT_ZIP', 'part a.xml');
  });

  it('of folders are passed by', async () => {
    expect(await names(buildZip([{ name: 'b/', data: '', method: 99 }, ...PARTS]))).toEqual(['a.xml', 'b/c.xml']);
  });
});

describe('what is refused of an entry', () => {
  const place = 'part b/c.xml';

  it.each<[string, Partial<ZipPart>, string]>([
    ['a password', { flags: 1 }, 'XLSX_ENCRYPTED'],
    ['another method', { method: 9 }, 'XLSX_UNSUPPORTED_COMPRESSION'],
    ['two sizes of what is stored', { bytes: 3 }, 'XLSX_CORRUPT_ZIP'],
    ['no local header where it says', { localOffset: 1 }, 'XLSX_CORRUPT_ZIP'],
    ['a place beyond the parts', { localOffset: 1_000_000 }, 'XLSX_CORRUPT_ZIP'],
    ['the name of another', { name: 'a.xml' }, 'XLSX_CORRUPT_ZIP'],
  ])('%s', async (_, change, code) => {
    const bytes = buildZip([PARTS[0], { ...PARTS[1], ...change }]);
    await refuse(bytes, code, change.name === undefined ? place : 'part a.xml');
  });

  it('a password that the local header alone knows of', async () => {
    const bytes = Buffer.from(PLAIN);
    bytes[6] |= 1;
    await refuse(bytes, 'XLSX_ENCRYPTED', 'part a.xml');
  });

  it.each([
    ['method', 8],
    ['length of the name', 26],
    ['name', 30],
    ['end of the name', 34],
  ])('another %s than its local header has', async (_, at) => {
    const bytes = Buffer.from(PLAIN);
    bytes[at] ^= 1;
    await refuse(bytes, 'XLSX_CORRUPT_ZIP', 'part a.xml');
  });

  it('a password that the directory alone knows of', async () => {
    await refuse(patched(PLAIN, CENTRAL, 8, 0x0801, 2), 'XLSX_ENCRYPTED', 'part b/c.xml');
  });

  it('bytes that it shares with the next, or with the directory', async () => {
    const [a, b] = await read(PLAIN);
    const first = find(PLAIN.subarray(0, find(PLAIN, CENTRAL)), CENTRAL);
    const longer = (at: number, by: number): Buffer => {
      const copy = Buffer.from(PLAIN);
      copy.writeUInt32LE(copy.readUInt32LE(at + 20) + by, at + 20);
      if (at !== first) copy.writeUInt32LE(copy.readUInt32LE(at + 24) + by, at + 24);
      return copy;
    };
    // by one: as they are they touch
    expect(a.dataOffset + a.compressedBytes).toBe(b.localOffset);
    await refuse(longer(first, 1), 'XLSX_CORRUPT_ZIP', 'part a.xml');
    await refuse(longer(find(PLAIN, CENTRAL), 1), 'XLSX_CORRUPT_ZIP', place);
  });

  it('a local header that reaches into the directory', async () => {
    const offset = PLAIN.readUInt32LE(find(PLAIN, END) + 16);
    // 30 bytes and a name of 7: one byte too late
    await refuse(buildZip([PARTS[0], { ...PARTS[1], localOffset: offset - 36 }]), 'XLSX_CORRUPT_ZIP', place);
  });

  it('more entries or bytes than the caps, as the directory states them', async () => {
    expect(await read(PLAIN, { entries: 2, uncompressedBytes: 102 })).toHaveLength(2);
    const at = `byte ${PLAIN.readUInt32LE(find(PLAIN, END) + 16)}`;
    await expect(read(PLAIN, { entries: 1 })).rejects.toEqual(refusal('XLSX_LIMIT_ENTRIES', at));
    await expect(read(PLAIN, { uncompressedBytes: 101 })).rejects.toEqual(refusal('XLSX_LIMIT_BYTES', place));
  });
});

describe('readExactly', () => {
  it('reads on where less came than was asked for, and refuses what ends before', async () => {
    const all = Buffer.from('0123456789');
    const file = {
      read(into: Buffer, offset: number, length: number, position: number) {
        // three bytes at most, as a pipe might
        const bytesRead = all.copy(into, offset, position, Math.min(position + Math.min(3, length), all.length));
        return Promise.resolve({ bytesRead });
      },
    } as unknown as Parameters<typeof readExactly>[0];
    expect((await readExactly(file, 1, 8)).toString()).toBe('12345678');
    expect((await readExactly(file, 10, 0)).length).toBe(0);
    await expect(readExactly(file, 5, 6)).rejects.toEqual(refusal('XLSX_TRUNCATED', 'byte 10'));
  });
});
