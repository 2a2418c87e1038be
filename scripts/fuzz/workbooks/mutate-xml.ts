import type { Random } from '@libs/random';
import { mutateBytes } from './mutate-bytes';

export interface XmlMutation {
  what: string;
  data: string | Buffer;
  /** why exceljs reads it differently, where that is known beforehand */
  exceljs?: string;
}

/** Of what a writer never writes. */
const LENIENT = 'references, formats and types that are none: each reader makes of them what it can';

type Change = (xml: string, random: Random) => XmlMutation;

/** Bytes that mean something to a scanner of XML, numbers and references. */
const MEANINGFUL = '0123456789ABXrstvcn .-+eE"\'<>/&;=:_#\t\n';

const HOSTILE_VALUES: readonly string[] = [
  '', '-1', '0', '00', '1e9', '99999999999999999999', 'A0', 'a1', '$A$1', 'XFE1', 'AAAA1', 'A1048577', 'ZZZZZZZZ9',
  'x', '&lt;', '&#1;', '&#xD800;', '\u0001', 'é', '１', ' 1 ', '1.0', '+1', 's', 'b', 'e', 'd', 'n', 'str', 'inlineStr',
  'true', 'worksheets/sheet9.xml', '../../../etc/passwd', 'http://example.org/', 'a'.repeat(40_000),
]; // prettier-ignore

const HOSTILE_TEXTS: readonly string[] = [
  '', ' ', 'abc', '1e999', '-1e999', 'NaN', 'Infinity', '0x10', '1,5', ' 7 ', '-0', '1.', '.5', '+5', '1_000', '１２',
  '2958466', '-1', '60', '1e308', '5e-324', '9007199254740993', '0.1', '2021-01-01', '2021-02-30', '25:00', 'soon',
  '#N/A', '_x000D_', '_x005F_x000D_', '_xZZZZ_', '&#0;', '&nbsp;', '&', ']]>', '\u0000', '\ufffe', 'a\r\nb',
  '\u202e', 'x'.repeat(32_767), 'x'.repeat(32_768), '&#65;'.repeat(9000),
]; // prettier-ignore

const INSERTIONS: readonly { what: string; text: string; exceljs?: string }[] = [
  { what: 'CDATA', text: '<![CDATA[<c> & ]]>', exceljs: 'exceljs passes CDATA by' },
  { what: 'a comment', text: '<!-- <row r="9"> -->' },
  { what: 'a comment of two hyphens', text: '<!-- a -- b -->' },
  { what: 'an instruction', text: '<?x <c>?>' },
  { what: 'a second declaration', text: '<?xml version="1.0"?>' },
  { what: 'a DTD', text: '<!DOCTYPE x [<!ENTITY y "z">]>' },
  { what: 'an entity declaration', text: '<!ENTITY x SYSTEM "file:///etc/passwd">' },
  { what: 'an undeclared prefix', text: '<q:v>1</q:v>' },
  {
    what: 'a foreign element',
    text: '<c xmlns="urn:x" r="A1"><v>9</v></c>',
    exceljs: 'exceljs reads foreign elements of the same name',
  },
  {
    what: 'a hundred elements deep',
    text: '<a>'.repeat(100) + '</a>'.repeat(100),
    exceljs: 'exceljs loses what stands around unknown elements',
  },
  { what: 'a thousand elements deep', text: '<a>'.repeat(1000) + '</a>'.repeat(1000) },
  { what: 'a byte order mark', text: '\ufeff' },
  { what: 'an ampersand', text: '&', exceljs: 'text that nobody reads is not looked at here' },
  { what: 'an end tag', text: '</row>' },
  { what: 'a start tag', text: '<row>' },
  { what: 'a row', text: '<row r="3"><c r="B3"><v>5</v></c></row>', exceljs: 'rows within rows, or rows twice' },
  { what: 'a value', text: '<v>7</v>', exceljs: 'exceljs joins the values of a cell, here the last one counts' },
  { what: 'a string', text: '<is><t>q</t></is>', exceljs: 'exceljs joins the values of a cell' },
];

const replaceNth = (xml: string, pattern: RegExp, random: Random, by: (found: string) => string): string => {
  const matches = [...xml.matchAll(pattern)];
  if (matches.length === 0) return xml;
  const { 0: found, index } = random.pick(matches);
  return xml.slice(0, index) + by(found) + xml.slice(index + found.length);
};

const CHANGES: readonly Change[] = [
  (xml, random) => {
    const { what, bytes } = mutateBytes(Buffer.from(xml), random);
    return { what: `XML: ${what}`, data: bytes };
  },
  (xml, random) => {
    const bytes = Buffer.from(xml);
    bytes[random.below(bytes.length)] = MEANINGFUL.charCodeAt(random.below(MEANINGFUL.length));
    return { what: 'XML: one character changed', data: bytes, exceljs: LENIENT };
  },
  (xml, random) => ({ what: 'XML: a tag missing', data: replaceNth(xml, /<[^>]*>/g, random, () => '') }),
  (xml, random) => ({ what: 'XML: a tag twice', data: replaceNth(xml, /<[^>]*>/g, random, (tag) => tag + tag) }),
  (xml, random) => ({
    what: 'XML: an element twice',
    data: replaceNth(xml, /<(\w+)\b[^>]*>[^<]*<\/\1>|<\w+\b[^>]*\/>/g, random, (element) => element + element),
    exceljs: 'exceljs joins the values of a cell, here the last one counts',
  }),
  (xml, random) => ({ what: 'XML: an attribute missing', data: replaceNth(xml, / [\w:]+="[^"]*"/g, random, () => '') }),
  (xml, random) => ({
    what: 'XML: an attribute of another value',
    data: replaceNth(xml, /="[^"]*"/g, random, () => `="${random.pick(HOSTILE_VALUES)}"`),
    exceljs: LENIENT,
  }),
  (xml, random) => ({
    what: 'XML: a text of another value',
    data: replaceNth(xml, />[^<]+</g, random, () => `>${random.pick(HOSTILE_TEXTS)}<`),
  }),
  (xml, random) => {
    const { what, text, exceljs } = random.pick(INSERTIONS);
    return { what: `XML: ${what} inserted`, data: replaceNth(xml, />/g, random, () => `>${text}`), exceljs };
  },
  (xml, random) => {
    const rows = xml.match(/<row\b.*?<\/row>/gs) ?? [];
    const turned = rows.length < 2 ? xml : xml.replace(rows.join(''), [...rows].reverse().join(''));
    return random.chance(1, 2)
      ? { what: 'XML: rows in another order', data: turned }
      : {
          what: 'XML: in UTF-16',
          data: Buffer.from(`\ufeff${xml}`, 'utf16le'),
          exceljs: 'exceljs takes every part for UTF-8',
        };
  },
  (xml, random) => {
    const bytes = Buffer.from(xml);
    const at = random.below(bytes.length + 1);
    const broken = Buffer.of(random.pick([0x80, 0xc0, 0xe2, 0xed, 0xf5, 0xff]));
    return {
      what: 'XML: broken UTF-8',
      data: Buffer.concat([bytes.subarray(0, at), broken, bytes.subarray(at)]),
      exceljs: 'exceljs replaces bytes that are no UTF-8',
    };
  },
];

/** A change inside one part's XML. */
export function mutateXml(xml: string, random: Random): XmlMutation {
  return random.pick(CHANGES)(xml, random);
}
