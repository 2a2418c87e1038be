import { resolveLimits } from './limits';
import { scanTokens } from './testing/scan-tokens';
import { Token, XmlScanner } from './xml-scanner';

const CORRUPT = 'XLSX_CORRUPT_XML';

/** A scanner that stands behind the last of so many tokens. */
function scannerAt(xml: string, tokens: number): XmlScanner {
  const scanner = new XmlScanner('p', resolveLimits());
  scanner.feed(Buffer.from(xml));
  for (let i = 0; i < tokens; i++) scanner.next();
  return scanner;
}

describe('tokens', () => {
  it.each<[string, string[]]>([
    ['<a/>', ['+a', '-a']],
    ['<a><b></b>t</a>', ['+a', '+b', '-b', "'t'", '-a']],
    ['<a\t/>', ['+a', '-a']],
    ['<a></a\r\n>', ['+a', '-a']],
    // what lies around the root, and what is no element inside it
    [' \t\r\n<a/> \t\r\n', ['+a', '-a']],
    ['<?pi?><!-- --><a/><?pi?><!-- -->', ['+a', '-a']],
    ['<a>x<!-- <b> -->y<?pi <b>?>z</a>', ['+a', "'x'", "'y'", "'z'", '-a']],
    // the shortest of each, and ends that are none
    ['<a><!----><??><?><c>?></a>', ['+a', '-a']],
    ['<a><!--> <b> --></a>', ['+a', '-a']],
    ['<a><!---> <b> -- > --></a>', ['+a', '-a']],
    ['<a><![CDATA[]]><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>', ['+a', "''", "'<b>&amp;]]'", "'>'", '-a']],
    ['<a>&lt;b&gt;</a>', ['+a', "'<b>'", '-a']],
    ['<a> </a>', ['+a', "' '", '-a']],
    ['<a>]]&gt; ></a>', ['+a', "']]> >'", '-a']],
    // names of all kinds of letters
    ...['b', 'z', 'A', 'Z', '_', 'b1', 'b-c', 'b.c'].map((name): [string, string[]] => [
      `<a><${name}/></a>`,
      ['+a', `+${name}`, `-${name}`, '-a'],
    ]),
  ])('of %s', (xml, tokens) => {
    expect(scanTokens(xml)).toEqual(tokens);
    expect(scanTokens(xml, { step: 1 })).toEqual(tokens);
  });

  it.each(['é', '漢', '\x80'])('of elements in another script: %s', (name) => {
    // of their names nothing is asked but whether they are the same
    expect(scanTokens(`<a><${name}>t</${name}></a>`)).toEqual([
      '+a',
      expect.any(String),
      "'t'",
      expect.any(String),
      '-a',
    ]);
  });

  it.each<[string, string, string[]]>([
    ['<a><b x="1"/></a>', 'x', ['+a', '+b 1', '-b', '-a']],
    ['<a x = "1" y\n=\t\'2\' />', 'x y', ['+a 1 2', '-a']],
    ['<a x="a\'>" y=\'"/>\'>t</a>', 'x y', [`+a a'> "/>`, "'t'", '-a']],
    ['<a x=""></a>', 'x', ['+a ', '-a']],
    ['<a x="&lt;&#10;é"/>', 'x', ['+a <\né', '-a']],
    // a name is the whole of it
    ['<a xx="1" x:x="2" x="3"/>', 'x', ['+a 3', '-a']],
    ['<a x="1"><b/><c x="2"/></a>', 'x', ['+a 1', '+b', '-b', '+c 2', '-c', '-a']],
  ])('with attributes of %s', (xml, names, tokens) => {
    expect(scanTokens(xml, { attributes: names.split(' ') })).toEqual(tokens);
    expect(scanTokens(xml, { attributes: names.split(' '), step: 1 })).toEqual(tokens);
  });
});

