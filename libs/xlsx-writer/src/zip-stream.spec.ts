import { PassThrough, Writable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { ZipStream } from './zip-stream';

/** A stream that takes everything, and what it was given. */
function collector(): { out: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { out, bytes: () => Buffer.concat(chunks) };
}

const ORDER = { name: 'XlsxWriteError', code: 'XLSX_WRITE_ORDER' };

describe('ZipStream', () => {
  it('refuses what comes at the wrong time, and says where', async () => {
    const zip = new ZipStream(collector().out, 1, false);
    expect(() => zip.write(Buffer.from('x'))).toThrow(expect.objectContaining({ ...ORDER, place: 'zip' }));
    await expect(zip.endEntry()).rejects.toMatchObject({ ...ORDER, place: 'zip' });
    await zip.startEntry('a');
    await expect(zip.startEntry('b')).rejects.toMatchObject({ ...ORDER, place: 'b' });
    await expect(zip.finish()).rejects.toMatchObject({ ...ORDER, place: 'a' });
    await zip.endEntry();
    expect(() => zip.write(Buffer.from('x'))).toThrow(expect.objectContaining(ORDER));
    await expect(zip.endEntry()).rejects.toMatchObject(ORDER);
    await zip.finish();
  });

  it('states of each entry where it begins, how long it is and its checksum over all that was written', async () => {
    const { out, bytes } = collector();
    const zip = new ZipStream(out, 0, false);
    for (const [name, pieces] of [
      ['a', ['one ', 'two']],
      ['b', ['three']],
    ] as const) {
      await zip.startEntry(name);
      for (const piece of pieces) await zip.write(Buffer.from(piece));
      await zip.endEntry();
    }
    await zip.finish();
    const archive = bytes();
    const start = archive.readUInt32LE(archive.length - 6);
    // Each record of the directory has 46 bytes and a name of one.
    const [first, second] = [start, start + 47];
    expect(archive.readUInt32LE(archive.length - 10)).toBe(2 * 47);
    expect([first, second].map((at) => archive.readUInt32LE(at + 24))).toEqual([7, 5]);
    expect([first, second].map((at) => archive.readUInt32LE(at + 16))).toEqual([crc32('one two'), crc32('three')]);
    // Of the first: a header of 30 bytes, its name, the bytes as they were compressed, and a descriptor of 16.
    const compressed = archive.readUInt32LE(first + 20);
    expect([first, second].map((at) => archive.readUInt32LE(at + 42))).toEqual([0, 31 + compressed + 16]);
  });

  it('waits at its end for a stream that fails only then', async () => {
    const out = new Writable({
      write: (_chunk, _encoding, done) => done(),
      final: (done) => done(new Error('no space for the last block')),
    });
    const zip = new ZipStream(out, 1, false);
    await expect(zip.finish()).rejects.toThrow('no space for the last block');
  });

  it('fails where its stream was closed without an error, instead of waiting for ever', async () => {
    const out = new Writable({ highWaterMark: 1, write: () => undefined });
    const zip = new ZipStream(out, 1, false);
    const started = zip.startEntry('a');
    out.destroy();
    await expect(started).rejects.toThrow();
    // What is closed already is not waited for either.
    const closed = new PassThrough();
    closed.destroy();
    await expect(new ZipStream(closed, 1, false).startEntry('a')).rejects.toThrow();
  });

  it('gives up with the error that it was given, at every later call', async () => {
    const { out } = collector();
    const zip = new ZipStream(out, 1, false);
    await zip.startEntry('a');
    const reason = new Error('given up');
    zip.destroy(reason);
    zip.destroy(new Error('once more'));
    expect(out.destroyed).toBe(true);
    await expect(zip.write(Buffer.from('x'))).rejects.toBe(reason);
  });

  it('keeps the first error of its stream', async () => {
    const { out } = collector();
    const zip = new ZipStream(out, 1, false);
    const reason = new Error('first');
    out.emit('error', reason);
    out.emit('error', new Error('second'));
    await expect(zip.startEntry('a')).rejects.toBe(reason);
  });
});
