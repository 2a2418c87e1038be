import { descriptor, directoryRecord, endRecords, localHeader, type ZipEntry } from './zip-records';

const GIB_4 = 2 ** 32;
type Layout = readonly (readonly [field: string, bytes: 2 | 4 | 8])[];

/** Takes a record apart by its fields in APPNOTE's order. What is left over is answered too. */
function take(record: Buffer, layout: Layout): { fields: Record<string, number>; rest: Buffer } {
  const fields: Record<string, number> = {};
  let at = 0;
  for (const [field, bytes] of layout) {
    fields[field] = bytes === 8 ? Number(record.readBigUInt64LE(at)) : record.readUIntLE(at, bytes);
    at += bytes;
  }
  return { fields, rest: record.subarray(at) };
}

/** APPNOTE 4.3.7, 4.3.12 and 4.5.3. */
const LOCAL: Layout = [
  ['signature', 4], ['version', 2], ['flags', 2], ['method', 2], ['time', 2], ['date', 2], ['crc', 4], ['compressed', 4],
  ['bytes', 4], ['name', 2], ['extra', 2],
]; // prettier-ignore
const DIRECTORY: Layout = [
  ['signature', 4], ['madeBy', 2], ['version', 2], ['flags', 2], ['method', 2], ['time', 2], ['date', 2], ['crc', 4],
  ['compressed', 4], ['bytes', 4], ['name', 2], ['extra', 2], ['comment', 2], ['disk', 2], ['internal', 2],
  ['external', 4], ['offset', 4],
]; // prettier-ignore
const EXTRA: Layout = [['tag', 2], ['length', 2], ['bytes', 8], ['compressed', 8], ['offset', 8]]; // prettier-ignore
/** 4.3.14, 4.3.15 and 4.3.16. */
const WIDE_END: Layout = [
  ['signature', 4], ['length', 8], ['madeBy', 2], ['version', 2], ['disk', 4], ['startDisk', 4], ['onDisk', 8],
  ['entries', 8], ['size', 8], ['start', 8],
]; // prettier-ignore
const LOCATOR: Layout = [['signature', 4], ['disk', 4], ['end', 8], ['disks', 4]]; // prettier-ignore
const END: Layout = [
  ['signature', 4], ['disk', 2], ['startDisk', 2], ['onDisk', 2], ['entries', 2], ['size', 4], ['start', 4],
  ['comment', 2],
]; // prettier-ignore

/** Sizes and names in a descriptor and in UTF-8, deflated, on 1980-01-01: the same in every header. */
const COMMON = { flags: 0x0808, method: 8, time: 0, date: 0x21 };
const entry = (more: Partial<ZipEntry>): ZipEntry => ({
  name: Buffer.from('aé'),
  offset: 1000,
  crc: 0xdeadbeef,
  bytes: 300,
  compressedBytes: 200,
  ...more,
});

