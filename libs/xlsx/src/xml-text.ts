import { isUtf8 } from 'node:buffer';
import { latin1, utf8 } from './byte-text';
import { XlsxError } from './xlsx-error';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** XML 1.0 production 2 (Char): tab, line feed, carriage return, and everything from the blank on but surrogates. */
function isXmlChar(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code < 0xd800) ||
    (code >= 0xe000 && code < 0xfffe) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

function resolveReference(name: string, place: () => string): string {
  if (name[0] === '#') {
    const isHex = name[1] === 'x';
    const digits = name.slice(isHex ? 2 : 1);
    if (isHex ? /^[0-9a-fA-F]{1,32}$/.test(digits) : /^[0-9]{1,32}$/.test(digits)) {
      const code = Number.parseInt(digits, isHex ? 16 : 10);
      if (isXmlChar(code)) return String.fromCodePoint(code);
    }
  } else if (Object.hasOwn(NAMED, name)) {
    return NAMED[name];
  }
  throw new XlsxError('XLSX_CORRUPT_XML', `unknown reference &${name.slice(0, 40)};`, place());
}

function decodeUtf8(bytes: Buffer, start: number, end: number, place: () => string): string {
  const text = utf8(bytes, start, end);
  // U+FFFD is what broken UTF-8 turns into: only then is it worth telling it from a real one.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) {
    throw new XlsxError('XLSX_CORRUPT_XML', 'broken UTF-8', place());
  }
  return text;
}

/** Text as XML means it: bytes as UTF-8, line ends as \n, references resolved (unless CDATA). */
export function decodeXmlText(
  bytes: Buffer,
  start: number,
  end: number,
  isCdata: boolean,
  place: () => string,
): string {
  let text = decodeUtf8(bytes, start, end, place);
  const illegal = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.exec(text);
  if (illegal !== null) {
    const code = illegal[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new XlsxError('XLSX_CORRUPT_XML', `the character U+${code}, which XML does not allow`, place());
  }
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (isCdata || !text.includes('&')) return text;
  let decoded = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const semicolon = text.indexOf(';', at);
    if (semicolon < 0) throw new XlsxError('XLSX_CORRUPT_XML', 'an & that begins no reference', place());
    decoded += text.slice(from, at) + resolveReference(text.slice(at + 1, semicolon), place);
    from = semicolon + 1;
  }
  return decoded + text.slice(from);
}

/** An attribute's value: as text, and every literal white space is a blank (XML 1.0, 3.3.3). */
export function decodeXmlAttribute(bytes: Buffer, start: number, end: number, place: () => string): string {
  let at = start;
  while (at < end && bytes[at] >= 0x20 && bytes[at] < 0x80 && bytes[at] !== 0x26) at++;
  if (at === end) return latin1(bytes, start, end);
  let decoded = '';
  // References are resolved after the blanks are made, so that &#10; stays a line feed.
  const blanked = decodeUtf8(bytes, start, end, place).replace(/\r\n|[\t\r\n]/g, ' ');
  for (const piece of blanked.split(/(?=&)/)) {
    const raw = Buffer.from(piece, 'utf8');
    decoded += decodeXmlText(raw, 0, raw.length, false, place);
  }
  return decoded;
}

/**
 * Resolves Excel's own escapes in strings: _x000D_ is U+000D, _x005F_ is '_' (ECMA-376 part 1, 22.9.2.19). What is
 * resolved is not looked at again, so _x005F_x000D_ is the text _x000D_.
 */
export function unescapeExcel(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
