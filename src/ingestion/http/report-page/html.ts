/** Markup that may be sent as it is; anything else is escaped on its way into one. */
export class Html {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export type Fragment = Html | string | number | readonly Fragment[] | undefined;

/** Text for a place between tags or between quotes. Control characters, which no cell needs, become blanks. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ');
}

/** Markup from a template: what stands in `${}` is escaped unless it is markup itself; undefined is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  return new Html(parts.map((part, index) => part + (index < values.length ? write(values[index]) : '')).join(''));
}

function write(value: Fragment): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(write).join('');
  return escape(String(value));
}
