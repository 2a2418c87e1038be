import { resolveLimits, type XlsxLimits } from './limits';
import { readSharedStrings, SharedStrings } from './shared-strings';
import { cut, stringTable } from './testing/scan-sheet';
import { XlsxError } from './xlsx-error';

async function read(
  xml: string | Buffer,
  limits: Partial<XlsxLimits> = {},
  places: number[] = [],
): Promise<SharedStrings> {
  return readSharedStrings({ name: 'p', chunks: cut(Buffer.from(xml as string), places) }, resolveLimits(limits));
}
const allOf = (strings: SharedStrings): (string | undefined)[] =>
  Array.from({ length: strings.count }, (_, i) => strings.get(i));
const refusalOf = async (xml: string | Buffer, limits: Partial<XlsxLimits> = {}): Promise<unknown> => {
  try {
    return allOf(await read(xml, limits));
  } catch (error) {
    return error instanceof XlsxError ? [error.code, error.place] : error;
  }
};

/** The same table read by tokens alone: under a prefix the plain way is not taken. */
const prefixed = (xml: string): string => xml.replace(/<(\/?)(\w)/g, '<$1x:$2').replace('<x:sst', '<x:sst xmlns:x="u"');

describe('the texts of a table', () => {
  it.each<[string, (string | undefined)[]]>([
    ['<si><t>a</t></si><si><t>b</t></si>', ['a', 'b']],
    ['<si><t></t></si><si><t/></si><si/>', ['', '', '']],
    ['<si><t>~ \t\né漢😀\x7f</t></si>', ['~ \t\né漢😀\x7f']],
    ['<si><t>_</t></si><si><t>a_</t></si><si><t>x_y</t></si>', ['_', 'a_', 'x_y']],
    // what asks for more than copying
    ['<si><t>a</t></si><si><t>a&amp;b</t></si><si><t>c</t></si>', ['a', 'a&b', 'c']],
    ['<si><t>_x0041_</t></si><si><t>a_x0041_</t></si>', ['A', 'aA']],
    ['<si><t>a\r\nb</t></si>', ['a\nb']],
    ['<si><t>\uffc0\uffdc\ufffd</t></si>', ['\uffc0\uffdc\ufffd']],
    ['<si><t>a<!-- -->b</t></si><si><t><![CDATA[<]]></t></si>', ['ab', '<']],
    ['<si><t xml:space="preserve"> a </t></si>', [' a ']],
    ['<si>\n<t>a</t>\n</si>\n', ['a']],
    ['<si >\n<t>a</t></si>', ['a']],
    ['<si><t>a</t ></si><si><t>b</t></si >', ['a', 'b']],
    // runs, and what is no text of theirs
    ['<si><r><rPr><b/><t>x</t></rPr><t>a</t></r><r><t>b</t></r></si>', ['ab']],
    ['<si><r><t>a</t><t>b</t></r></si><si><t>a</t><t>b</t></si>', ['ab', 'ab']],
    ['<si><t>a</t><rPh sb="0"><t>x</t></rPh><phoneticPr/></si>', ['a']],
    ['<si><r><t>a</t></r><t>b</t></si>', ['ab']],
    ['<si><r><r><t>x</t></r><t>a</t></r></si>', ['a']],
    ['<si>x<r>x<t>a</t>x</r>x</si>x', ['a']],
    ['<si><t>a<b>x</b>c</t></si><si><t>a<t>x</t>c</t></si>', ['ac', 'ac']],
    ['<si><x>x</x><t>a</t><si><t>x</t></si></si>', ['a']],
    // of other names, and other namespaces
    ['<ext><si><t>x</t></si></ext><si><t>a</t></si>', ['a']],
    ['<si xmlns="v"><t>x</t></si><si><t xmlns="v">x</t><t>a</t></si>', ['a']],
    ['<si><r xmlns="v"><t>x</t></r><t>a</t></si>', ['a']],
    ['<t>x</t><r>x</r><si><t>a</t></si>', ['a']],
    ['', []],
  ])('%s', async (items, texts) => {
    const xml = `<sst xmlns="u">${items}</sst>`;
    expect(allOf(await read(xml))).toEqual(texts);
    const length = Buffer.byteLength(xml);
    expect(
      allOf(
        await read(
          xml,
          {},
          Array.from({ length }, (_, i) => i),
        ),
      ),
    ).toEqual(texts);
    if (!items.includes('xmlns')) expect(allOf(await read(prefixed(`<sst>${items}</sst>`)))).toEqual(texts);
  });

  it('are in the order of the file, also where it is larger than what is kept at first', async () => {
    // 70,000 bytes of text are more than 64 KiB, 7,000 places more than 4,096
    const texts = Array.from({ length: 7000 }, (_, i) => `text ${String(i).padStart(5, '0')}`);
    const xml = `<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`;
    expect(allOf(await read(xml))).toEqual(texts);
    // one text larger than twice what there is
    const long = 'é'.repeat(100_000);
    expect(
      allOf(
        await read(`<sst><si><t>a</t></si><si><t xml:space="preserve">${long}</t></si></sst>`, {
          stringLength: 200_000,
        }),
      ),
    ).toEqual(['a', long]);
  });
});

