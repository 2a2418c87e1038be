import * as fc from 'fast-check';
import { cellAddress } from './cell-types';
import { wallSecondsToIso, wallSecondsToSerial } from './dates';
import { readBytes, type ReadCell } from './testing/read-cells';
import { buildWorkbook, escapeXml, sheetXml, workbookParts } from './testing/workbook-builder';
import { buildZip } from './testing/zip-builder';

type Value =
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'text'; value: string; how: 'shared' | 'inline' | 'rich' | 'formula' }
  | { kind: 'date'; seconds: number; how: 'serial' | 'iso' }
  | { kind: 'error'; value: string };

/** Characters that XML can hold, lone surrogates left out, with what readers trip over made likely. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '\n', '\t', '\r', '&', '<', '>', ']]>', '"', "'", '_x000D_', '_x', '�', '😀'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join('').replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''))
  .filter((value) => value !== '');

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.record({ kind: fc.constant('number' as const), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ kind: fc.constant('number' as const), value: fc.integer() }),
  fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({
    kind: fc.constant('text' as const),
    value: text,
    how: fc.constantFrom('shared' as const, 'inline' as const, 'rich' as const, 'formula' as const),
  }),
  fc.record({
    kind: fc.constant('date' as const),
    // 1904-01-01 to 9999-12-31: what both date systems can write
    seconds: fc.integer({ min: -2082844800, max: 253402300799 }),
    how: fc.constantFrom('serial' as const, 'iso' as const),
  }),
  fc.record({ kind: fc.constant('error' as const), value: fc.constantFrom('#N/A', '#DIV/0!', '#REF!', '#VALUE!') }),
);

/** Excel's own escapes in a text must be escaped themselves. */
const escapeText = (raw: string): string => escapeXml(raw.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_'));

function cellXml(address: string, cell: Value, date1904: boolean, strings: string[]): string {
  switch (cell.kind) {
    case 'number':
      return `<c r="${address}"><v>${cell.value}</v></c>`;
    case 'boolean':
      return `<c r="${address}" t="b"><v>${cell.value ? 1 : 0}</v></c>`;
    case 'error':
      return `<c r="${address}" t="e"><v>${cell.value}</v></c>`;
    case 'date':
      return cell.how === 'iso'
        ? `<c r="${address}" t="d"><v>${wallSecondsToIso(cell.seconds)}</v></c>`
        : `<c r="${address}" s="1"><v>${wallSecondsToSerial(cell.seconds, date1904)}</v></c>`;
    case 'text': {
      const escaped = `<t xml:space="preserve">${escapeText(cell.value)}</t>`;
      if (cell.how === 'inline') return `<c r="${address}" t="inlineStr"><is>${escaped}</is></c>`;
      if (cell.how === 'rich') return `<c r="${address}" t="inlineStr"><is><r><rPr><b/></rPr>${escaped}</r></is></c>`;
      if (cell.how === 'formula') return `<c r="${address}" t="str"><f>A1</f><v>${escapeText(cell.value)}</v></c>`;
      strings.push(`<si>${escaped}</si>`);
      return `<c r="${address}" t="s"><v>${strings.length - 1}</v></c>`;
    }
  }
}

function expectedOf(cell: Value): string | number | boolean {
  if (cell.kind === 'date') return `d:${wallSecondsToIso(cell.seconds)}`;
  if (cell.kind === 'error') return `e:${cell.value}`;
  // '-0' is written as 0
  return cell.kind === 'number' ? Number(String(cell.value)) : cell.value;
}

describe('write, read, same', () => {
  const sheet = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.option(value, { freq: 4 }), { maxLength: 8 })),
    {
      maxLength: 8,
    },
  );

  it('gives back every value, address and sheet of a workbook, however it was written', async () => {
    const workbook = fc.record({
      sheets: fc.array(sheet, { minLength: 1, maxLength: 3 }),
      date1904: fc.boolean(),
      stored: fc.boolean(),
      descriptor: fc.boolean(),
      zip64: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(workbook, async ({ sheets, date1904, ...zip }) => {
        const strings: string[] = [];
        const expected: ReadCell[][] = [];
        const specs = sheets.map((rows) => {
          let row = 0;
          const cells: ReadCell[] = [];
          const xml = rows.map(([gap, columns]) => {
            row += gap;
            const inRow = columns.map((cell, i) => {
              if (cell === null) return '';
              cells.push([cellAddress(row, i + 1), expectedOf(cell)]);
              return cellXml(cellAddress(row, i + 1), cell, date1904, strings);
            });
            return `<row r="${row}">${inRow.join('')}</row>`;
          });
          expected.push(cells);
          return { xml: sheetXml(xml.join('')) };
        });
        const parts = workbookParts({
          sheets: specs,
          date1904,
          formats: ['yyyy-mm-dd hh:mm:ss'],
          strings: strings.join(''),
        });
        const bytes = buildZip(parts.map((part) => ({ ...part, ...zip })));
        expect((await readBytes(bytes)).map(({ cells }) => cells)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('gives back text of any writing through shared strings', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        const strings = texts.map((raw) => `<si><t>${escapeText(raw)}</t></si>`).join('');
        const xml = sheetXml(texts.map((_, i) => `<row><c t="s"><v>${i}</v></c></row>`).join(''));
        const [{ cells }] = await readBytes(buildWorkbook({ sheets: [{ xml }], strings }));
        expect(cells.map(([, read]) => read)).toEqual(texts);
      }),
      { numRuns: 100 },
    );
  });
});
