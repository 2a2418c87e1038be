import { resolveLimits } from './limits';
import { PackageParts } from './package-parts';
import { readRelationships, relationshipsPartOf, resolveTarget } from './relationships';
import { cut } from './testing/scan-sheet';
import { RELATIONSHIPS, STRICT_RELATIONSHIPS } from './testing/workbook-builder';
import { readWorkbookPart } from './workbook-part';
import type { ZipEntry } from './zip-directory';

const LIMITS = resolveLimits();
/** A package of these parts, by name. */
function packageOf(contents: Record<string, string>): PackageParts {
  const entries = Object.keys(contents).map((name) => ({ name }) as ZipEntry);
  return new PackageParts(entries, ({ name }) => cut(Buffer.from(contents[name]), []), LIMITS);
}
const refusal = (code: string, place: string): Error => expect.objectContaining({ code, place }) as Error;

describe('a target', () => {
  it.each([
    ['xl/workbook.xml', 'a.xml', 'xl/a.xml'],
    ['xl/workbook.xml', 'worksheets/a.xml', 'xl/worksheets/a.xml'],
    ['xl/workbook.xml', '/a/b.xml', 'a/b.xml'],
    ['xl/workbook.xml', '../a.xml', 'a.xml'],
    ['xl/sub/workbook.xml', '../../a.xml', 'a.xml'],
    ['xl/workbook.xml', '../../../a.xml', 'a.xml'],
    ['xl/workbook.xml', './/a/./b/../c.xml', 'xl/a/c.xml'],
    ['xl/workbook.xml', 'a\\b\\c.xml', 'xl/a/b/c.xml'],
    ['xl/workbook.xml', '\\a.xml', 'a.xml'],
    ['xl/workbook.xml', 'a.xml#Sheet!A1', 'xl/a.xml'],
    ['xl/workbook.xml', 'a.xml?x#y', 'xl/a.xml'],
    ['', 'xl/a.xml', 'xl/a.xml'],
  ])('named by %j as %j is %j', (source, target, part) => {
    expect(resolveTarget(source, target)).toBe(part);
  });

  it.each([
    ['', '_rels/.rels'],
    ['a.xml', '_rels/a.xml.rels'],
    ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'],
    ['xl/a/b.xml', 'xl/a/_rels/b.xml.rels'],
  ])('of %j is named by %s', (part, relationships) => {
    expect(relationshipsPartOf(part)).toBe(relationships);
  });
});

describe('relationships', () => {
  const read = (items: string): Promise<object[]> =>
    readRelationships({ name: 'r', chunks: cut(Buffer.from(`<x xmlns="u">${items}</x>`), []) }, 'xl/w.xml', LIMITS);

  it('are those inside the package that say all', async () => {
    const found = await read(
      '<Relationship Id="1" Type="http://a/b/styles" Target="s.xml"/><Relationship Id="2" Type="plain" Target="/p.xml"/>' +
        '<Relationship Id="3" Type="a/b" Target="http://x" TargetMode="External"/>' +
        '<Relationship Id="4" Type="a/b" Target="i.xml" TargetMode="Internal"></Relationship>' +
        '<Relationship Type="a/b" Target="x"/><Relationship Id="5" Target="x"/><Relationship Id="6" Type="a/b"/>' +
        '<Other Id="7" Type="a/b" Target="x"/><Relationship xmlns="v" Id="8" Type="a/b" Target="x"/>',
    );
    expect(found).toEqual([
      { id: '1', type: 'styles', target: 'xl/s.xml' },
      { id: '2', type: 'plain', target: 'p.xml' },
      { id: '4', type: 'b', target: 'xl/i.xml' },
    ]);
  });
});

describe('parts', () => {
  it('are found by their name, exactly before without case, and with percent signs resolved last', () => {
    const parts = packageOf({
      'xl/A.xml': '',
      'xl/a.xml': '',
      'xl/B.xml': '',
      'c 1.xml': '',
      'D 1.xml': '',
      'e%20.xml': '',
    });
    const found = ['xl/A.xml', 'xl/a.xml', 'XL/b.XML', 'c%201.xml', 'd%201.XML', 'e%20.xml', 'E%20.xml'];
    expect(found.map((name) => parts.find(name)?.name)).toEqual([
      'xl/A.xml',
      'xl/a.xml',
      'xl/B.xml',
      'c 1.xml',
      'D 1.xml',
      'e%20.xml',
      'e%20.xml',
    ]);
    for (const name of ['b.xml', 'c%1.xml', '%', '']) expect(parts.find(name)).toBeUndefined();
  });

  it('are given as what they hold, or refused by who names them', async () => {
    const parts = packageOf({ 'a.xml': '<a/>' });
    const source = parts.source(parts.require('A.xml', 'part b'));
    expect(source.name).toBe('a.xml');
    for await (const chunk of source.chunks) expect(String(chunk)).toBe('<a/>');
    expect(() => parts.require('c.xml', 'part b')).toThrow(refusal('XLSX_MISSING_PART', 'part b'));
  });
});

