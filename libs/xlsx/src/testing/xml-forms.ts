import type { ReadCell } from './read-cells';
import { MAIN, sheetXml, STRICT_MAIN } from './workbook-builder';

/** What is read of each form, where shared string 1 is 'one'. */
export const EXPECTED: ReadCell[] = [
  ['A1', 'one'],
  ['B1', 2.5],
  ['A2', 'x'],
];
export const ROWS =
  '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>2.5</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>';

/** One sheet as different writers write it. */
export const XML_FORMS: readonly (readonly [string, string])[] = [
  ['as Excel writes it', sheetXml(ROWS)],
  ['with an XML declaration', `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n${sheetXml(ROWS)}`],
  ['with a byte order mark', `\ufeff<?xml version="1.0"?>${sheetXml(ROWS)}`],
  [
    'with a prefix',
    sheetXml(ROWS)
      .replace(/<(\/?)(\w)/g, '<$1x:$2')
      .replace('xmlns=', 'xmlns:x='),
  ],
  ['in the strict namespace', sheetXml(ROWS).replace(MAIN, STRICT_MAIN)],
  ['without any namespace', sheetXml(ROWS).replace(` xmlns="${MAIN}"`, '')],
  ['in single quotes', sheetXml(ROWS).replaceAll('"', "'")],
  ['with attributes in another order', sheetXml(ROWS).replace('r="A1" t="s"', 't="s" s="0" r="A1"')],
  [
    'with other attributes',
    sheetXml(ROWS).replaceAll('<c ', '<c cm="1" vm="2" ph="0" ').replaceAll('<row ', '<row spans="1:2" ht="15.75" '),
  ],
  [
    'with blanks inside tags',
    sheetXml(ROWS)
      .replace(/ (\w+)=/g, '\n\t $1 = ')
      .replaceAll('>', ' >')
      .replaceAll('/ >', '/>'),
  ],
  ['with indentation', sheetXml(ROWS).replace(/<(\/?)(row|c|is|sheetData)\b/g, '\r\n\t  <$1$2')],
  [
    'with comments and instructions everywhere',
    sheetXml(ROWS).replace(/<(row|c|v|\/c|\/row)/g, '<!-- a -- > <c r="Z9"> --><?x <c>?><$1'),
  ],
  [
    'with foreign elements everywhere',
    sheetXml(ROWS)
      .replace('<worksheet', '<worksheet xmlns:e="urn:e"')
      .replace(/<(row|c|v|t)\b/g, '<e:c r="C1"><e:v>9</e:v><row xmlns="urn:e"><c><v>8</v></c></row></e:c><$1'),
  ],
  [
    'with elements before and after the data',
    sheetXml(ROWS)
      .replace('<sheetData>', '<sheetPr/><dimension ref="A1:B2"/><cols><col min="1" max="2"/></cols><sheetData>')
      .replace(
        '</sheetData>',
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><extLst><ext><row r="9"><c><v>9</v></c></row></ext></extLst>',
      ),
  ],
  ['with the default namespace declared anew', sheetXml(ROWS).replaceAll('<c ', `<c xmlns="${MAIN}" `)],
  [
    'with the main namespace under a prefix inside',
    sheetXml(ROWS)
      .replace('<row r="2">', `<y:row r="2" xmlns:y="${MAIN}">`)
      .replace('</row></sheetData>', '</y:row></sheetData>'),
  ],
];
