import fc from 'fast-check';
import { escapeAttribute, escapeText, needsSpacePreserve } from './xml-text';

describe('escapeText', () => {
  it.each([
    ['a & b', 'a &amp; b'],
    ['<">', '&lt;&quot;&gt;'],
    // A line feed and a tab stay, a parser keeps both within an element; a carriage return would not.
    ['a\tb\nc\rd', 'a\tb\nc_x000D_d'],
    ['\u0000\u0008\u000b\u001f', '_x0000__x0008__x000B__x001F_'],
    ['\ufffe\uffff', '_xFFFE__xFFFF_'],
    ['\ud83d\udef6', '\ud83d\udef6'],
    ['\ud83d-\udef6', '_xD83D_-_xDEF6_'],
    ['_x0041_', '_x005F_x0041_'],
    ['_xabcD_', '_x005F_xabcD_'],
    ['_x004_ _x00G1_ x0041_', '_x004_ _x00G1_ x0041_'],
    ['ção', 'ção'],
  ])('writes %j as %j', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });
});

describe('escapeAttribute', () => {
  it('writes marks and white space that would be lost as references, anything else as it is', () => {
    expect(escapeAttribute('&<>"')).toBe('&amp;&lt;&gt;&quot;');
    expect(escapeAttribute("a\tb\nc\rd e'")).toBe("a&#9;b&#10;c&#13;d e'");
    // Attributes have no escapes of their own.
    expect(escapeAttribute('_x0041_')).toBe('_x0041_');
  });
});

describe('needsSpacePreserve', () => {
  it('is so for white space at either end, two blanks together, tabs and line feeds anywhere, and else never', () => {
    for (const text of [' a', 'a ', '\ta', 'a\t', '\na', 'a\n', 'a  b', 'a\tb', 'a\nb', ' ', '\n']) {
      expect([text, needsSpacePreserve(text)]).toEqual([text, true]);
    }
    for (const text of ['', 'a', 'a b', 'a b c', '\u00a0a\u00a0']) {
      expect([text, needsSpacePreserve(text)]).toEqual([text, false]);
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n') }), (text) => {
        // What collapsing white space, as a reader may, would change.
        const collapsed = text.replace(/[ \t\n]+/g, ' ').replace(/^ | $/g, '');
        expect(needsSpacePreserve(text)).toBe(collapsed !== text);
      }),
    );
  });
});
