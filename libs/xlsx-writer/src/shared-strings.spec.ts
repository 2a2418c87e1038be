import { SharedStrings, textElement } from './shared-strings';

describe('SharedStrings', () => {
  const table = (strings: SharedStrings): string => [...strings.xml()].join('');

  it('numbers texts in the order in which they came, and counts how often they are referred to', () => {
    const strings = new SharedStrings(10, 100);
    expect(['x', 'y', 'x', 'z', 'x'].map((text) => strings.indexOf(text))).toEqual([0, 1, 0, 2, 0]);
    const xml = table(strings);
    expect(xml).toMatch(
      /^<\?xml [^>]+\?>\n<sst xmlns="http:\/\/schemas\.openxmlformats\.org\/spreadsheetml\/2006\/main" count="5" uniqueCount="3">/,
    );
    expect(xml.endsWith('"><si><t>x</t></si><si><t>y</t></si><si><t>z</t></si></sst>')).toBe(true);
  });

  it('takes as many texts as its bound, and after that those alone that it has', () => {
    const strings = new SharedStrings(2, 100);
    expect(['a', 'b', 'c', 'a', 'b'].map((text) => strings.indexOf(text))).toEqual([0, 1, undefined, 0, 1]);
    expect(table(strings)).toContain('count="4" uniqueCount="2"');
  });

  it('takes as many characters as its bound, and then a shorter text where one was too long', () => {
    const strings = new SharedStrings(10, 5);
    // 3 + 3 are more than 5, 3 + 2 are not; the one known costs nothing. An empty text always fits.
    expect(['abc', 'def', 'gh', 'abc', 'i', ''].map((text) => strings.indexOf(text))).toEqual([
      0,
      undefined,
      1,
      0,
      undefined,
      2,
    ]);
  });
});

describe('textElement', () => {
  it('asks for white space to be kept where it would not be', () => {
    expect(textElement('a b')).toBe('<t>a b</t>');
    expect(textElement(' a<')).toBe('<t xml:space="preserve"> a&lt;</t>');
  });
});
