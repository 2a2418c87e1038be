import { createHash } from 'node:crypto';
import { readCustomPropertyNames } from './custom-properties';
import { resolveLimits } from './limits';
import { PackageParts } from './package-parts';
import { missingDateStyles, readDateStyles } from './styles-part';
import { batchCells, withFile, type ReadCell } from './testing/read-cells';
import { cut } from './testing/scan-sheet';
import { buildWorkbook, sheetXml, workbookParts, type WorkbookSpec } from './testing/workbook-builder';
import { buildZip, type ZipPart } from './testing/zip-builder';
import { Workbook, type OpenOptions } from './workbook';
import { XlsxError } from './xlsx-error';
import type { ZipEntry } from './zip-directory';

const LIMITS = resolveLimits();
const row = (r: number, cells: number): string => `<row r="${r}">${'<c><v>1</v></c>'.repeat(cells)}</row>`;
const SPEC: WorkbookSpec = {
  sheets: [
    { name: 'A', xml: sheetXml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>') },
    { name: 'B', xml: sheetXml(row(1, 4) + row(2, 4) + row(3, 4)) },
  ],
  strings: '<si><t>text</t></si>',
};
const SHEET = 'xl/worksheets/sheet1.xml';

async function opened<T>(
  bytes: Buffer,
  use: (workbook: Workbook, path: string) => Promise<T>,
  options?: OpenOptions,
): Promise<T> {
  return withFile(bytes, async (path) => {
    const workbook = await Workbook.open(path, options);
    try {
      return await use(workbook, path);
    } finally {
      await workbook.close();
    }
  });
}
async function cellsOf(workbook: Workbook, sheet: number): Promise<ReadCell[]> {
  const cells: ReadCell[] = [];
  for await (const batch of workbook.readRows(sheet)) cells.push(...batchCells(batch, workbook.date1904));
  return cells;
}

describe('reading the rows of a sheet', () => {
  it('hands out batches of the size asked for, of one row at least', async () => {
    const sizesOf = (cells: number | undefined): Promise<number[]> =>
      opened(buildWorkbook(SPEC), async (workbook) => {
        const sizes: number[] = [];
        for await (const batch of workbook.readRows(1, { batchCells: cells })) sizes.push(batch.rowCount);
        return sizes;
      });
    // three rows of four cells
    expect(await sizesOf(undefined)).toEqual([3]);
    expect(await sizesOf(4.9)).toEqual([1, 1, 1]);
    expect(await sizesOf(5)).toEqual([2, 1]);
    expect(await sizesOf(0)).toEqual([1, 1, 1]);
    expect(await sizesOf(-7)).toEqual([1, 1, 1]);
    expect(await sizesOf(12)).toEqual([3]);
  });

  it('shows the inflated bytes as they come, which hash as the part does', async () => {
    await opened(buildWorkbook(SPEC), async (workbook) => {
      const hash = createHash('sha256');
      for await (const batch of workbook.readRows(1, { onInflated: (chunk) => hash.update(chunk) })) {
        expect(batch.bytesRead).toBe(SPEC.sheets[1].xml.length);
      }
      const digest = hash.digest('hex');
      expect(digest).toBe(createHash('sha256').update(SPEC.sheets[1].xml).digest('hex'));
      expect((await workbook.hashParts()).get('xl/worksheets/sheet2.xml')).toBe(digest);
    });
  });

  it('gives a sign of life after each 16 MiB without a value', async () => {
    // 33 MiB of rows without cells, and of comments
    const xml = sheetXml(`<row r="1"/><!--${'x'.repeat(100_000)}-->`.repeat(346));
    const read = await opened(
      buildWorkbook({ sheets: [{ xml }] }),
      async (workbook) => {
        const signs: number[] = [];
        for await (const { rowCount, bytesRead } of workbook.readRows(0)) {
          expect(rowCount).toBe(0);
          signs.push(bytesRead);
        }
        return signs;
      },
      { limits: { ratio: 1100 } },
    );
    const quiet = 16 * 2 ** 20;
    // chunks are of 128 KiB, so the sign comes with the chunk that reaches it
    expect(read).toEqual([quiet, 2 * quiet]);
  });

  it('counts only the sheets that it has', async () => {
    await opened(buildWorkbook(SPEC), async (workbook) => {
      for (const sheet of [2, -1]) await expect(workbook.readRows(sheet).next()).rejects.toThrow(RangeError);
      expect(await cellsOf(workbook, 0)).toEqual([['A1', 'text']]);
    });
  });
});

describe('what a second reader takes over', () => {
  it('is the shared strings and the count of cells', async () => {
    await opened(buildWorkbook(SPEC), async (workbook, path) => {
      const state = await workbook.share();
      // the second has the strings without reading them, and both have one cap
      const second = await Workbook.open(path, { limits: { cells: 12 } });
      const bytes = new SharedArrayBuffer(5);
      Buffer.from(bytes).write('other');
      const offsets = new SharedArrayBuffer(8);
      new Uint32Array(offsets).set([0, 5]);
      second.adopt({ ...state, strings: { bytes, offsets, count: 1 } });
      expect(await cellsOf(second, 0)).toEqual([['A1', 'other']]);
      expect(await cellsOf(workbook, 0)).toEqual([['A1', 'text']]);
      expect(await cellsOf(second, 0)).toHaveLength(1);
      // 12 cells of B, and the one of A that either has read
      await expect(cellsOf(second, 1)).rejects.toMatchObject({ code: 'XLSX_LIMIT_CELLS', place: 'sheet B' });
      await second.close();
    });
  });

  it('has no strings where the workbook has none', async () => {
    const parts = workbookParts(SPEC).filter(({ name }) => name !== 'xl/sharedStrings.xml');
    await opened(buildZip(parts), async (workbook) => {
      expect((await workbook.share()).strings.count).toBe(0);
      expect(await cellsOf(workbook, 1)).toHaveLength(12);
    });
  });
});

describe('hashing parts', () => {
  it('takes those wanted, in the order of the directory', async () => {
    await opened(buildWorkbook(SPEC), async (workbook) => {
      const hashes = await workbook.hashParts((name) => name.startsWith('xl/w'));
      expect([...hashes.keys()]).toEqual(['xl/workbook.xml', SHEET, 'xl/worksheets/sheet2.xml']);
      expect(hashes.get(SHEET)).toBe(createHash('sha256').update(SPEC.sheets[0].xml).digest('hex'));
    });
  });

  it('fails with the part that is damaged', async () => {
    const parts = workbookParts(SPEC).map((part): ZipPart => (part.name === SHEET ? { ...part, crc32: 1 } : part));
    await opened(buildZip(parts), async (workbook) => {
      await expect(workbook.hashParts()).rejects.toMatchObject({ code: 'XLSX_CORRUPT_ZIP', place: `part ${SHEET}` });
      expect((await workbook.hashParts((name) => name !== SHEET)).size).toBe(parts.length - 1);
    });
  });
});

describe('opening', () => {
  const refusedAs = (parts: ZipPart[]): Promise<unknown> =>
    opened(buildZip(parts), () => Promise.resolve('read')).catch((error: XlsxError) => [error.code, error.place]);
  const changed = (name: string, from: string | RegExp, to: string): ZipPart[] =>
    workbookParts(SPEC).map((part) =>
      part.name === name ? { ...part, data: String(part.data).replace(from, to) } : part,
    );

  it('names the sheet whose part is missing, and where it is named', async () => {
    const place = 'part xl/workbook.xml';
    expect(await refusedAs(workbookParts(SPEC))).toBe('read');
    expect(await refusedAs(changed('xl/workbook.xml', 'r:id="rId2"', 'r:id="none"'))).toEqual([
      'XLSX_MISSING_PART',
      place,
    ]);
    expect(await refusedAs(changed('xl/workbook.xml', 'r:id="rId2"', ''))).toEqual(['XLSX_MISSING_PART', place]);
    expect(await refusedAs(changed('xl/_rels/workbook.xml.rels', 'sheet2', 'none'))).toEqual([
      'XLSX_MISSING_PART',
      `${place}, sheet B`,
    ]);
    expect(await refusedAs(changed('xl/workbook.xml', /<sheet .*(?=<\/sheets>)/, ''))).toEqual([
      'XLSX_NO_SHEETS',
      place,
    ]);
  });

  it('reads the content types to their end, and does without them', async () => {
    expect(await refusedAs(changed('[Content_Types].xml', '/>', '>'))).toEqual([
      'XLSX_CORRUPT_XML',
      expect.stringMatching(/^part \[Content_Types\]/),
    ]);
    expect(await refusedAs(workbookParts(SPEC).slice(1))).toBe('read');
  });

  it('closes the file that it refuses', async () => {
    const { readdirSync, readlinkSync } = await import('node:fs');
    await withFile(buildWorkbook({ sheets: [] }), async (path) => {
      await expect(Workbook.open(path)).rejects.toMatchObject({ code: 'XLSX_NO_SHEETS' });
      const isOpen = readdirSync('/proc/self/fd').some((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === path;
        } catch {
          return false;
        }
      });
      expect(isOpen).toBe(false);
    });
  });
});

