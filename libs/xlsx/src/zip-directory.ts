import type { FileHandle } from 'node:fs/promises';
import type { XlsxLimits } from './limits';
import { XlsxError } from './xlsx-error';

/** One entry of the zip's central directory (APPNOTE 6.3.10, 4.3.12). */
export interface ZipEntry {
  /** with forward slashes: some writers store backslashes */
  readonly name: string;
  readonly crc32: number;
  /** inflated size */
  readonly bytes: number;
  readonly compressedBytes: number;
  readonly method: number;
  readonly flags: number;
  readonly localOffset: number;
  /** where the compressed bytes begin, behind the local header */
  readonly dataOffset: number;
}

type CentralEntry = Omit<ZipEntry, 'dataOffset'> & { readonly rawName: Buffer };

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const END_BYTES = 22;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const MAX_COMMENT = 0xffff;
const METHOD_STORED = 0;
const METHOD_DEFLATED = 8;
const FLAG_ENCRYPTED = 0x0001;
const FLAG_UTF8_NAME = 0x0800;
const ZIP64_EXTRA = 0x0001;

const corrupt = (detail: string, place: string): XlsxError => new XlsxError('XLSX_CORRUPT_ZIP', detail, place);

/** Reads exactly `length` bytes at `position`. Throws XLSX_TRUNCATED when the file ends before. */
export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new XlsxError('XLSX_TRUNCATED', 'the file ends too early', `byte ${position + filled}`);
    filled += bytesRead;
  }
  return bytes;
}

interface DirectoryPlace {
  offset: number;
  bytes: number;
  entries: number;
  /** where the end records begin: nothing of an entry lies past it */
  endOffset: number;
}

function safeInteger(value: bigint, what: string, place: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw corrupt(`${what} is beyond any file`, place);
  return Number(value);
}

async function zip64Place(file: FileHandle, locatorOffset: number): Promise<DirectoryPlace> {
  const locator = await readExactly(file, locatorOffset, 20);
  const place = `byte ${locatorOffset}`;
  const endOffset = safeInteger(locator.readBigUInt64LE(8), 'the zip64 end record', place);
  if (endOffset + 56 > locatorOffset) throw corrupt('the zip64 end record lies outside the file', place);
  const end = await readExactly(file, endOffset, 56);
  if (end.readUInt32LE(0) !== ZIP64_END_SIGNATURE) throw corrupt('no zip64 end record', `byte ${endOffset}`);
  return {
    entries: safeInteger(end.readBigUInt64LE(32), 'the number of entries', `byte ${endOffset}`),
    bytes: safeInteger(end.readBigUInt64LE(40), 'the size of the directory', `byte ${endOffset}`),
    offset: safeInteger(end.readBigUInt64LE(48), 'the offset of the directory', `byte ${endOffset}`),
    endOffset,
  };
}

async function findDirectory(file: FileHandle, fileBytes: number): Promise<DirectoryPlace> {
  const tailOffset = Math.max(0, fileBytes - END_BYTES - MAX_COMMENT);
  const tail = await readExactly(file, tailOffset, fileBytes - tailOffset);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) > tail.length) continue;
    const endOffset = tailOffset + at;
    const locatorOffset = endOffset - 20;
    if (at >= 20 && tail.readUInt32LE(at - 20) === ZIP64_LOCATOR_SIGNATURE) return zip64Place(file, locatorOffset);
    if (tail.readUInt16LE(at + 4) !== tail.readUInt16LE(at + 6) || tail.readUInt16LE(at + 4) !== 0) {
      throw corrupt('a zip in several volumes', `byte ${endOffset}`);
    }
    return {
      entries: tail.readUInt16LE(at + 10),
      bytes: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
      endOffset,
    };
  }
  throw new XlsxError('XLSX_TRUNCATED', 'the zip directory, which ends every .xlsx, is missing', `byte ${fileBytes}`);
}

/** Sizes and offset that do not fit 32 bits stand in the zip64 extra field, in this order, each only where needed. */
function zip64Values(extra: Buffer, wanted: boolean[], place: string): (number | undefined)[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) {
      let next = at + 4;
      const end = Math.min(extra.length, next + length);
      return wanted.map((isWanted) => {
        if (!isWanted) return undefined;
        if (next + 8 > end) throw corrupt('the zip64 sizes of an entry are missing', place);
        next += 8;
        return safeInteger(extra.readBigUInt64LE(next - 8), 'a zip64 size', place);
      });
    }
    at += 4 + length;
  }
  if (wanted.includes(true)) throw corrupt('the zip64 sizes of an entry are missing', place);
  return [];
}