describe('namespaces', () => {
  it.each<[string, string[]]>([
    // the namespace of the root is the main one, whatever it is and under whatever prefix
    [
      '<a xmlns="u"><b/><c xmlns="v"><d/></c><e/></a>',
      ['+a', '+b', '-b', '+~c', '+~d', '-~d', '-~c', '+e', '-e', '-a'],
    ],
    ['<x:a xmlns:x="u"><x:b/><c/></x:a>', ['+a', '+b', '-b', '+~c', '-~c', '-a']],
    ['<x:a xmlns:x="u"><b xmlns="u"/><y:c xmlns:y="u"/></x:a>', ['+a', '+b', '-b', '+c', '-c', '-a']],
    ['<a xmlns:x="u"><x:b/></a>', ['+a', '+~b', '-~b', '-a']],
    // a prefix is another outside the element that declares it anew
    ['<a xmlns:x="u"><b xmlns:x=""><x:c/></b><x:d/></a>', ['+a', '+b', '+c', '-c', '-b', '+~d', '-~d', '-a']],
    ['<a xmlns="u"><b xmlns="v"/><c/></a>', ['+a', '+~b', '-~b', '+c', '-c', '-a']],
    // known without a declaration
    ['<a><xml:b/></a>', ['+a', '+~b', '-~b', '-a']],
    ['<:a/>', ['+a', '-a']],
  ])('of %s', (xml, tokens) => {
    expect(scanTokens(xml)).toEqual(tokens);
  });

  it('give an attribute by its own, whatever the prefix', () => {
    const wanted = new Set(['urn:r', 'urn:s']);
    const idOf = (tag: string): string | undefined => scannerAt(tag, 1).attributeIn(wanted, 'id');
    expect(idOf('<a xmlns:r="urn:r" id="0" r:id="1"/>')).toBe('1');
    expect(idOf('<a xmlns:q="urn:s" q:idx="0" q:id="2"/>')).toBe('2');
    expect(idOf('<a xmlns:q="urn:q" xmlns:r="urn:r" q:id="0" r:id="3"/>')).toBe('3');
    expect(idOf('<a xmlns="urn:r" id="0" r:id="1"/>')).toBeUndefined();
    expect(idOf('<a r:id="1"/>')).toBeUndefined();
  });

  it('leave the fast path its tags only where no prefix means the main one', () => {
    const isDefaultMain = (xml: string, tokens: number): boolean => scannerAt(xml, tokens).isDefaultMain;
    expect(isDefaultMain('<a xmlns="u">', 0)).toBe(false);
    expect(isDefaultMain('<a xmlns="u">', 1)).toBe(true);
    expect(isDefaultMain('<a>', 1)).toBe(true);
    expect(isDefaultMain('<x:a xmlns:x="u">', 1)).toBe(false);
    expect(isDefaultMain('<x:a xmlns:x="u" xmlns="u">', 1)).toBe(true);
    // inside another default, and behind it; an empty element has yet to end
    const xml = '<a xmlns="u"><b xmlns="v"></b><c/></a>';
    expect([1, 2, 3, 4, 5].map((tokens) => isDefaultMain(xml, tokens))).toEqual([true, false, true, false, true]);
  });
});

describe('what the fast path reads', () => {
  const ROW = { qualified: 'row', prefix: '', local: 'row', isDeclaration: false };

  it('is open and closed as if it had been read here', () => {
    const scanner = scannerAt('<a></row></a>', 1);
    scanner.enterFast(ROW);
    expect([scanner.depth, scanner.next(), scanner.local, scanner.isMain]).toEqual([2, Token.END, 'row', true]);
    expect([scanner.depth, scanner.next(), scanner.local]).toEqual([1, Token.END, 'a']);
  });

  it('is left only where it is the innermost, and declares nothing', () => {
    const scanner = scannerAt('<a><row xmlns:x="u"><row>', 3);
    expect(scanner.leaveFast('a')).toBe(false);
    expect([scanner.leaveFast('row'), scanner.depth]).toEqual([true, 2]);
    expect([scanner.leaveFast('row'), scanner.depth]).toEqual([false, 2]);
  });
});

describe('the end of a text', () => {
  it.each([
    ['<a>1</a>', true],
    ['<a>1<b/></a>', false],
    ['<a>1<!-- --></a>', false],
    ['<a><![CDATA[1]]></a>', false],
    ['<a>1<', false],
    ['<a><![CDATA[1</a>', false],
  ])('is known in %s: %p', (xml, isLast) => {
    expect(scannerAt(xml, 2).isLastText).toBe(isLast);
  });
});