describe('the names of custom properties', () => {
  const RELS =
    '<x><Relationship Id="0" Type="a/b" Target="x"/><Relationship Id="1" Type="a/custom-properties" Target="c.xml"/></x>';
  const named = (contents: Record<string, string>, limits = {}): Promise<Set<string>> => {
    const entries = Object.keys(contents).map((name) => ({ name }) as ZipEntry);
    const caps = resolveLimits(limits);
    return readCustomPropertyNames(
      new PackageParts(entries, ({ name }) => cut(Buffer.from(contents[name]), []), caps),
      caps,
    );
  };
  const PROPERTIES =
    '<p xmlns="u"><property name="a"><property>1</property></property><other name="x"/><property name="b"/>' +
    '<property xmlns="v" name="y"/></p>';

  it('are those of the part that the package names', async () => {
    expect(await named({ '_rels/.rels': RELS, 'c.xml': PROPERTIES })).toEqual(new Set(['a', 'b']));
    expect(await named({ '_rels/.rels': RELS, 'c.xml': PROPERTIES }, { entries: 2 })).toEqual(new Set(['a', 'b']));
    const three = PROPERTIES.replace('</p>', '<property name="c"/></p>');
    expect(await named({ '_rels/.rels': RELS, 'c.xml': three }, { entries: 2 })).toEqual(new Set(['a', 'b']));
  });

  it('are none where there is no such part, or it cannot be read', async () => {
    expect(await named({ 'c.xml': PROPERTIES })).toEqual(new Set());
    expect(await named({ '_rels/.rels': RELS })).toEqual(new Set());
    expect(await named({ '_rels/.rels': RELS, 'c.xml': PROPERTIES.replace('</p>', '') })).toEqual(new Set());
  });

  it('are asked of a workbook, where another fault is none of the file', async () => {
    const rels = RELS.replace('a/b" Target="x', 'x/officeDocument" Target="xl/workbook.xml');
    const parts = workbookParts(SPEC).map((part) => (part.name === '_rels/.rels' ? { ...part, data: rels } : part));
    await opened(buildZip([...parts, { name: 'c.xml', data: PROPERTIES }]), async (workbook) => {
      expect(await workbook.customPropertyNames()).toEqual(new Set(['a', 'b']));
    });
    const fault = new Error('not of the file');
    const broken = new PackageParts([{ name: '_rels/.rels' } as ZipEntry], () => { throw fault; }, LIMITS); // prettier-ignore
    await expect(readCustomPropertyNames(broken, LIMITS)).rejects.toBe(fault);
  });
});

