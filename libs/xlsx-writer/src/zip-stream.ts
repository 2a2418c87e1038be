import { crc32, createDeflateRaw, type DeflateRaw, type ZlibOptions } from 'node:zlib';
import { finished, type Writable } from 'node:stream';
import { XlsxWriteError } from './xlsx-write-error';
import { descriptor, directoryRecord, endRecords, localHeader, type ZipEntry } from './zip-records';

/** What may wait between the caller and zlib's thread: enough that both stay busy, little enough to be nothing. */
const PENDING_BYTES = 1 << 19;

/**
 * A zip archive written front to back to a stream that need not be seekable: sizes come in data descriptors, and turn into zip64 records when a
 * size or an offset passes 4 GB (as Go's archive/zip does: the local header need not announce it, the directory is what readers go by).
 *
 * Our own because of the choices in npm none is both deterministic and light: archiver and yazl stamp entries with the wall clock unless each is
 * told otherwise and bring a dozen packages; what remains of the task once zlib has done its part is this file.
 */
export class ZipStream {
  private readonly entries: ZipEntry[] = [];
  private written = 0;
  private entry: ZipEntry | undefined;
  private deflate: DeflateRaw | undefined;
  private pumped: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  /** @param forceZip64 writes zip64 records for small archives too (to be tested without writing 4 GB) */
  constructor(
    private readonly out: Writable,
    private readonly level: number,
    private readonly forceZip64: boolean,
  ) {
    out.on('error', (error: Error) => (this.failure ??= error));
  }

  async startEntry(name: string): Promise<void> {
    if (this.entry) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'an entry is still open', name);
    const bytes = Buffer.from(name, 'utf8');
    this.entry = { name: bytes, offset: this.written, crc: 0, bytes: 0, compressedBytes: 0 };
    await this.put(localHeader(bytes, this.forceZip64));

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
    await this.put(descriptor(entry, this.forceZip64));
    this.entries.push(entry);
    this.entry = undefined;
    this.deflate = undefined;
  }

  /** Writes the directory, ends the stream and waits until it has taken everything. */
  async finish(): Promise<void> {
    if (this.entry) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'an entry is still open', this.entry.name.toString());
    const start = this.written;
    for (const entry of this.entries) await this.put(directoryRecord(entry, this.forceZip64));
    const directory = { start, size: this.written - start, count: this.entries.length };
    await this.put(endRecords(directory, this.forceZip64));
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
  private async pump(deflate: DeflateRaw, entry: ZipEntry): Promise<void> {
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      entry.compressedBytes += chunk.length;
      if (!this.out.write(chunk)) await this.drained(this.out);
    }
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
