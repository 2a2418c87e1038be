import { crc32, deflateRawSync } from 'node:zlib';

/** One part, with every field that a test may want to state wrongly. */
export interface ZipPart {
  name: string;
  data: string | Buffer;
  /** stored instead of deflated */
  stored?: boolean;
  /** sizes and checksum after the data instead of before them, as streaming writers do */
  descriptor?: boolean;
  /** sizes and offset in the zip64 extra field */
  zip64?: boolean;
  flags?: number;
  method?: number;
  crc32?: number;
  bytes?: number;
  compressed?: Buffer;
  localOffset?: number;
}

export interface ZipOptions {
  comment?: string;
  /** end record of the zip64 kind */
  zip64End?: boolean;
  /** number of entries that the end record states */
  entries?: number;
}

const ZIP64 = 0xffffffff;

function header(signature: number, length: number, fill: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  fill(bytes);
  return bytes;
}

function zip64Extra(values: number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, i) => extra.writeBigUInt64LE(BigInt(value), 4 + i * 8));
  return extra;
}

/** A zip archive in memory, by the letter of APPNOTE 6.3.10 but for what the parts state otherwise. */
export function buildZip(parts: readonly ZipPart[], options: ZipOptions = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const push = (piece: Buffer): void => {
    pieces.push(piece);
    offset += piece.length;
  };
  for (const part of parts) {
    const data = Buffer.from(part.data as string);
    const packed = part.compressed ?? (part.stored ? data : deflateRawSync(data));
    const name = Buffer.from(part.name, 'utf8');
    const method = part.method ?? (part.stored ? 0 : 8);
    const flags = (part.flags ?? 0) | 0x0800 | (part.descriptor ? 8 : 0);
    const checksum = part.crc32 ?? crc32(data);
    const bytes = part.bytes ?? data.length;
    const localOffset = part.localOffset ?? offset;
    const isInLocal = !part.descriptor;
    const localExtra = part.zip64
      ? zip64Extra([isInLocal ? bytes : 0, isInLocal ? packed.length : 0])
      : Buffer.alloc(0);
    push(
      header(0x04034b50, 30, (local) => {
        local.writeUInt16LE(part.zip64 ? 45 : 20, 4);
        local.writeUInt16LE(flags, 6);
        local.writeUInt16LE(method, 8);
        local.writeUInt32LE(isInLocal ? checksum : 0, 14);
        local.writeUInt32LE(part.zip64 ? ZIP64 : isInLocal ? packed.length : 0, 18);
        local.writeUInt32LE(part.zip64 ? ZIP64 : isInLocal ? bytes : 0, 22);
        local.writeUInt16LE(name.length, 26);
        local.writeUInt16LE(localExtra.length, 28);
      }),
    );
    push(name);
    push(localExtra);
    push(packed);
    if (part.descriptor) {
      push(
        header(0x08074b50, part.zip64 ? 24 : 16, (descriptor) => {
          descriptor.writeUInt32LE(checksum, 4);
          if (part.zip64) {
            descriptor.writeBigUInt64LE(BigInt(packed.length), 8);
            descriptor.writeBigUInt64LE(BigInt(bytes), 16);
          } else {
            descriptor.writeUInt32LE(packed.length, 8);
            descriptor.writeUInt32LE(bytes, 12);
          }
        }),
      );
    }
    const extra = part.zip64 ? zip64Extra([bytes, packed.length, localOffset]) : Buffer.alloc(0);
    directory.push(
      header(0x02014b50, 46, (entry) => {
        entry.writeUInt16LE(flags, 8);
        entry.writeUInt16LE(method, 10);
        entry.writeUInt32LE(checksum, 16);
        entry.writeUInt32LE(part.zip64 ? ZIP64 : packed.length, 20);
        entry.writeUInt32LE(part.zip64 ? ZIP64 : bytes, 24);
        entry.writeUInt16LE(name.length, 28);
        entry.writeUInt16LE(extra.length, 30);
        entry.writeUInt32LE(part.zip64 ? ZIP64 : localOffset, 42);
      }),
      name,
      extra,
    );
  }
  const directoryOffset = offset;
  directory.forEach(push);
  const directoryBytes = offset - directoryOffset;
  const entries = options.entries ?? parts.length;
  if (options.zip64End) {
    const endOffset = offset;
    push(
      header(0x06064b50, 56, (end) => {
        end.writeBigUInt64LE(44n, 4);
        end.writeBigUInt64LE(BigInt(entries), 24);
        end.writeBigUInt64LE(BigInt(entries), 32);
        end.writeBigUInt64LE(BigInt(directoryBytes), 40);
        end.writeBigUInt64LE(BigInt(directoryOffset), 48);
      }),
    );
    push(
      header(0x07064b50, 20, (locator) => {
        locator.writeBigUInt64LE(BigInt(endOffset), 8);
        locator.writeUInt32LE(1, 16);
      }),
    );
  }
  const comment = Buffer.from(options.comment ?? '', 'utf8');
  push(
    header(0x06054b50, 22, (end) => {
      end.writeUInt16LE(options.zip64End ? 0xffff : entries, 8);
      end.writeUInt16LE(options.zip64End ? 0xffff : entries, 10);
      end.writeUInt32LE(options.zip64End ? ZIP64 : directoryBytes, 12);
      end.writeUInt32LE(options.zip64End ? ZIP64 : directoryOffset, 16);
      end.writeUInt16LE(comment.length, 20);
    }),
  );
  push(comment);
  return Buffer.concat(pieces);
}
