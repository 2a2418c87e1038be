import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw, createInflateRaw } from 'node:zlib';

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const DEFLATED = 8;
const CHUNK_BYTES = 1 << 18;
/** Says that sizes stand behind the data; here they are known and stand in the header. */
const DESCRIPTOR_FLAG = 0x8;

interface Entry {
  /** its record of the directory, which is written again with another size and place */
  central: Buffer;
  name: Buffer;
  offset: number;
  compressed: number;
}

/**
 * Writes the same parts into another archive with another compression level (1 to 9): what a workbook becomes when
 * another program packs it. Names, order, times and checksums stay, the file's own hash does not.
 * Throws on a zip64 archive, which a workbook below 4 GB need not be.
 */
export async function rezip(from: string, to: string, level: number): Promise<void> {
  const source = await open(from);
  try {
    const target = await open(to, 'w');
    try {
      const entries = await readDirectory(source);
      let at = 0;
      const directory: Buffer[] = [];
      for (const entry of entries) {
        const { bytes, record } = await copyEntry(source, target, entry, at, level);
        directory.push(record);
        at += bytes;
      }
      const records = Buffer.concat(directory);
      await target.write(Buffer.concat([records, endRecord(entries.length, records.length, at)]), 0, undefined, at);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the archive is cut short');
  return buffer;
}

async function readDirectory(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - END_BYTES - MAX_COMMENT), Math.min(size, END_BYTES + MAX_COMMENT));
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(END_SIGNATURE);
  const end = tail.lastIndexOf(signature);
  if (end < 0) throw new Error('not a zip archive');
  const records = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  for (let at = 0; at < records.length;) {
    if (records.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw new Error('the directory of the archive is damaged');
    const nameEnd = at + CENTRAL_BYTES + records.readUInt16LE(at + 28);
    const compressed = records.readUInt32LE(at + 20);
    const offset = records.readUInt32LE(at + 42);
    if (compressed === 0xffffffff || offset === 0xffffffff) throw new Error('zip64 archives are not packed again');
    // Extra fields and comments are left out: none of them is part of the workbook.
    entries.push({
      central: records.subarray(at, at + CENTRAL_BYTES),
      name: records.subarray(at + CENTRAL_BYTES, nameEnd),
      offset,
      compressed,
    });
    at = nameEnd + records.readUInt16LE(at + 30) + records.readUInt16LE(at + 32);
  }
  return entries;
}

/** Writes one entry at `at` of the target; returns how long it is there and its record of the new directory. */
async function copyEntry(
  source: FileHandle,
  target: FileHandle,
  entry: Entry,
  at: number,
  level: number,
): Promise<{ bytes: number; record: Buffer }> {
  const head = await readAt(source, entry.offset, LOCAL_BYTES);
  if (head.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new Error('an entry of the archive is not where it should be');
  const dataAt = entry.offset + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  const bodyAt = at + LOCAL_BYTES + entry.name.length;
  let packed = 0;
  if (entry.compressed > 0) {
    const raw = readRange(source, dataAt, dataAt + entry.compressed);
    const deflate = createDeflateRaw({ level, chunkSize: CHUNK_BYTES });
    const write = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of chunks) {
        await target.write(chunk, 0, chunk.length, bodyAt + packed);
        packed += chunk.length;
      }
    };
    const isDeflated = entry.central.readUInt16LE(10) === DEFLATED;
    await (isDeflated
      ? pipeline(raw, createInflateRaw({ chunkSize: CHUNK_BYTES }), deflate, write)
      : pipeline(raw, deflate, write));
  }
  const record = Buffer.from(entry.central);
  record.writeUInt16LE(record.readUInt16LE(8) & ~DESCRIPTOR_FLAG, 8);
  record.writeUInt16LE(packed > 0 ? DEFLATED : 0, 10);
  record.writeUInt32LE(packed, 20);
  record.writeUInt32LE(0, 30);
  record.writeUInt16LE(0, 34);
  record.writeUInt32LE(at, 42);
  // Version, flags, method, time, checksum, sizes and the length of the name stand in the same order in both headers.
  const local = Buffer.alloc(LOCAL_BYTES);
  local.writeUInt32LE(LOCAL_SIGNATURE, 0);
  record.copy(local, 4, 6, 30);
  await target.write(Buffer.concat([local, entry.name]), 0, undefined, at);
  return { bytes: bodyAt + packed - at, record: Buffer.concat([record, entry.name]) };
}

async function* readRange(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; at += CHUNK_BYTES) yield await readAt(file, at, Math.min(CHUNK_BYTES, to - at));
}

function endRecord(entries: number, bytes: number, at: number): Buffer {
  const record = Buffer.alloc(END_BYTES);
  record.writeUInt32LE(END_SIGNATURE, 0);
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(at, 16);
  return record;
}