describe('the styles', () => {
  const read = async (xml: string): Promise<number[]> => [
    ...(await readDateStyles({ name: 's', chunks: cut(Buffer.from(xml), []) }, LIMITS)),
  ];

  it('say which cell formats are dates: by their own code, else by the built-in id', async () => {
    const xml =
      '<styleSheet xmlns="u"><numFmts><numFmt numFmtId="164" formatCode="yyyy"/><numFmt numFmtId="165" formatCode="0"/>' +
      '<numFmt numFmtId="14" formatCode="0"/><numFmt numFmtId="2" formatCode="d"/><numFmt numFmtId="166"/>' +
      '<x><numFmt numFmtId="3" formatCode="d"/></x><numFmt xmlns="v" numFmtId="3" formatCode="d"/></numFmts>' +
      '<fonts><numFmt numFmtId="3" formatCode="d"/><xf numFmtId="15"/></fonts><cellStyleXfs><xf numFmtId="15"/></cellStyleXfs>' +
      '<cellXfs>' +
      ['164', '165', '14', '2', '166', '3', '15', '0', '167'].map((id) => `<xf numFmtId="${id}"/>`).join('') +
      '<xf/><alignment numFmtId="15"/><xf xmlns="v" numFmtId="15"/></cellXfs></styleSheet>';
    expect(await read(xml)).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('hold for cells that name none: they have the first', async () => {
    const cell = '<c r="A1"><v>1</v></c>';
    for (const xml of [cell, cell.replace('<v>', '<!-- --><v>')]) {
      const spec = { sheets: [{ xml: sheetXml(`<row r="1">${xml}</row>`) }] };
      const parts = workbookParts(spec).map((part) => ({
        ...part,
        data: String(part.data).replace('<cellXfs><xf numFmtId="0"/>', '<cellXfs><xf numFmtId="14"/>'),
      }));
      await opened(buildZip(parts), async (workbook) => {
        expect(await cellsOf(workbook, 0)).toEqual([['A1', 'd:1900-01-01T00:00:00']]);
      });
    }
  });

  it('are none in a part without any, and unknown but for the first where the part is missing', async () => {
    expect(await read('<styleSheet/>')).toEqual([]);
    const missing = missingDateStyles();
    // 0 is a number, 2 unknown
    expect([missing[0], missing[1], missing[65_490], missing.at(-1)]).toEqual([0, 2, 2, 2]);
  });
});