describe('what is refused, and at which byte', () => {
  it.each<[string, string]>([
    ['', '0'],
    ['  ', '2'],
    ['x<a/>', '0'],
    [' \n x<a/>', '3'],
    ['<a/>x', '4'],
    ['<a/><b/>', '4'],
    ['<a/></a>', '4'],
    ['</a>', '0'],
    ['<a>', '3'],
    ['<a>t', '4'],
    ['<a', '0'],
    ['<a x="1>', '0'],
    ['<a></a', '3'],
    ['<a></b>', '3'],
    ['<a></ab>', '3'],
    ['<a></ a>', '3'],
    ['<a></a x="">', '3'],
    ['<a></a/>', '3'],
    ['<a><b></a>', '6'],
    ['<a><b</a>', '3'],
    ['<a></a<b>', '3'],
    ['<>', '0'],
    ['< a>', '0'],
    ...['1', '-', '.', '{', '`', '@', '[', '\x7f', '^'].map((sign): [string, string] => [`<${sign}a/>`, '0']),
    ['<a/ >', '0'],
    ['<a/b>', '0'],
    ['<a"b"/>', '0'],
    ["<a'b'/>", '0'],
    ['<a="b"/>', '0'],
    ['<a b/>', '0'],
    ['<a b>', '0'],
    ["<a b ~'c'/>", '0'],
    ['<a b=/>', '0'],
    ['<a b=c/>', '0'],
    ['<a b "c"/>', '0'],
    ['<a ="c"/>', '0'],
    ['<a b="c"d="e"/>', '0'],
    ['<a b="<"/>', '0'],
    ["<a b='<'/>", '0'],
    ['<a b="1" c="2" b="3"/>', '0'],
    ['<a><x:b/></a>', '3'],
    ['<a><b xmlns:x="u"/><x:c/></a>', '19'],
    ['<a><!-- ', '3'],
    ['<a><!--->', '3'],
    ['<a><!- --></a>', '3'],
    ['<a><?pi ', '3'],
    ['<a><?pi >', '3'],
    ['<a><![CDATA[ ]]', '3'],
    ['<a><![CDATX[]]></a>', '3'],
    ['<a><!', '3'],
    ['<a><!b></a>', '3'],
    ['<![CDATA[ ]]><a/>', '0'],
    ['<a/><![CDATA[ ]]>', '4'],
    ['<a><?xml version="1.0"?></a>', '3'],
    [' <?xml version="1.0"?><a/>', '1'],
  ])('%s', (xml, byte) => {
    expect(scanTokens(xml).at(-1)).toBe(`${CORRUPT} ${byte}`);
    expect(scanTokens(xml, { step: 1 }).at(-1)).toBe(`${CORRUPT} ${byte}`);
  });

  it('an attribute that is damaged or no UTF-8, when it is asked for', () => {
    expect(scanTokens('<a x="&b;"/>')).toEqual(['+a', '-a']);
    expect(scanTokens('<a x="&b;"/>', { attributes: ['x'] })).toEqual([`${CORRUPT} 12`]);
    const broken = Buffer.from('<a x="\xff"/>', 'latin1');
    expect(scanTokens(broken, { attributes: ['x'] })).toEqual([`${CORRUPT} 10`]);
  });

  it.each(['DOCTYPE a', 'doctype a', 'ENTITY a "b"', 'ELEMENT a', 'ATTLIST a', 'NOTATION a', '[INCLUDE[', '[IGNORE['])(
    'a declaration: %s',
    (declaration) => {
      expect(scanTokens(`<a><!${declaration}>`)).toEqual(['+a', 'XLSX_DTD_FORBIDDEN 3']);
      expect(scanTokens(`<a><!${declaration}>`, { step: 1 })).toEqual(['+a', 'XLSX_DTD_FORBIDDEN 3']);
      expect(scanTokens(`<!${declaration}`)).toEqual(['XLSX_DTD_FORBIDDEN 0']);
    },
  );

  it('a word that only holds one of those', () => {
    expect(scanTokens('<a><!xDOCTYPE></a>').at(-1)).toBe(`${CORRUPT} 3`);
  });
});

describe('the declared encoding', () => {
  const declared = (declaration: string, isRecoded = false): string =>
    scanTokens(`<?xml${declaration}?><a/>`, { isRecoded })[0];

  it.each(['utf-8', 'UTF-8', 'utf8', 'us-ascii', 'ASCII'])('may be %s', (encoding) => {
    expect(declared(` version="1.0" encoding="${encoding}"`)).toBe('+a');
    expect(declared(` version='1.0' encoding = '${encoding}' standalone='yes'`)).toBe('+a');
    expect(declared(` encoding="${encoding}"`, true)).toBe('XLSX_UNSUPPORTED_ENCODING 0');
  });

  it.each(['utf-16', 'UTF-16', 'utf-16le', 'utf-16be', 'ISO-10646-UCS-2'])(
    'may be %s where it was that',
    (encoding) => {
      expect(declared(` encoding="${encoding}"`, true)).toBe('+a');
      expect(declared(` encoding="${encoding}"`)).toBe('XLSX_UNSUPPORTED_ENCODING 0');
    },
  );

  it.each(['\tencoding\n=\n"latin1"', ' encoding=""', " encoding='iso-8859-1'", ' encoding="utf-8x"'])(
    'is refused: %s',
    (declaration) => {
      expect(declared(declaration)).toBe('XLSX_UNSUPPORTED_ENCODING 0');
    },
  );

  it('is none in what is no declaration, or says nothing of it', () => {
    expect(declared(' version="1.0"')).toBe('+a');
    expect(declared(' version="1.0" xencoding="latin1"')).toBe('+a');
    expect(declared('-stylesheet encoding="latin1"')).toBe('+a');
    expect(scanTokens('<?axml encoding="latin1"?><a/>')[0]).toBe('+a');
    expect(scanTokens('<!-- --><?xml-stylesheet encoding="latin1"?><a/>')[0]).toBe('+a');
  });
});

