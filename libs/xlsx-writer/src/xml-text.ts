// The quick test: nearly every text of a real workbook needs no work at all.
const NEEDS_WORK =
  /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const HOSTILE = new RegExp(NEEDS_WORK, 'g');
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as an ST_Xstring (ECMA-376 22.9.2.19): XML's own characters as entities; what XML 1.0 cannot hold (control characters, lone surrogates,
 * U+FFFE, U+FFFF), and the carriage return that every parser would turn into a line feed, as `_xHHHH_`; the underscore that would begin such an
 * escape by accident as `_x005F_`.
 */
export function escapeText(text: string): string {
  if (!NEEDS_WORK.test(text)) return text;
  return text.replace(HOSTILE, (found) => {
    const named = NAMED[found];
    if (named !== undefined) return named;
    if (found.length > 1) return `_x005F${found}`;
    return `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  });
}

/** Attribute values have no `_xHHHH_` escapes, and their line breaks and tabs must be references or they become spaces. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (found) => NAMED[found] ?? `&#${found.charCodeAt(0)};`);
}

/** Whether a reader that follows XML's default would be free to drop white space of this text. */
export function needsSpacePreserve(text: string): boolean {
  return /^[ \t\n]|[ \t\n]$|\n|\t| {2}/.test(text);
}