describe('zip records', () => {
  it('begin an entry with its name, and no size yet', () => {
    for (const forced of [false, true]) {
      const { fields, rest } = take(localHeader(Buffer.from('aé'), forced), LOCAL);
      const empty = { crc: 0, compressed: 0, bytes: 0, extra: 0 };
      // é has two bytes.
      expect(fields).toEqual({ signature: 0x04034b50, version: forced ? 45 : 20, ...COMMON, ...empty, name: 3 });
      expect(rest.toString()).toBe('aé');
    }
  });

  it.each<[string, Partial<ZipEntry>, boolean, 4 | 8]>([
    ['4 bytes', {}, false, 4],
    ['4 bytes up to the last that is no mark of zip64', { bytes: GIB_4 - 2, compressedBytes: GIB_4 - 2 }, false, 4],
    ['8 bytes from 4 GiB - 1 of content', { bytes: GIB_4 - 1 }, false, 8],
    ['8 bytes from 4 GiB - 1 of compressed content', { compressedBytes: GIB_4 - 1 }, false, 8],
    ['8 bytes above 4 GiB', { bytes: 3 * GIB_4 + 5, compressedBytes: GIB_4 + 7 }, false, 8],
    ['8 bytes where they are asked for', {}, true, 8],
    // Behind 4 GiB of other entries sizes are what they were.
    ['4 bytes wherever the entry begins', { offset: 2 * GIB_4 }, false, 4],
  ])('end an entry with sizes of %s', (_what, more, forced, width) => {
    const one = entry(more);
    const { fields, rest } = take(descriptor(one, forced), [
      ['signature', 4],
      ['crc', 4],
      ['compressed', width],
      ['bytes', width],
    ]);
    expect(fields).toEqual({
      signature: 0x08074b50,
      crc: 0xdeadbeef,
      compressed: one.compressedBytes,
      bytes: one.bytes,
    });
    expect(rest).toHaveLength(0);
  });

  it.each<[string, Partial<ZipEntry>, boolean, boolean]>([
    ['a small entry', {}, false, false],
    ['the largest', { bytes: GIB_4 - 2, compressedBytes: GIB_4 - 2, offset: GIB_4 - 2 }, false, false],
    ['much content', { bytes: GIB_4 - 1 }, false, true],
    ['much compressed content', { compressedBytes: GIB_4 - 1 }, false, true],
    ['a late beginning', { offset: GIB_4 - 1 }, false, true],
    ['more of all', { bytes: 3 * GIB_4 + 5, compressedBytes: GIB_4 + 7, offset: 2 * GIB_4 + 9 }, false, true],
    ['zip64 asked for', {}, true, true],
  ])('list an entry with %s', (_what, more, forced, wide) => {
    const one = entry(more);
    const { fields, rest } = take(directoryRecord(one, forced), DIRECTORY);
    const version = wide ? 45 : 20;
    const nothing = { comment: 0, disk: 0, internal: 0, external: 0 };
    const { bytes, compressedBytes: compressed, offset } = one;
    const all = wide
      ? { bytes: 0xffffffff, compressed: 0xffffffff, offset: 0xffffffff }
      : { bytes, compressed, offset };
    expect(fields).toEqual({
      ...{ signature: 0x02014b50, madeBy: version, version, crc: 0xdeadbeef, name: 3, extra: wide ? 28 : 0 },
      ...COMMON,
      ...nothing,
      ...all,
    });
    expect(rest.toString('utf8', 0, 3)).toBe('aé');
    const extra = rest.subarray(3);
    if (!wide) expect(extra).toHaveLength(0);
    // Tag 1, and the 24 bytes of the three.
    else
      expect(take(extra, EXTRA)).toEqual({
        fields: { tag: 1, length: 24, bytes, compressed, offset },
        rest: Buffer.of(),
      });
  });

  it.each<[string, { start: number; size: number; count: number }, boolean, boolean]>([
    ['few entries', { start: 5000, size: 120, count: 2 }, false, false],
    ['the most', { start: GIB_4 - 2, size: GIB_4 - 2, count: 65_534 }, false, false],
    ['65,535 entries', { start: 5000, size: 120, count: 65_535 }, false, true],
    ['a late directory', { start: GIB_4 - 1, size: 120, count: 2 }, false, true],
    ['a large directory', { start: 5000, size: GIB_4 - 1, count: 2 }, false, true],
    ['zip64 asked for', { start: 5 * GIB_4 + 1, size: 120, count: 2 }, true, true],
    ['zip64 asked for a small one', { start: 5000, size: 120, count: 2 }, true, true],
  ])('end an archive of %s', (_what, directory, forced, wide) => {
    const { start, size, count } = directory;
    let records = endRecords(directory, forced);
    if (wide) {
      const found = take(records, WIDE_END);
      expect(found.fields).toEqual({
        // The record's length but for its first 12 bytes: 56 - 12.
        ...{ signature: 0x06064b50, length: 44, madeBy: 45, version: 45, disk: 0, startDisk: 0 },
        ...{ onDisk: count, entries: count, size, start },
      });
      const located = take(found.rest, LOCATOR);
      // The record stands right behind the directory.
      expect(located.fields).toEqual({ signature: 0x07064b50, disk: 0, end: start + size, disks: 1 });
      records = located.rest;
    }
    const { fields, rest } = take(records, END);
    const all = wide
      ? { onDisk: 0xffff, entries: 0xffff, size: 0xffffffff, start: 0xffffffff }
      : { onDisk: count, entries: count, size, start };
    expect(fields).toEqual({ signature: 0x06054b50, disk: 0, startDisk: 0, ...all, comment: 0 });
    expect(rest).toHaveLength(0);
  });
});