describe('caps', () => {
  const LIMIT = 'XLSX_LIMIT_XML';

  it('hold for attributes: as many as the cap, and no more', () => {
    const limits = { xmlAttributes: 2 };
    expect(scanTokens('<a b="" c=""/>', { limits })).toEqual(['+a', '-a']);
    expect(scanTokens('<a b="" c="" d=""/>', { limits })).toEqual([`${LIMIT} 0`]);
  });

  it('hold for namespaces, of which three are known from the start', () => {
    const limits = { xmlAttributes: 4 };
    expect(scanTokens('<a xmlns="u" xmlns:x="u"/>', { limits })).toEqual(['+a', '-a']);
    expect(scanTokens('<a xmlns:x="u"><b xmlns:y="u"/></a>', { limits })).toEqual(['+a', `${LIMIT} 15`]);
    expect(scanTokens('<a><b xmlns:x="u"/><b xmlns:y="u"/></a>', { limits }).at(-1)).toBe('-a');
  });

  it('hold for elements inside each other', () => {
    const limits = { xmlDepth: 3 };
    expect(scanTokens('<a><b><c/></b><b><c/></b></a>', { limits }).at(-1)).toBe('-a');
    expect(scanTokens('<a><b><c><d/></c></b></a>', { limits }).at(-1)).toBe(`${LIMIT} 9`);
  });

  it.each([
    ['a tag', '<b x="', 20, LIMIT],
    ['an end', '</a', 20, LIMIT],
    ['a comment', '<!--', 20, LIMIT],
    ['an instruction', '<?', 20, LIMIT],
    // a text may be written as escapes: 16 bytes for each of its characters, and 1,024 for the rest
    ['CDATA', '<![CDATA[', 16 * 2 + 1024, LIMIT],
    ['a text', 'x', 16 * 2 + 1024, 'XLSX_LIMIT_STRING'],
  ])('hold for %s that does not end', (_, begin, cap, code) => {
    const limits = { xmlTokenBytes: 20, stringLength: 2 };
    const tokensOf = (bytes: number): string[] => {
      const scanner = new XmlScanner('p', resolveLimits(limits));
      scanner.feed(Buffer.from(`<a>${begin.padEnd(bytes, 'x')}`));
      return [1, 2].map(() => {
        try {
          return String(scanner.next());
        } catch (error) {
          return `${(error as { code: string }).code} ${(error as { place: string }).place}`;
        }
      });
    };
    expect(tokensOf(cap)).toEqual([String(Token.START), String(Token.MORE)]);
    expect(tokensOf(cap + 1)).toEqual([String(Token.START), `${code} part p, byte 3`]);
  });
});

describe('the window', () => {
  it('holds what is longer than it was', () => {
    const text = 'é漢😀'.repeat(40_000);
    // 360,000 bytes of text, which is more than the 256 KiB that the window begins with
    expect(scanTokens(`<a>${text}</a>`, { step: 100_000 })).toEqual(['+a', `'${text}'`, '-a']);
    expect(scanTokens(`<a>${text}</a>`)).toEqual(['+a', `'${text}'`, '-a']);
  });

  it('ends in zero bytes, whatever stood there before', () => {
    const scanner = new XmlScanner('p', resolveLimits());
    for (const chunk of ['<a>', `<b>${'x'.repeat(500)}</b>`, '<b/>']) {
      scanner.feed(Buffer.from(chunk));
      while (scanner.next() !== Token.MORE);
      scanner.feed(Buffer.from('<c'));
      expect(scanner.buf.toString('latin1', scanner.pos, scanner.end)).toBe('<c');
      expect(scanner.buf.subarray(scanner.end, scanner.end + 64).every((byte) => byte === 0)).toBe(true);
      scanner.feed(Buffer.from('/>'));
      while (scanner.next() !== Token.MORE);
    }
  });

  it('knows at which byte of the part it stands', () => {
    const scanner = new XmlScanner('sheet', resolveLimits());
    scanner.feed(Buffer.from('<a>'));
    scanner.next();
    scanner.feed(Buffer.from('<b/><'));
    while (scanner.next() !== Token.MORE);
    expect(scanner.place()).toBe('part sheet, byte 7');
    expect(scanner.corrupt('why')).toMatchObject({ code: CORRUPT, place: 'part sheet, byte 7' });
  });
});
