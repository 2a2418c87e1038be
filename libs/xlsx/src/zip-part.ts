import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { XlsxLimits } from './limits';
import { XlsxError } from './xlsx-error';
import { isDeflated, readExactly, type ZipEntry } from './zip-directory';

/**
 * Sizes of the window: at most two inflated chunks wait for the consumer. Measured on the factory's workbook (281 MB
 * inflated): chunks of 16 KB cost 0.5 s of processor time more than 128 KB; 1 MB gains nothing and costs 15 to 35 MB.
 */
const INFLATED_CHUNK = 128 * 1024;
const COMPRESSED_CHUNK = 64 * 1024;
const INFLATE_OPTIONS = { chunkSize: INFLATED_CHUNK, highWaterMark: INFLATED_CHUNK };

async function* compressedChunks(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const { dataOffset, compressedBytes } = entry;
  for (let done = 0; done < compressedBytes; done += COMPRESSED_CHUNK) {
    yield await readExactly(file, dataOffset + done, Math.min(COMPRESSED_CHUNK, compressedBytes - done));
  }
}

async function* inflatedChunks(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const source = Readable.from(compressedChunks(file, entry), { objectMode: false });
  const inflate = createInflateRaw(INFLATE_OPTIONS);
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    throw zlibError(error, entry);
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

function zlibError(error: unknown, entry: ZipEntry): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR' || code === 'Z_NEED_DICT') {
    return new XlsxError('XLSX_CORRUPT_ZIP', `its compressed bytes are damaged (${code})`, `part ${entry.name}`);
  }
  return error;
}

/**
 * The inflated bytes of one part, chunk by chunk, as fast as the consumer takes them.
 * Every chunk is checked before it is handed out: against the size that the directory states (which itself was checked
 * against the cap), and against the cap on the ratio. After the last one size and CRC-32 must agree.
 */
export async function* readPart(file: FileHandle, entry: ZipEntry, limits: XlsxLimits): AsyncGenerator<Buffer> {
  const place = `part ${entry.name}`;
  const chunks = isDeflated(entry) ? inflatedChunks(file, entry) : compressedChunks(file, entry);
  let bytes = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > entry.bytes) throw new XlsxError('XLSX_CORRUPT_ZIP', 'more bytes than the directory states', place);
    if (bytes > limits.ratioFloorBytes && bytes > entry.compressedBytes * limits.ratio) {
      throw new XlsxError('XLSX_LIMIT_RATIO', `inflates to more than ${limits.ratio} times its size`, place);
    }
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (bytes !== entry.bytes) throw new XlsxError('XLSX_CORRUPT_ZIP', 'fewer bytes than the directory states', place);
  if (checksum !== entry.crc32) throw new XlsxError('XLSX_CORRUPT_ZIP', 'its checksum is wrong', place);
}
