import { decodeXmlAttribute, decodeXmlText, unescapeExcel } from './xml-text';

const AROUND = '<"&>';
/** The bytes lie inside others, which are none of the text. */
const inside = (text: string | Buffer): [Buffer, number, number] => {
  const bytes = Buffer.from(text as string);
  const all = Buffer.concat([Buffer.from(AROUND), bytes, Buffer.from(AROUND)]);
  return [all, AROUND.length, AROUND.length + bytes.length];
};
const decode = (text: string | Buffer, isCdata = false): string =>
  decodeXmlText(...inside(text), isCdata, () => 'here');
const attribute = (text: string | Buffer): string => decodeXmlAttribute(...inside(text), () => 'here');
const REFUSAL = expect.objectContaining({ code: 'XLSX_CORRUPT_XML', place: 'here' }) as Error;

describe('references', () => {
  it.each([
    ['&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['a&#65;b&#x42;c', 'aAbBc'],
    ['&amp;lt;', '&lt;'],
    ['&#x1f600;&#x1F600;', '😀😀'],
    [`&#x${'0'.repeat(30)}41;`, 'A'],
    [`&#${'0'.repeat(30)}65;`, 'A'],
    // the edges of what XML has (production 2)
    ['&#9;&#10;&#13;&#32;', '\t\n\r '],
    ['&#xD7FF;&#xE000;&#xFFFD;', '\ud7ff\ue000\ufffd'],
    ['&#x10000;&#x10FFFF;', '\u{10000}\u{10ffff}'],
  ])('%s are resolved', (text, expected) => {
    expect(decode(text)).toBe(expected);
    expect(attribute(text)).toBe(expected);
  });

  it.each([
    ...['0', '8', '11', '12', '14', '31', '55296', '57343', '65534', '65535', '1114112'].map((code) => `&#${code};`),
    ...['xD800', 'xDFFF', 'xFFFE', 'xFFFF', 'x110000', 'x', '', 'X41', 'xG', 'x4G', '4a', 'a4', '-1', ' 1', '1 '].map(
      (code) => `&#${code};`,
    ),
    `&#x${'0'.repeat(31)}41;`,
    `&#${'0'.repeat(31)}65;`,
    ...['', 'LT', 'nbsp', 'constructor', 'lt x', '41', 'x41'].map((name) => `&${name};`),
    '&',
    'a & b',
    '&lt',
    '; &amp',
  ])('%s is none', (text) => {
    expect(() => decode(text)).toThrow(REFUSAL);
    expect(() => attribute(text)).toThrow(REFUSAL);
  });

  it('stand for nothing in CDATA', () => {
    expect(decode('&lt;&none; &', true)).toBe('&lt;&none; &');
  });
});

describe('characters', () => {
  const codes = [...Array.from({ length: 0x21 }, (_, code) => code), 0x7f, 0x80, 0xfffd, 0xfffe, 0xffff];

  it('are those that XML has, and a carriage return is a line feed', () => {
    const read = codes.map((code) => {
      try {
        return decode(`a${String.fromCharCode(code)}`, code % 2 === 0).charCodeAt(1);
      } catch (error) {
        expect(error).toMatchObject({ code: 'XLSX_CORRUPT_XML', place: 'here' });
        return undefined;
      }
    });
    const known = codes.map((code) => {
      if (code === 13) return 10;
      return code === 9 || code === 10 || (code >= 0x20 && code < 0xfffe) ? code : undefined;
    });
    expect(read).toEqual(known);
  });

  it('are named by their code where XML has them not', () => {
    expect(() => decode('\u0001')).toThrow('U+0001');
    expect(() => decode('\uffff')).toThrow('U+FFFF');
    expect(() => decode('\u001f')).toThrow('U+001F');
  });

  it('of broken UTF-8 are refused, of a real U+FFFD not', () => {
    const broken = Buffer.from('a\xff\ufffd', 'latin1');
    expect(() => decode(broken)).toThrow(REFUSAL);
    expect(() => decode(broken, true)).toThrow(REFUSAL);
    expect(() => attribute(broken)).toThrow(REFUSAL);
    expect(attribute('a\ufffd')).toBe('a\ufffd');
    expect(decode('a\ufffd')).toBe('a\ufffd');
  });

  it.each([
    ['a\r\nb\rc\n\rd', 'a\nb\nc\n\nd'],
    ['\r\r\n', '\n\n'],
    ['a&#13;\r\n', 'a\r\n'],
    ['a&#13;&#10;b', 'a\r\nb'],
  ])('that end a line are one line feed: %j', (text, expected) => {
    expect(decode(text)).toBe(expected);
  });
});

describe('attributes', () => {
  it.each([
    ['', ''],
    [' ~', ' ~'],
    ['a\tb\nc\rd', 'a b c d'],
    ['a\r\nb\n\rc\r\r', 'a b  c  '],
    ['a&#10;b&#9;&#13;', 'a\nb\t\r'],
    ['é\x7f&amp;é', 'é\x7f&é'],
    ['漢', '漢'],
  ])('%j is %j', (text, expected) => {
    expect(attribute(text)).toBe(expected);
  });

  it.each(['a\u0001', '\u0000', '\ufffe', '&', 'a&b'])('%j is none', (text) => {
    expect(() => attribute(text)).toThrow(REFUSAL);
  });
});

describe('unescapeExcel', () => {
  it.each([
    ['_x000D_', '\r'],
    ['a_x0041__x0062_c', 'aAbc'],
    ['_x00e9_ _x00E9_', 'é é'],
    ['_x005F_x000D_', '_x000D_'],
    ['__x0041__', '_A_'],
    ['_xFFFF_', '\uffff'],
    ['_X0041_ _x41_ _x00041_ _x004G_ _x0041 x0041_', '_X0041_ _x41_ _x00041_ _x004G_ _x0041 x0041_'],
    ['', ''],
  ])('reads %j as %j', (text, expected) => {
    expect(unescapeExcel(text)).toBe(expected);
  });
});
