import * as fc from 'fast-check';
import { XmlNames } from './xml-names';

const find = (names: XmlNames, name: string): unknown =>
  names.find(Buffer.from(`<${name}>`, 'latin1'), 1, 1 + name.length);
/** A name taken apart, slowly. */
const apart = (qualified: string): object => {
  const [prefix, ...rest] = qualified.includes(':') ? qualified.split(':') : ['', qualified];
  const isDeclaration = /^xmlns($|:)/.test(qualified);
  return { qualified, prefix, local: rest.join(':'), isDeclaration };
};

describe('names', () => {
  it.each(['a', 'row', 'x:c', 'xmlns', 'xmlns:x', 'x:xmlns', 'xmlnsx', ':a', 'a:', 'a:b:c', 'xmlns:', ''])(
    '%j is taken apart',
    (name) => {
      expect(find(new XmlNames(), name)).toEqual(apart(name));
    },
  );

  it('are the same object where the same comes again, and no other name takes its place', () => {
    const names = new XmlNames();
    expect(find(names, 'row')).toBe(find(names, 'row'));
    // of three letters there are more than slots: names that share one, differing in one letter alone
    const letter = fc.constantFrom(...'abcdefghijklmnop:');
    fc.assert(
      fc.property(fc.array(fc.tuple(letter, letter, letter, letter), { maxLength: 300 }), (all) => {
        for (const name of all.map((letters) => letters.join(''))) {
          expect(find(names, name)).toEqual(apart(name));
          expect(find(names, name)).toEqual(apart(name));
        }
      }),
      { numRuns: 20 },
    );
  });
});
