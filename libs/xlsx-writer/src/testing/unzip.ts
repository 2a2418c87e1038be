import { inflateRawSync } from 'node:zlib';

/** The parts of a zip found through its directory, zip64 records included, by nothing but the format's own offsets. */
export function unzip(archive: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let end = archive.length - 22;
  let start = archive.readUInt32LE(end + 16);
  let count = archive.readUInt16LE(end + 10);
  if (count === 0xffff) {
    end = Number(archive.readBigUInt64LE(end - 20 + 8));
    if (archive.readUInt32LE(end) !== 0x06064b50) throw new Error('no zip64 end record');
    count = Number(archive.readBigUInt64LE(end + 32));
    start = Number(archive.readBigUInt64LE(end + 48));
  }
  for (let at = start; count > 0; count--) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error('no record of the directory');
    const nameLength = archive.readUInt16LE(at + 28);
    const extraLength = archive.readUInt16LE(at + 30);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    let size = archive.readUInt32LE(at + 20);
    let offset = archive.readUInt32LE(at + 42);
    if (size === 0xffffffff) {
      size = Number(archive.readBigUInt64LE(at + 46 + nameLength + 12));
      offset = Number(archive.readBigUInt64LE(at + 46 + nameLength + 20));
    }
    const data = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    parts.set(name, inflateRawSync(archive.subarray(data, data + size)).toString('utf8'));
    at += 46 + nameLength + extraLength;
  }
  return parts;
}
