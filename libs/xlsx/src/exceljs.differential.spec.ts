import ExcelJS from 'exceljs';
import { readByExceljs } from '../../../test/support/exceljs-cells';
import { readBytes } from './testing/read-cells';

async function written(fill: (workbook: ExcelJS.Workbook) => void, options = {}): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer(options));
}

describe('workbooks that exceljs wrote are read as exceljs reads them', () => {
  const values = (sheet: ExcelJS.Worksheet): void => {
    sheet.addRow([0, 1, -1.5, 1e-7, 1e21, 123456789.123456, 0.1 + 0.2]);
    sheet.addRow(['text', ' leading', 'trailing ', 'a\nb', 'é漢😀', '<&>"\'', '_x000D_', 'NULL', '007']);
    sheet.addRow([true, false, null, undefined, '']);
    sheet.getCell('D9').value = 'after a gap';
    sheet.getCell('XFD20').value = 'the last column';
  };

  const features: [string, (workbook: ExcelJS.Workbook) => void, object?][] = [
    ['numbers, texts, booleans and gaps', (workbook) => values(workbook.addWorksheet('A'))],
    ['inline strings', (workbook) => values(workbook.addWorksheet('A')), { useSharedStrings: false }],
    ['shared strings', (workbook) => values(workbook.addWorksheet('A')), { useSharedStrings: true }],
    [
      'dates of many formats, and numbers that are none',
      (workbook) => {
        const sheet = workbook.addWorksheet('Dates');
        const formats = [
          'dd/mm/yyyy',
          'yyyy-mm-dd hh:mm:ss',
          'd-mmm-yy',
          'h:mm AM/PM',
          'mm:ss.0',
          '[$-409]m/d/yy h:mm AM/PM;@',
          '[Red]dd.mm.yyyy',
        ];
        formats.forEach((numFmt, i) => {
          const cell = sheet.getCell(i + 1, 1);
          cell.value = new Date(Date.UTC(2025, 11, 11, 12, 50, i * 7));
          cell.numFmt = numFmt;
        });
        ['0.00', '#,##0', '0%', '0.00E+00', '[Red]0', '"d"0', '0" horas"'].forEach((numFmt, i) => {
          const cell = sheet.getCell(i + 1, 2);
          cell.value = 46002.5;
          cell.numFmt = numFmt;
        });
      },
    ],
    [
      'the 1904 date system',
      (workbook) => {
        workbook.properties.date1904 = true;
        workbook.addWorksheet('A').getCell('A1').value = new Date(Date.UTC(2025, 11, 11, 12, 50));
      },
    ],
    [
      'formulas with and without result, shared ones, errors, links and rich text',
      (workbook) => {
        const sheet = workbook.addWorksheet('Rich');
        sheet.getCell('A1').value = { formula: 'B1*2', result: 4 };
        sheet.getCell('B1').value = { formula: 'NOW()' };
        sheet.getCell('C1').value = { formula: '"a"&"b"', result: 'ab' };
        sheet.getCell('D1').value = { formula: 'TRUE()', result: true as unknown as number };
        sheet.getCell('E1').value = { formula: '1/0', result: { error: '#DIV/0!' } };
        sheet.getCell('A2').value = { error: '#N/A' };
        sheet.getCell('B2').value = { text: 'a link', hyperlink: 'https://example.org/?a=1&b=2' };
        sheet.getCell('C2').value = { richText: [{ text: 'Gel', font: { bold: true } }, { text: ' coat ' }] };
        sheet.fillFormula('A3:A6', 'A1+1', [5, 6, 7, 8]);
      },
    ],
    [
      'merged, styled and empty cells, hidden rows and columns, comments and validations',
      (workbook) => {
        const sheet = workbook.addWorksheet('Layout', { views: [{ state: 'frozen', ySplit: 1 }] });
        sheet.columns = [
          { header: 'Of_Id', key: 'a', width: 20, hidden: true },
          { header: 'Nome', key: 'b' },
        ];
        sheet.addRow({ a: 1, b: 'x' }).hidden = true;
        for (let row = 4; row < 40; row++)
          sheet.getCell(row, 3).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFF0000' } };
        sheet.getCell('A2').note = 'a comment';
        sheet.getCell('B2').dataValidation = { type: 'list', allowBlank: true, formulae: ['"x,y"'] };
        sheet.autoFilter = 'A1:B1';
        sheet.addConditionalFormatting({
          ref: 'A1:B9',
          rules: [{ type: 'expression', formulae: ['A1>1'], priority: 1, style: {} }],
        });
      },
    ],
    [
      'several sheets in several states, one of them empty',
      (workbook) => {
        values(workbook.addWorksheet('Visible'));
        workbook.addWorksheet('Hidden & <strange>', { state: 'hidden' }).addRow(['h']);
        workbook.addWorksheet('Very', { state: 'veryHidden' }).addRow(['v']);
        workbook.addWorksheet('Empty');
      },
    ],
    [
      'a table',
      (workbook) => {
        workbook.addWorksheet('T').addTable({
          name: 'Table',
          ref: 'B2',
          headerRow: true,
          totalsRow: true,
          columns: [
            { name: 'A', totalsRowLabel: 'Total' },
            { name: 'B', totalsRowFunction: 'sum' },
          ],
          rows: [
            ['x', 1],
            ['y', 2],
          ],
        });
      },
    ],
    [
      'ten thousand rows',
      (workbook) => {
        const sheet = workbook.addWorksheet('Long');
        for (let row = 0; row < 10_000; row++) sheet.addRow([row, row / 7, `order ${row % 97}`, row % 3 === 0]);
      },
    ],
  ];

  // A row without its last element would make Jest pass a callback in its place, and wait for it.
  it.each(features.map(([name, fill, options]) => ({ name, fill, options })))('$name', async ({ fill, options }) => {
    const bytes = await written(fill, options);
    const own = await readBytes(bytes);
    expect(own).toEqual(await readByExceljs(bytes));
    expect(own.some(({ cells }) => cells.length > 0)).toBe(true);
  });

  it('reads what the streaming writer of exceljs writes', async () => {
    const { PassThrough } = await import('node:stream');
    const stream = new PassThrough();
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
    const sheet = workbook.addWorksheet('Stream');
    for (let row = 1; row <= 500; row++)
      sheet.addRow([row, `n ${row}`, new Date(Date.UTC(2024, 0, row % 28))]).commit();
    sheet.commit();
    await workbook.commit();
    const bytes = Buffer.concat(chunks);
    const own = await readBytes(bytes);
    expect(own).toEqual(await readByExceljs(bytes));
    expect(own[0].cells).toHaveLength(1500);
  });
});
