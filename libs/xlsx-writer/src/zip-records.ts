const LIMIT_32 = 0xffffffff;
const LIMIT_16 = 0xffff;
/** 1980-01-01 00:00, the first moment a zip can state: an archive must not depend on when it was written. */
const DOS_DATE = 0x21;
const DOS_TIME = 0;
const FLAGS = 0x0808; // sizes follow in a descriptor; names are UTF-8
const DEFLATED = 8;
/** The version of the format that a reader must know: 4.5 for zip64. */
const VERSION = 20;
const VERSION_64 = 45;

/** An entry as the directory describes it. */
export interface ZipEntry {
  name: Buffer;
  offset: number;
  crc: number;
  bytes: number;
  compressedBytes: number;
}

/** Where the directory lies, and how many entries it has. */
export interface ZipDirectory {
  start: number;
  size: number;
  count: number;
}

/** What stands before an entry's bytes. @param forceZip64 zip64 records for small archives too */
export function localHeader(name: Buffer, forceZip64: boolean): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(forceZip64 ? VERSION_64 : VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DOS_TIME, 10);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** What stands behind an entry's bytes: sizes of 8 bytes where the directory says them in zip64. */
export function descriptor({ crc, bytes, compressedBytes }: ZipEntry, forceZip64: boolean): Buffer {
  const wide = forceZip64 || Math.max(bytes, compressedBytes) >= LIMIT_32;
  const record = Buffer.alloc(wide ? 24 : 16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  if (wide) {
    writeUInt64(record, compressedBytes, 8);
    writeUInt64(record, bytes, 16);
  } else {
    record.writeUInt32LE(compressedBytes, 8);
    record.writeUInt32LE(bytes, 12);
  }
  return record;
}

/** An entry's record of the directory. */
export function directoryRecord(entry: ZipEntry, forceZip64: boolean): Buffer {
  const wide = forceZip64 || Math.max(entry.bytes, entry.compressedBytes, entry.offset) >= LIMIT_32;
  const extra = Buffer.alloc(wide ? 28 : 0);
  if (wide) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    writeUInt64(extra, entry.bytes, 4);
    writeUInt64(extra, entry.compressedBytes, 12);
    writeUInt64(extra, entry.offset, 20);
  }
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(wide ? VERSION_64 : VERSION, 4);
  record.writeUInt16LE(wide ? VERSION_64 : VERSION, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt16LE(DEFLATED, 10);
  record.writeUInt16LE(DOS_TIME, 12);
  record.writeUInt16LE(DOS_DATE, 14);
  record.writeUInt32LE(entry.crc, 16);
  record.writeUInt32LE(wide ? LIMIT_32 : entry.compressedBytes, 20);
  record.writeUInt32LE(wide ? LIMIT_32 : entry.bytes, 24);
  record.writeUInt16LE(entry.name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(wide ? LIMIT_32 : entry.offset, 42);
  return Buffer.concat([record, entry.name, extra]);
}

/** What stands behind the directory, and by which it is found. */
export function endRecords({ start, size, count }: ZipDirectory, forceZip64: boolean): Buffer {
  const wide = forceZip64 || count >= LIMIT_16 || Math.max(size, start) >= LIMIT_32;
  const wideEnd = Buffer.alloc(wide ? 76 : 0);
  if (wide) {
    wideEnd.writeUInt32LE(0x06064b50, 0);
    writeUInt64(wideEnd, 44, 4);
    wideEnd.writeUInt16LE(VERSION_64, 12);
    wideEnd.writeUInt16LE(VERSION_64, 14);
    writeUInt64(wideEnd, count, 24);
    writeUInt64(wideEnd, count, 32);
    writeUInt64(wideEnd, size, 40);
    writeUInt64(wideEnd, start, 48);
    wideEnd.writeUInt32LE(0x07064b50, 56);
    writeUInt64(wideEnd, start + size, 64);
    wideEnd.writeUInt32LE(1, 72);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? LIMIT_16 : count, 8);
  end.writeUInt16LE(wide ? LIMIT_16 : count, 10);
  end.writeUInt32LE(wide ? LIMIT_32 : size, 12);
  end.writeUInt32LE(wide ? LIMIT_32 : start, 16);
  return Buffer.concat([wideEnd, end]);
}

function writeUInt64(target: Buffer, value: number, at: number): void {
  target.writeBigUInt64LE(BigInt(value), at);
}
