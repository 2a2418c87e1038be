import { constants, crc32, createDeflateRaw, type DeflateRaw, type ZlibOptions } from 'node:zlib';
import { finished, type Writable } from 'node:stream';
import { XlsxWriteError } from './xlsx-write-error';

const LIMIT_32 = 0xffffffff;
const LIMIT_16 = 0xffff;
/** 1980-01-01 00:00, the first moment a zip can state: an archive must not depend on when it was written. */
const DOS_DATE = 0x21;
const DOS_TIME = 0;
const FLAGS = 0x0808; // sizes follow in a descriptor; names are UTF-8
const DEFLATED = 8;
/** What may wait between the caller and zlib's thread: enough that both stay busy, little enough to be nothing. */
const PENDING_BYTES = 1 << 19;

interface Entry {
  name: Buffer;
  offset: number;
  crc: number;
  bytes: number;
  compressedBytes: number;
}

/**
 * A zip archive written front to back to a stream that need not be seekable: sizes come in data descriptors, and turn into zip64 records when a
 * size or an offset passes 4 GB (as Go's archive/zip does: the local header need not announce it, the directory is what readers go by).
 *
 * Our own because of the choices in npm none is both deterministic and light: archiver and yazl stamp entries with the wall clock unless each is
 * told otherwise and bring a dozen packages; what remains of the task once zlib has done its part is this file.
 */
export class ZipStream {
  private readonly entries: Entry[] = [];
  private written = 0;
  private entry: Entry | undefined;
  private deflate: DeflateRaw | undefined;
  private pumped: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  /** @param forceZip64 writes zip64 records for small archives too (to be tested without writing 4 GB) */
  constructor(
    private readonly out: Writable,
    private readonly level: number = constants.Z_DEFAULT_COMPRESSION,
    private readonly forceZip64 = false,
  ) {
    out.on('error', (error: Error) => (this.failure ??= error));
  }

  async startEntry(name: string): Promise<void> {
    if (this.entry) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'an entry is still open', name);
    const bytes = Buffer.from(name, 'utf8');
    this.entry = { name: bytes, offset: this.written, crc: 0, bytes: 0, compressedBytes: 0 };
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(this.forceZip64 ? 45 : 20, 4);
    header.writeUInt16LE(FLAGS, 6);
    header.writeUInt16LE(DEFLATED, 8);
    header.writeUInt16LE(DOS_TIME, 10);
    header.writeUInt16LE(DOS_DATE, 12);
    header.writeUInt16LE(bytes.length, 26);
    await this.put(Buffer.concat([header, bytes]));

    // zlib's streams take stream options too; their type does not say so.
    const settings: ZlibOptions & { highWaterMark: number } = {
      level: this.level,
      memLevel: 9,
      chunkSize: 1 << 16,
      highWaterMark: PENDING_BYTES,
    };
    const deflate = createDeflateRaw(settings);
    this.deflate = deflate;
    this.pumped = this.pump(deflate, this.entry);
    // The failure is met at the next write or at endEntry; until then it must not be an unhandled rejection.
    this.pumped.catch((error: Error) => (this.failure ??= error));
  }

  /** Returns a promise only when the caller should wait before writing more. */
  write(chunk: Buffer): Promise<void> | undefined {
    if (this.failure) return Promise.reject(this.failure);
    if (!this.entry || !this.deflate) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'no entry is open', 'zip');
    this.entry.crc = crc32(chunk, this.entry.crc);
    this.entry.bytes += chunk.length;
    return this.deflate.write(chunk) ? undefined : this.drained(this.deflate);
  }

  async endEntry(): Promise<void> {
    const { entry, deflate } = this;
    if (!entry || !deflate) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'no entry is open', 'zip');
    deflate.end();
    await this.pumped;
    this.written += entry.compressedBytes;
    await this.put(this.descriptor(entry));
    this.entries.push(entry);
    this.entry = undefined;
    this.deflate = undefined;
  }

  /** Writes the directory, ends the stream and waits until it has taken everything. */
  async finish(): Promise<void> {
    if (this.entry) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'an entry is still open', this.entry.name.toString());
    const start = this.written;
    for (const entry of this.entries) await this.put(this.directoryRecord(entry));
    await this.put(this.endRecords(start));
    await new Promise<void>((resolve, reject) => {
      finished(this.out, { readable: false }, (error) => (error ? reject(error) : resolve()));
      this.out.end();
    });
  }

  destroy(error: Error): void {
    this.failure ??= error;
    this.deflate?.destroy();
    this.out.destroy();
  }

  /** Leaving the loop by an error destroys the deflater, which wakes whoever waits for it to drain. */
  private async pump(deflate: DeflateRaw, entry: Entry): Promise<void> {
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      entry.compressedBytes += chunk.length;
      if (!this.out.write(chunk)) await this.drained(this.out);
    }
  }

  private descriptor(entry: Entry): Buffer {
    const wide = this.forceZip64 || entry.bytes > LIMIT_32 || entry.compressedBytes > LIMIT_32;
    const record = Buffer.alloc(wide ? 24 : 16);
    record.writeUInt32LE(0x08074b50, 0);
    record.writeUInt32LE(entry.crc, 4);
    if (wide) {
      writeUInt64(record, entry.compressedBytes, 8);
      writeUInt64(record, entry.bytes, 16);
    } else {
      record.writeUInt32LE(entry.compressedBytes, 8);
      record.writeUInt32LE(entry.bytes, 12);
    }
    return record;
  }

  private directoryRecord(entry: Entry): Buffer {
    const wide = this.forceZip64 || Math.max(entry.bytes, entry.compressedBytes, entry.offset) >= LIMIT_32;
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
    record.writeUInt16LE(wide ? 45 : 20, 4);
    record.writeUInt16LE(wide ? 45 : 20, 6);
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

  private endRecords(start: number): Buffer {
    const size = this.written - start;
    const count = this.entries.length;
    const wide = this.forceZip64 || count >= LIMIT_16 || size >= LIMIT_32 || start >= LIMIT_32;
    const wideEnd = Buffer.alloc(wide ? 76 : 0);
    if (wide) {
      wideEnd.writeUInt32LE(0x06064b50, 0);
      writeUInt64(wideEnd, 44, 4);
      wideEnd.writeUInt16LE(45, 12);
      wideEnd.writeUInt16LE(45, 14);
      writeUInt64(wideEnd, count, 24);
      writeUInt64(wideEnd, count, 32);
      writeUInt64(wideEnd, size, 40);
      writeUInt64(wideEnd, start, 48);
      wideEnd.writeUInt32LE(0x07064b50, 56);
      writeUInt64(wideEnd, this.written, 64);
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

  private async put(bytes: Buffer): Promise<void> {
    if (this.failure) throw this.failure;
    this.written += bytes.length;
    if (!this.out.write(bytes)) await this.drained(this.out);
  }

  private drained(stream: Writable): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        stream.off('drain', settle).off('error', settle).off('close', settle);
        if (stream.destroyed)
          reject(this.failure ?? stream.errored ?? new Error('the output was closed before the archive was complete'));
        else resolve();
      };
      stream.on('drain', settle).on('error', settle).on('close', settle);
      if (stream.destroyed) settle();
    });
  }
}

function writeUInt64(target: Buffer, value: number, at: number): void {
  target.writeUInt32LE(value % 0x100000000, at);
  target.writeUInt32LE(Math.floor(value / 0x100000000), at + 4);
}
