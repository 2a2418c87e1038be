import { resolveLimits, type XlsxLimits } from '../limits';
import { Token, XmlScanner } from '../xml-scanner';
import { XlsxError } from '../xlsx-error';

export interface Scanning {
  limits?: Partial<XlsxLimits>;
  /** how many bytes come at a time; all of them when left out */
  step?: number;
  isRecoded?: boolean;
  /** attributes to show of each element */
  attributes?: string[];
}

/** One token as text: +a and -a for elements, +~a for those of another namespace, texts as they are in quotes. */
function shown(token: Token, xml: XmlScanner, attributes: readonly string[]): string {
  if (token === Token.TEXT) return `'${xml.textValue()}'`;
  const values = attributes.map((name) => xml.attribute(name)).filter((value) => value !== undefined);
  const name = `${xml.isMain ? '' : '~'}${xml.local}`;
  return [token === Token.START ? `+${name}` : `-${name}`, ...values].join(' ');
}

/** All tokens of a part, or where they end the refusal: its code and the byte. */
export function scanTokens(part: string | Buffer, options: Scanning = {}): string[] {
  const bytes = Buffer.from(part as string);
  const xml = new XmlScanner('p', resolveLimits(options.limits), () => options.isRecoded ?? false);
  const step = options.step ?? Math.max(1, bytes.length);
  const tokens: string[] = [];
  const drain = (): void => {
    for (let token = xml.next(); token !== Token.MORE; token = xml.next()) {
      if (token === Token.EOF) return;
      tokens.push(shown(token, xml, options.attributes ?? []));
    }
  };
  try {
    for (let at = 0; at < bytes.length; at += step) {
      xml.feed(bytes.subarray(at, at + step));
      drain();
    }
    xml.finish();
    drain();
  } catch (error) {
    if (!(error instanceof XlsxError)) throw error;
    tokens.push(`${error.code} ${error.place.replace('part p, byte ', '')}`);
  }
  return tokens;
}
