/**
 * Encodes rows for PostgreSQL's `COPY ... FROM STDIN (FORMAT binary)`.
 *
 * Binary rather than text: for half a million phases the server needs a third of the time (0.4 s against 1.2 s), and
 * writing an integer's bytes costs less here than writing its digits. The format is described in PostgreSQL's manual,
 * "COPY, Binary Format": a signature, then rows of a field count and length-prefixed fields, then -1.
 */
const SIGNATURE = Buffer.from([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
/** Seconds between the Unix epoch and PostgreSQL's, 2000-01-01. */
const POSTGRES_EPOCH = 946_684_800;
const TWO_32 = 4_294_967_296;

/**
 * Rows in the binary format of PostgreSQL's COPY (documentation, "COPY", Binary Format), one field after the other. Whoever
 * calls it knows the types of the columns, and takes the bytes away in chunks.
 */
export class CopyBinaryEncoder {
  private buffer: Buffer;
  /** Of the same bytes: its setters are compiled to single stores, Buffer's check and write byte by byte. */
  private view: DataView;
  private length: number;

  /** @param chunkBytes the size at which `full` becomes true; the buffer grows beyond it only for a longer row */
  constructor(private readonly chunkBytes = 128 * 1024) {
    this.buffer = Buffer.allocUnsafe(chunkBytes * 2);
    this.view = viewOf(this.buffer);
    this.length = SIGNATURE.copy(this.buffer);
  }

  /** Whether `take` should be called before more rows are written. */
  get full(): boolean {
    return this.length >= this.chunkBytes;
  }

  /** Begins a row of `fields` fields, each of which must follow as one call. */
  row(fields: number): void {
    this.reserve(2);
    this.view.setInt16(this.length, fields);
    this.length += 2;
  }

  null(): void {
    this.reserve(4);
    this.view.setInt32(this.length, -1);
    this.length += 4;
  }

  bool(value: boolean): void {
    this.field(1);
    this.view.setUint8(this.length, value ? 1 : 0);
    this.length += 1;
  }

  int2(value: number): void {
    this.field(2);
    this.view.setInt16(this.length, value);
    this.length += 2;
  }

  int4(value: number): void {
    this.field(4);
    this.view.setInt32(this.length, value);
    this.length += 4;
  }

  /** @param value a safe integer (|value| < 2^53) */
  int8(value: number): void {
    this.field(8);
    const high = Math.floor(value / TWO_32);
    this.view.setInt32(this.length, high);
    this.view.setUint32(this.length + 4, value - high * TWO_32);
    this.length += 8;
  }

  float8(value: number): void {
    this.field(8);
    this.view.setFloat64(this.length, value);
    this.length += 8;
  }

  /** @param epochSeconds whole seconds since 1970-01-01T00:00:00Z */
  timestamptz(epochSeconds: number): void {
    this.int8((epochSeconds - POSTGRES_EPOCH) * 1_000_000);
  }

  text(value: string): void {
    // Three bytes is the most UTF-8 needs for a UTF-16 code unit.
    this.reserve(4 + value.length * 3);
    const bytes = this.buffer.write(value, this.length + 4, 'utf8');
    this.view.setInt32(this.length, bytes);
    this.length += 4 + bytes;
  }

  /** @param json the text of a JSON document */
  jsonb(json: string): void {
    this.reserve(5 + json.length * 3);
    const bytes = this.buffer.write(json, this.length + 5, 'utf8');
    this.view.setInt32(this.length, bytes + 1);
    this.view.setUint8(this.length + 4, 1);
    this.length += 5 + bytes;
  }

  /** @param bytes the 16 bytes of the UUID */
  uuid(bytes: Uint8Array): void {
    this.field(16);
    this.buffer.set(bytes.subarray(0, 16), this.length);
    this.length += 16;
  }

  /** Hands over what has been encoded so far; the encoder goes on in a buffer of its own. */
  take(): Buffer {
    const chunk = this.buffer.subarray(0, this.length);
    this.use(Buffer.allocUnsafe(this.chunkBytes * 2));
    this.length = 0;
    return chunk;
  }

  /** The last chunk, with the end marker. */
  finish(): Buffer {
    this.reserve(2);
    this.view.setInt16(this.length, -1);
    this.length += 2;
    return this.take();
  }

  /** Makes room for a field of `bytes` bytes and writes its length. */
  private field(bytes: number): void {
    this.reserve(4 + bytes);
    this.view.setInt32(this.length, bytes);
    this.length += 4;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.use(larger);
  }

  private use(buffer: Buffer): void {
    this.buffer = buffer;
    this.view = viewOf(buffer);
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