describe('the workbook of a package', () => {
  const RELS = (target: string, type = 'officeDocument'): string =>
    `<x><Relationship Id="0" Type="a/other" Target="y"/><Relationship Id="1" Type="a/${type}" Target="${target}"/></x>`;

  it.each<[string, Record<string, string>, string]>([
    ['the one that is named', { '_rels/.rels': RELS('a/B.xml'), 'a/b.xml': '', 'xl/workbook.xml': '' }, 'a/b.xml'],
    ['the one in its place', { 'xl/workbook.xml': '' }, 'xl/workbook.xml'],
    [
      'that also where others are named',
      { '_rels/.rels': RELS('z', 'other'), 'XL/Workbook.xml': '' },
      'XL/Workbook.xml',
    ],
    ['a named one beside a binary one', { '_rels/.rels': RELS('w.xml'), 'w.xml': '', 'xl/workbook.bin': '' }, 'w.xml'],
  ])('is %s', async (_, contents, name) => {
    expect(await packageOf(contents).findWorkbook()).toBe(name);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['a binary one', { '_rels/.rels': RELS('w.bin'), 'w.bin': '' }, 'XLSX_BINARY_WORKBOOK', 'part w.bin'],
    ['a binary one in its place', { 'xl/workbook.bin': '' }, 'XLSX_BINARY_WORKBOOK', 'part xl/workbook.xml'],
    [
      'one that is not there',
      { '_rels/.rels': RELS('w.xml'), 'xl/workbook.xml': '' },
      'XLSX_MISSING_PART',
      'part _rels/.rels',
    ],
    ['none, of a workbook', { 'xl/styles.xml': '' }, 'XLSX_MISSING_PART', 'part _rels/.rels'],
    ['none, of some document', { '[Content_Types].xml': '', a: '' }, 'XLSX_MISSING_PART', 'part _rels/.rels'],
    ['none, of photos', { 'a.jpg': '', 'notxl/b': '' }, 'XLSX_NOT_A_WORKBOOK', 'part _rels/.rels'],
    ['none, of nothing', {}, 'XLSX_NOT_A_WORKBOOK', 'part _rels/.rels'],
  ])('is refused: %s', async (_, contents, code, place) => {
    await expect(packageOf(contents).findWorkbook()).rejects.toEqual(refusal(code, place));
  });
});

describe('the workbook part', () => {
  const read = (xml: string): ReturnType<typeof readWorkbookPart> =>
    readWorkbookPart({ name: 'w', chunks: cut(Buffer.from(xml), []) }, LIMITS);

  it.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['TRUE', false],
    ['', false],
  ])('counts from 1904 where it says so: %j', async (value, date1904) => {
    expect((await read(`<workbook><workbookPr date1904="${value}"/></workbook>`)).date1904).toBe(date1904);
    expect((await read(`<workbook><x><workbookPr date1904="${value}"/></x></workbook>`)).date1904).toBe(false);
  });

  it('names the sheets of every kind in their order, and what lies elsewhere is none', async () => {
    const { date1904, sheets } = await read(
      `<workbook xmlns="u" xmlns:r="${RELATIONSHIPS}" xmlns:s="${STRICT_RELATIONSHIPS}"><workbookPr/><sheet name="x"/><sheets>` +
        '<sheet name="A" r:id="1"/><sheet s:id="2" state="hidden"/><sheet name="B" id="3" state="veryHidden"></sheet>' +
        '<sheet name="C" state="visible"/><sheet name="D" state="Hidden"/><other name="x"/><sheet xmlns="v" name="x"/>' +
        '</sheets><ext><sheets><sheet name="x"/></sheets></ext></workbook>',
    );
    expect(date1904).toBe(false);
    expect(sheets).toEqual([
      { name: 'A', state: 'visible', relationshipId: '1' },
      { name: '', state: 'hidden', relationshipId: '2' },
      { name: 'B', state: 'veryHidden', relationshipId: undefined },
      { name: 'C', state: 'visible', relationshipId: undefined },
      { name: 'D', state: 'visible', relationshipId: undefined },
    ]);
  });

  it('is refused where it is of another document', async () => {
    await expect(read('<document><workbook/></document>')).rejects.toEqual(
      refusal('XLSX_NOT_A_WORKBOOK', 'part w, byte 10'),
    );
  });
});
