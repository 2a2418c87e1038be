import { Utf8Normaliser } from './xml-encoding';

/** What comes out of bytes that come `step` at a time, and whether they were taken for UTF-16. */
function normalise(bytes: Buffer, step = Math.max(1, bytes.length)): { text: string; isUtf16: boolean } {
  const normaliser = new Utf8Normaliser('part p');
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += step) pieces.push(normaliser.push(bytes.subarray(at, at + step)));
  pieces.push(normaliser.end());
  return { text: Buffer.concat(pieces).toString('latin1'), isUtf16: normaliser.isUtf16 };
}
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const little = (text: string): Buffer => Buffer.from(text, 'utf16le');
const big = (text: string): Buffer => little(text).swap16();
const latin1 = (...bytes: number[]): Buffer => Buffer.from(bytes);

const XML = '<a>é漢😀</a>';

describe('the encoding of a part', () => {
  it.each<[string, Buffer, string, boolean]>([
    ['UTF-8', utf8(XML), XML, false],
    ['UTF-8 with a mark', utf8(`\ufeff${XML}`), XML, false],
    ['little-endian with a mark', little(`\ufeff${XML}`), XML, true],
    ['big-endian with a mark', big(`\ufeff${XML}`), XML, true],
    ['little-endian without a mark', little(XML), XML, true],
    ['big-endian without a mark', big(XML), XML, true],
    // parts of fewer bytes than are wanted to tell
    ['nothing', Buffer.alloc(0), '', false],
    ['three bytes', utf8('<a>'), '<a>', false],
    ['a mark alone', utf8('\ufeff'), '', false],
    ['one character, little-endian', little('<'), '<', true],
    ['one character, big-endian', big('<'), '<', true],
    // a mark further on is a character
    ['two marks', utf8('\ufeff\ufeffabc'), '\ufeffabc', false],
    ['two marks, little-endian', little('\ufeff\ufeffabc'), '\ufeffabc', true],
  ])('%s', (_, bytes, text, isUtf16) => {
    const expected = { text: utf8(text).toString('latin1'), isUtf16 };
    expect(normalise(bytes)).toEqual(expected);
    // 3 bytes at a time cut characters, 1 surrogates and marks, 4 come together
    for (const step of [1, 2, 3, 4, 5]) expect(normalise(bytes, step)).toEqual(expected);
  });

  it.each([
    ['half a mark of UTF-8', latin1(0xef, 0xbb, 0x41, 0x42)],
    ['the ends of a mark', latin1(0xef, 0x41, 0xbf, 0x42)],
    ['no mark of UTF-8', latin1(0x41, 0xbb, 0xbf, 0x42)],
    ['half a little-endian mark', latin1(0xff, 0x41, 0x42, 0x43)],
    ['the other half of it', latin1(0x41, 0xfe, 0x42, 0x43)],
    ['half a big-endian mark', latin1(0xfe, 0x41, 0x42, 0x43)],
    ['the other half of that', latin1(0x41, 0xff, 0x42, 0x43)],
    ['a < that is one byte', utf8('<abc')],
    ['a zero byte behind something else', latin1(0x41, 0, 0x42, 0)],
    ['a < behind something else', latin1(0x41, 0x3c, 0x42, 0x43)],
    ['a zero byte before something else', latin1(0, 0x41, 0, 0x42)],
  ])('leaves %s as it is', (_, bytes) => {
    expect(normalise(bytes)).toEqual({ text: bytes.toString('latin1'), isUtf16: false });
  });

  it.each([
    ['a lone surrogate', Buffer.concat([little('\ufeff<'), latin1(0, 0xd8), little('<')])],
    ['half a character at the end', Buffer.concat([little('\ufeff<a>'), latin1(0x41)])],
    ['half a pair at the end', Buffer.concat([little('\ufeff<a>'), latin1(0x3d, 0xd8)])],
    ['three bytes', Buffer.concat([little('<'), latin1(0x41)])],
  ])('refuses UTF-16 with %s', (_, bytes) => {
    const refusal = expect.objectContaining({ code: 'XLSX_CORRUPT_XML', place: 'part p' }) as Error;
    for (const step of [1, 2, 3, 100]) expect(() => normalise(bytes, step)).toThrow(refusal);
  });
});