function readEntry(directory: Buffer, at: number, place: string): { entry: CentralEntry; next: number } {
  if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL_SIGNATURE) {
    throw corrupt('a damaged directory entry', place);
  }
  const flags = directory.readUInt16LE(at + 8);
  const nameEnd = at + CENTRAL_BYTES + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw corrupt('a damaged directory entry', place);
  const compressed = directory.readUInt32LE(at + 20);
  const bytes = directory.readUInt32LE(at + 24);
  const offset = directory.readUInt32LE(at + 42);
  const [wideBytes, wideCompressed, wideOffset] = zip64Values(
    directory.subarray(nameEnd, extraEnd),
    [bytes === 0xffffffff, compressed === 0xffffffff, offset === 0xffffffff],
    place,
  );
  // Names without the UTF-8 flag are code page 437, which agrees with latin1 on the ASCII that part names are made of.
  const rawName = directory.subarray(at + CENTRAL_BYTES, nameEnd);
  const name = rawName.toString(flags & FLAG_UTF8_NAME ? 'utf8' : 'latin1');
  return {
    entry: {
      rawName,
      name: name.replaceAll('\\', '/').replace(/^\/+/, ''),
      crc32: directory.readUInt32LE(at + 16),
      bytes: wideBytes ?? bytes,
      compressedBytes: wideCompressed ?? compressed,
      method: directory.readUInt16LE(at + 10),
      flags,
      localOffset: wideOffset ?? offset,
    },
    next,
  };
}

/**
 * The entry's data lie behind its local header, which must agree with the directory: a directory whose names were
 * damaged would otherwise hide a part (without its styles, a workbook has numbers for dates).
 */
async function findData(file: FileHandle, { rawName, ...entry }: CentralEntry, end: number): Promise<ZipEntry> {
  const place = `part ${entry.name}`;
  if (entry.localOffset + LOCAL_BYTES + rawName.length > end) throw corrupt('it begins beyond the other parts', place);
  const header = await readExactly(file, entry.localOffset, LOCAL_BYTES + rawName.length);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw corrupt('no local header where the directory names it', place);
  if (header.readUInt16LE(6) & FLAG_ENCRYPTED)
    throw new XlsxError('XLSX_ENCRYPTED', 'the zip entry is encrypted', place);
  const isSame =
    header.readUInt16LE(8) === entry.method &&
    header.readUInt16LE(26) === rawName.length &&
    header.subarray(LOCAL_BYTES).equals(rawName);
  if (!isSame) throw corrupt('local header and directory differ', place);
  return { ...entry, dataOffset: entry.localOffset + header.length + header.readUInt16LE(28) };
}

/** Entries that share bytes are how a small file claims to hold petabytes: no two may overlap. */
function refuseOverlaps(entries: readonly ZipEntry[], directoryOffset: number): void {
  const inFileOrder = [...entries].sort((a, b) => a.localOffset - b.localOffset);
  inFileOrder.forEach((entry, index) => {
    const next = inFileOrder[index + 1]?.localOffset ?? directoryOffset;
    if (entry.dataOffset + entry.compressedBytes > next) {
      throw corrupt('its bytes overlap those of another entry', `part ${entry.name}`);
    }
  });
}

/**
 * Reads the central directory and checks it against the caps before anything is inflated.
 * Throws XLSX_TRUNCATED, XLSX_CORRUPT_ZIP, XLSX_ENCRYPTED, XLSX_UNSUPPORTED_COMPRESSION, XLSX_LIMIT_ENTRIES,
 * XLSX_LIMIT_BYTES.
 */
export async function readZipDirectory(file: FileHandle, fileBytes: number, limits: XlsxLimits): Promise<ZipEntry[]> {
  const place = await findDirectory(file, fileBytes);
  const at = `byte ${place.offset}`;
  if (place.entries > limits.entries) {
    throw new XlsxError('XLSX_LIMIT_ENTRIES', `${place.entries} parts, the cap is ${limits.entries}`, at);
  }
  if (place.offset + place.bytes > place.endOffset) throw corrupt('the directory lies outside the file', at);
  if (place.bytes > place.entries * (CENTRAL_BYTES + 3 * 0xffff)) throw corrupt('the directory is too long', at);
  const directory = await readExactly(file, place.offset, place.bytes);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let offset = 0;
  let total = 0;
  for (let index = 0; index < place.entries; index++) {
    const { entry, next } = readEntry(directory, offset, `byte ${place.offset + offset}`);
    offset = next;
    if (entry.name.endsWith('/')) continue;
    const part = `part ${entry.name}`;
    if (entry.flags & FLAG_ENCRYPTED) throw new XlsxError('XLSX_ENCRYPTED', 'the zip entry is encrypted', part);
    if (entry.method !== METHOD_STORED && entry.method !== METHOD_DEFLATED) {
      throw new XlsxError('XLSX_UNSUPPORTED_COMPRESSION', `compression method ${entry.method}`, part);
    }
    if (entry.method === METHOD_STORED && entry.bytes !== entry.compressedBytes) {
      throw corrupt('a stored part states two sizes', part);
    }
    if (names.has(entry.name)) throw corrupt('two parts have this name', part);
    names.add(entry.name);
    total += entry.bytes;
    if (total > limits.uncompressedBytes) {
      throw new XlsxError('XLSX_LIMIT_BYTES', `more than ${limits.uncompressedBytes} uncompressed bytes`, part);
    }
    entries.push(await findData(file, entry, place.offset));
  }
  refuseOverlaps(entries, place.offset);
  return entries;
}

export const isDeflated = (entry: ZipEntry): boolean => entry.method === METHOD_DEFLATED;
