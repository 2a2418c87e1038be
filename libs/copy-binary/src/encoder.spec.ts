import * as fc from 'fast-check';
import { CopyBinaryEncoder } from './index';

/** Reads the format back by the manual's description, independently of the encoder. */
function decode(bytes: Buffer): (Buffer | null)[][] {
  expect(bytes.subarray(0, 11)).toEqual(Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'));
  let at = 19;
  const rows: (Buffer | null)[][] = [];
  for (;;) {
    const fields = bytes.readInt16BE(at);
    at += 2;
    if (fields === -1) break;
    const row: (Buffer | null)[] = [];
    for (let i = 0; i < fields; i += 1) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length === -1 ? null : bytes.subarray(at, at + length));
      at += Math.max(length, 0);
    }
    rows.push(row);
  }
  expect(at).toBe(bytes.length);
  return rows;
}

describe('CopyBinaryEncoder', () => {
  it('writes every type as the manual describes it', () => {
    const encoder = new CopyBinaryEncoder();
    encoder.row(8);
    encoder.int2(-2);
    encoder.int4(-123_456);
    encoder.bool(true);
    encoder.null();
    encoder.timestamptz(Date.UTC(2000, 0, 1, 0, 0, 1) / 1000);
    encoder.jsonb('{"a":"é"}');
    encoder.uuid(Uint8Array.from({ length: 16 }, (_, i) => i));
    encoder.float8(0.1);
    const [row] = decode(encoder.finish());
    expect(row?.map((field) => field && field.toString('hex'))).toEqual([
      'fffe',
      'fffe1dc0',
      '01',
      null,
      // one second after PostgreSQL's epoch = 1,000,000 microseconds = 0xf4240
      '00000000000f4240',
      `01${Buffer.from('{"a":"é"}').toString('hex')}`,
      '000102030405060708090a0b0c0d0e0f',
      '3fb999999999999a',
    ]);
  });

  it('keeps every safe integer and every text, whatever the chunk size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.maxSafeInteger(), fc.string({ unit: 'binary', maxLength: 40 }))),
        fc.integer({ min: 32, max: 256 }),
        (rows, chunkBytes) => {
          const encoder = new CopyBinaryEncoder(chunkBytes);
          const chunks: Buffer[] = [];
          for (const [number, text] of rows) {
            encoder.row(2);
            encoder.int8(number);
            encoder.text(text);
            if (encoder.full) chunks.push(encoder.take());
          }
          chunks.push(encoder.finish());
          const back = decode(Buffer.concat(chunks));
          expect(back.map(([number, text]) => [Number(number?.readBigInt64BE()), text?.toString('utf8')])).toEqual(
            rows.map(([number, text]) => [number, Buffer.from(text).toString('utf8')]),
          );
        },
      ),
    );
  });

  it('writes any field in the same bytes, wherever its buffer ends', () => {
    const fields: Record<string, (encoder: CopyBinaryEncoder) => void> = {
      row: (encoder) => encoder.row(1),
      null: (encoder) => encoder.null(),
      bool: (encoder) => encoder.bool(false),
      int2: (encoder) => encoder.int2(258),
      int8: (encoder) => encoder.int8(-1),
      text: (encoder) => encoder.text('ãé€'),
      'long text': (encoder) => encoder.text('€'.repeat(100)),
      jsonb: (encoder) => encoder.jsonb('"€"'),
      uuid: (encoder) => encoder.uuid(new Uint8Array(16).fill(7)),
      finish: () => undefined,
    };
    for (const [name, write] of Object.entries(fields)) {
      const encode = (chunkBytes: number): string => {
        const encoder = new CopyBinaryEncoder(chunkBytes);
        encoder.row(2);
        encoder.bool(true);
        write(encoder);
        return `${name} ${encoder.finish().toString('hex')}`;
      };
      const roomy = encode(1000);
      for (let chunkBytes = 10; chunkBytes < 40; chunkBytes += 1) expect(encode(chunkBytes)).toBe(roomy);
    }
  });

  it('is full from the given size on, and empty again once its bytes are taken', () => {
    const encoder = new CopyBinaryEncoder(25);
    // 19 bytes of signature, 2 of a row, 4 of a null
    encoder.row(1);
    expect(encoder.full).toBe(false);
    encoder.null();
    expect(encoder.full).toBe(true);
    expect(encoder.take()).toHaveLength(25);
    expect(encoder.full).toBe(false);
  });

  it('leaves bytes alone that were taken', () => {
    const encoder = new CopyBinaryEncoder();
    encoder.row(1);
    encoder.int4(1);
    const taken = encoder.take();
    const before = taken.toString('hex');
    encoder.row(1);
    encoder.int4(2);
    encoder.finish();
    expect(taken.toString('hex')).toBe(before);
  });
});