describe('what is refused of a table', () => {
  it.each(['\u0001', '\ufffe', '\uffff', '&none;', '&'])('%j', async (text) => {
    expect(await refusalOf(`<sst><si><t>a${text}</t></si></sst>`)).toEqual([
      'XLSX_CORRUPT_XML',
      expect.stringMatching(/^part p, byte \d+$/),
    ]);
  });

  it('broken UTF-8, when it is asked for', async () => {
    const strings = await read(Buffer.from('<sst><si><t>a</t></si><si><t>\xff</t></si></sst>', 'latin1'));
    expect(strings.get(0)).toBe('a');
    expect(() => strings.get(1)).toThrow(
      expect.objectContaining({ code: 'XLSX_CORRUPT_XML', place: 'shared string 1' }) as Error,
    );
  });

  it('texts beyond the cap, in each way of writing them', async () => {
    const items = ['<si><t>abcde</t></si>', '<si><t>&#97;bcde</t></si>', '<si><r><t>abc</t></r><r><t>de</t></r></si>'];
    for (const item of items) {
      expect(await refusalOf(`<sst>${item}</sst>`, { stringLength: 5 })).toEqual(['abcde']);
      expect(await refusalOf(`<sst>${item}</sst>`, { stringLength: 4 })).toEqual([
        'XLSX_LIMIT_STRING',
        expect.stringMatching(/^part p, byte \d+$/),
      ]);
    }
    // five characters in fifteen bytes
    expect(await refusalOf('<sst><si><t>漢漢漢漢漢</t></si></sst>', { stringLength: 5 })).toEqual(['漢漢漢漢漢']);
  });

  it('a table beyond the cap on its memory', async () => {
    const xml = '<sst><si><t>0123456789</t></si><si><t>&#48;123456789</t></si></sst>';
    // twenty bytes of text, and four for each of three places: where each begins, and where the last ends
    expect(await refusalOf(xml, { sharedStringBytes: 32 })).toEqual(['0123456789', '0123456789']);
    expect(await refusalOf(xml, { sharedStringBytes: 31 })).toEqual(['XLSX_LIMIT_SHARED_STRINGS', 'part p']);
    expect(await refusalOf('<sst><si><t>01</t></si></sst>', { sharedStringBytes: 9 })).toEqual([
      'XLSX_LIMIT_SHARED_STRINGS',
      'part p',
    ]);
  });
});

describe('a table in memory', () => {
  it('gives the strings that it has, and no others', () => {
    const strings = stringTable('a', 'é漢', '', 'b');
    expect([0, 1, 2, 3].map((i) => strings.get(i))).toEqual(['a', 'é漢', '', 'b']);
    expect([4, 1e9, Infinity, NaN].map((i) => strings.get(i))).toEqual([undefined, undefined, undefined, undefined]);
    expect([SharedStrings.EMPTY.count, SharedStrings.EMPTY.get(0)]).toEqual([0, undefined]);
  });

  it('keeps what it has decoded, for the fast path', () => {
    const strings = stringTable('a', 'b', 'c');
    expect(strings.get(2)).toBe('c');
    expect(strings.decoded).toEqual([undefined, undefined, 'c']);
    strings.get(0);
    expect(strings.decoded).toEqual(['a', undefined, 'c']);
  });

  it('keeps no more than 8 Mi characters decoded', () => {
    const half = 'x'.repeat(4 * 2 ** 20);
    const strings = stringTable(half, 'y', half, 'z');
    for (const index of [0, 2, 1, 3]) strings.get(index);
    // both halves fill it to the last character
    expect(strings.decoded.map((text) => text?.length)).toEqual([4 * 2 ** 20, undefined, 4 * 2 ** 20]);
  });
});
