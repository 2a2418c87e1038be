import { latin1 } from './byte-text';
import type { XlsxLimits } from './limits';
import { decodeXmlAttribute, decodeXmlText } from './xml-text';
import { XmlNames, type XmlName } from './xml-names';
import { XlsxError } from './xlsx-error';

/** What next() found. */
export const Token = { MORE: 0, START: 1, END: 2, TEXT: 3, EOF: 4 } as const;
export type Token = (typeof Token)[keyof typeof Token];

/** Zero bytes after the end of the window, so that loops of the fast path stop there without asking for the length. */
const PADDING = 64;
const UTF_8_NAMES = ['utf-8', 'utf8', 'us-ascii', 'ascii'];
const UTF_16_NAMES = ['utf-16', 'utf-16le', 'utf-16be', 'iso-10646-ucs-2'];
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Letters, '_', ':' and every byte of a character beyond ASCII. */
const isNameStart = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || byte === 0x3a || byte >= 0x80;

/** An element that is open; the objects are reused, one per depth. */
interface OpenElement {
  name: XmlName;
  isMain: boolean;
  /** the namespaces that hold outside this element, where it declares some itself */
  outerNamespaces: ReadonlyMap<string, string> | undefined;
}

/**
 * A resumable tokenizer of one part: feed() it chunks of UTF-8, take tokens with next() until it wants MORE.
 * It knows elements, attributes, text, CDATA, comments, processing instructions and namespaces, checks that tags match,
 * and refuses DTDs. It keeps one window of bytes, which grows to the caps on one token and no further.
 *
 * Names are compared in the namespace of the root element: `isMain` says whether an element is in it. That makes
 * transitional, strict and prefixed documents alike, and lets foreign extensions pass by.
 */
export class XmlScanner {
  /** The window is buf[pos, end); the bytes after it are zero. The sheet scanner's fast path reads them directly. */
  buf: Buffer = Buffer.alloc(256 * 1024 + PADDING);
  pos = 0;
  end = 0;
  /** bytes of the part that lie before buf[0] */
  private consumed = 0;
  private isFinal = false;

  /** START and END: the element. START: its attributes. */
  local = '';
  isMain = false;
  private attributeCount = 0;
  private readonly attributeNames: XmlName[] = [];
  /** start, end of each value in buf */
  private readonly attributeRanges: number[] = [];

  /** TEXT: where it lies in buf. */
  textStart = 0;
  textEnd = 0;
  isCdata = false;

  /** open[0, depth) are the open elements */
  private readonly open: OpenElement[] = [];
  private openCount = 0;
  private readonly names = new XmlNames();
  private namespaces: ReadonlyMap<string, string> = new Map([
    ['xml', XML],
    ['xmlns', XMLNS],
    ['', ''],
  ]);
  private mainNamespace: string | undefined;
  private pendingEnd = false;
  private sawRoot = false;

  constructor(
    readonly partName: string,
    private readonly limits: XlsxLimits,
    private readonly isRecoded: () => boolean = () => false,
  ) {}

  get depth(): number {
    return this.openCount;
  }

  /** Whether a tag without prefix is one of the main namespace here: what the fast path takes for granted. */
  get isDefaultMain(): boolean {
    return this.namespaces.get('') === this.mainNamespace && !this.pendingEnd;
  }

  /**
   * The fast path has read a start tag without prefix and without declarations by itself (isDefaultMain held).
   * leaveFast() is its counterpart; false when the innermost element is another, or declared namespaces.
   */
  enterFast(name: XmlName): void {
    this.push(name, true, undefined);
  }

  leaveFast(qualifiedName: string): boolean {
    const top = this.open[this.openCount - 1];
    if (top.name.qualified !== qualifiedName || top.outerNamespaces !== undefined) return false;
    this.openCount--;
    return true;
  }

  feed(chunk: Buffer): void {
    const rest = this.end - this.pos;
    const needed = rest + chunk.length + PADDING;
    if (needed > this.buf.length) {
      const larger = Buffer.alloc(Math.max(needed, this.buf.length * 2));
      this.buf.copy(larger, 0, this.pos, this.end);
      this.buf = larger;
    } else {
      this.buf.copyWithin(0, this.pos, this.end);
    }
    chunk.copy(this.buf, rest);
    this.consumed += this.pos;
    this.pos = 0;
    this.end = rest + chunk.length;
    this.buf.fill(0, this.end, this.end + PADDING);
  }

  /** No more chunks: what is cut off now is an error. */
  finish(): void {
    this.isFinal = true;
  }

  /** Where the scanner stands, for messages. */
  readonly place = (): string => `part ${this.partName}, byte ${this.consumed + this.pos}`;

  corrupt(detail: string): XlsxError {
    return new XlsxError('XLSX_CORRUPT_XML', detail, this.place());
  }

  next(): Token {
    if (this.pendingEnd) {
      this.pendingEnd = false;
      return this.close();
    }
    for (;;) {
      if (this.pos >= this.end) return this.atWindowEnd();
      if (this.buf[this.pos] !== 0x3c) {
        const token = this.text();
        if (token !== undefined) return token;
        continue;
      }
      const second = this.buf[this.pos + 1];
      if (second === 0x2f) return this.endTag();
      if (second !== 0x21 && second !== 0x3f) return this.startTag();
      const token = this.markup(second);
      if (token !== undefined) return token;
    }
  }

  /** The value of an attribute without prefix, or undefined. Valid until the next token. */
  attribute(name: string): string | undefined {
    for (let i = 0; i < this.attributeCount; i++) {
      if (this.attributeNames[i].qualified === name) return this.attributeValue(i);
    }
    return undefined;
  }

  /** The value of an attribute in one of these namespaces, or undefined. */
  attributeIn(namespaces: ReadonlySet<string>, local: string): string | undefined {
    for (let i = 0; i < this.attributeCount; i++) {
      const { prefix, local: name } = this.attributeNames[i];
      if (prefix === '' || name !== local) continue;
      if (namespaces.has(this.namespaces.get(prefix) ?? '')) return this.attributeValue(i);
    }
    return undefined;
  }

  /** The text of a TEXT token. */
  textValue(): string {
    return decodeXmlText(this.buf, this.textStart, this.textEnd, this.isCdata, this.place);
  }

  /** Whether the TEXT token is the last of its element: plain text, and the end tag follows (in the window). */
  get isLastText(): boolean {
    return !this.isCdata && this.buf[this.textEnd] === 0x3c && this.buf[this.textEnd + 1] === 0x2f;
  }

  private attributeValue(index: number): string {
    return decodeXmlAttribute(
      this.buf,
      this.attributeRanges[index * 2],
      this.attributeRanges[index * 2 + 1],
      this.place,
    );
  }

  private atWindowEnd(): Token {
    if (!this.isFinal) return Token.MORE;
    if (this.openCount > 0) {
      throw this.corrupt(`the part ends inside <${this.open[this.openCount - 1].name.qualified.slice(0, 40)}>`);
    }
    if (!this.sawRoot) throw this.corrupt('the part holds no element');
    return Token.EOF;
  }

  /** A token that is not complete in the window: wait for more, unless there is none or the token is too long. */
  private incomplete(what: string, cap: number): Token {
    if (this.isFinal) throw this.corrupt(`the part ends inside ${what}`);
    if (this.end - this.pos > cap) {
      throw new XlsxError('XLSX_LIMIT_XML', `${what} of more than ${cap} bytes`, this.place());
    }
    return Token.MORE;
  }

  /** Longest raw text: each UTF-16 unit can be written as &#x10FFFF; or _x005F_, so it takes at most 16 bytes or so. */
  private get textCap(): number {
    return this.limits.stringLength * 16 + 1024;
  }

  private text(): Token | undefined {
    const { buf, pos, end } = this;
    let stop = buf.indexOf(0x3c, pos);
    if (stop < 0 || stop >= end) {
      if (!this.isFinal) {
        if (end - pos <= this.textCap) return Token.MORE;
        throw new XlsxError('XLSX_LIMIT_STRING', `a text of more than ${this.textCap} bytes`, this.place());
      }
      stop = end;
    }
    this.pos = stop;
    if (this.openCount === 0) {
      for (let at = pos; at < stop; at++) {
        const byte = buf[at];
        if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
          this.pos = at;
          throw this.corrupt('text outside the root element');
        }
      }
      return undefined;
    }
    this.textStart = pos;
    this.textEnd = stop;
    this.isCdata = false;
    return Token.TEXT;
  }

  /** Comments, processing instructions and CDATA; DTDs are refused. */
  private markup(second: number): Token | undefined {
    const { buf, pos, end } = this;
    if (second === 0x3f) {
      const stop = buf.indexOf('?>', pos + 2, 'latin1');
      if (stop < 0 || stop >= end) return this.incomplete('a processing instruction', this.limits.xmlTokenBytes);
      if (/^xml\s/.test(latin1(buf, pos + 2, pos + 6))) this.xmlDeclaration(latin1(buf, pos + 5, stop));
      this.pos = stop + 2;
      return undefined;
    }
    if (buf[pos + 2] === 0x2d && buf[pos + 3] === 0x2d) {
      const stop = buf.indexOf('-->', pos + 4, 'latin1');
      if (stop < 0 || stop >= end) return this.incomplete('a comment', this.limits.xmlTokenBytes);
      this.pos = stop + 3;
      return undefined;
    }
    if (end - pos < 9 && !this.isFinal) return Token.MORE;
    const word = latin1(buf, pos + 2, Math.min(end, pos + 9));
    if (word === '[CDATA[' && this.openCount > 0) {
      const stop = buf.indexOf(']]>', pos + 9, 'latin1');
      if (stop < 0 || stop >= end) return this.incomplete('a CDATA section', this.textCap);
      this.textStart = pos + 9;
      this.textEnd = stop;
      this.isCdata = true;
      this.pos = stop + 3;
      return Token.TEXT;
    }
    if (/^(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATIO|\[(INCLUD|IGNORE))/i.test(word)) {
      throw new XlsxError('XLSX_DTD_FORBIDDEN', `<!${word}`, this.place());
    }
    throw this.corrupt('a markup declaration that is none');
  }

  private xmlDeclaration(text: string): void {
    if (this.consumed + this.pos !== 0) throw this.corrupt('an XML declaration that is not at the beginning');
    const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
    const accepted = this.isRecoded() ? UTF_16_NAMES : UTF_8_NAMES;
    if (encoding !== undefined && !accepted.includes(encoding.toLowerCase())) {
      throw new XlsxError('XLSX_UNSUPPORTED_ENCODING', `encoding ${encoding.slice(0, 40)}`, this.place());
    }
  }

  /** Where the tag that begins at pos ends ('>'), quotes respected; -1 when it is not complete in the window. */
  private tagEnd(): number {
    const { buf, end } = this;
    for (let at = this.pos + 1; at < end; at++) {
      const byte = buf[at];
      if (byte === 0x3e) return at;
      if (byte === 0x22 || byte === 0x27) {
        do at++;
        while (at < end && buf[at] !== byte);
      } else if (byte === 0x3c) {
        throw this.corrupt("a '<' inside a tag");
      }
    }
    return -1;
  }

  private nameEnd(at: number): number {
    const { buf } = this;
    for (;;) {
      const byte = buf[at];
      // '/', '=', '>', quotes and everything up to the blank end a name; bytes above 0x7f are letters of some script.
      if (byte <= 0x20 || byte === 0x2f || byte === 0x3d || byte === 0x3e || byte === 0x22 || byte === 0x27) return at;
      at++;
    }
  }

  private skipBlanks(at: number): number {
    const { buf } = this;
    while (buf[at] === 0x20 || buf[at] === 0x0a || buf[at] === 0x0d || buf[at] === 0x09) at++;
    return at;
  }

  private endTag(): Token {
    const stop = this.tagEnd();
    if (stop < 0) return this.incomplete('a tag', this.limits.xmlTokenBytes);
    const nameEnd = this.nameEnd(this.pos + 2);
    const { qualified } = this.names.find(this.buf, this.pos + 2, nameEnd);
    const top = this.openCount === 0 ? undefined : this.open[this.openCount - 1];
    if (top === undefined || top.name.qualified !== qualified || this.skipBlanks(nameEnd) !== stop) {
      throw this.corrupt(`</${qualified.slice(0, 40)}> closes nothing`);
    }
    this.pos = stop + 1;
    return this.close();
  }

  private push(name: XmlName, isMain: boolean, outerNamespaces: ReadonlyMap<string, string> | undefined): void {
    if (this.openCount === this.open.length) {
      this.open.push({ name, isMain, outerNamespaces });
    } else {
      const element = this.open[this.openCount];
      element.name = name;
      element.isMain = isMain;
      element.outerNamespaces = outerNamespaces;
    }
    this.openCount++;
  }

  private close(): Token {
    const element = this.open[--this.openCount];
    this.local = element.name.local;
    this.isMain = element.isMain;
    this.attributeCount = 0;
    if (element.outerNamespaces !== undefined) this.namespaces = element.outerNamespaces;
    return Token.END;
  }

  private startTag(): Token {
    const stop = this.tagEnd();
    if (stop < 0) return this.incomplete('a tag', this.limits.xmlTokenBytes);
    const { buf } = this;
    if (this.openCount === 0 && this.sawRoot) throw this.corrupt('a second root element');
    if (this.openCount >= this.limits.xmlDepth) {
      throw new XlsxError(
        'XLSX_LIMIT_XML',
        `more than ${this.limits.xmlDepth} elements inside each other`,
        this.place(),
      );
    }
    const nameStart = this.pos + 1;
    const nameEnd = this.nameEnd(nameStart);
    if (!isNameStart(buf[nameStart])) throw this.corrupt('a tag without a name');
    const name = this.names.find(buf, nameStart, nameEnd);
    const tail = this.attributes(nameEnd, stop);
    const outerNamespaces = this.declareNamespaces();
    const namespace = this.namespaces.get(name.prefix);
    if (namespace === undefined) throw this.corrupt(`the prefix ${name.prefix.slice(0, 40)} is not declared`);
    this.mainNamespace ??= namespace;
    this.sawRoot = true;
    this.local = name.local;
    this.isMain = namespace === this.mainNamespace;
    this.push(name, this.isMain, outerNamespaces);
    this.pendingEnd = buf[tail] === 0x2f;
    this.pos = stop + 1;
    return Token.START;
  }

  /** Collects the attributes between the name and the end of the tag; returns where '/' or '>' stands. */
  private attributes(from: number, stop: number): number {
    const { buf, attributeNames, attributeRanges } = this;
    this.attributeCount = 0;
    let at = from;
    for (;;) {
      const start = this.skipBlanks(at);
      if (start === stop || (buf[start] === 0x2f && start + 1 === stop)) return start;
      if (start === at) throw this.corrupt('a damaged tag');
      const nameEnd = this.nameEnd(start);
      const equals = this.skipBlanks(nameEnd);
      const open = this.skipBlanks(equals + 1);
      const quote = buf[open];
      if (nameEnd === start || buf[equals] !== 0x3d || (quote !== 0x22 && quote !== 0x27)) {
        throw this.corrupt('a damaged attribute');
      }
      let close = open + 1;
      for (; buf[close] !== quote; close++) if (buf[close] === 0x3c) throw this.corrupt("a '<' inside an attribute");
      if (this.attributeCount >= this.limits.xmlAttributes) {
        throw new XlsxError('XLSX_LIMIT_XML', `more than ${this.limits.xmlAttributes} attributes`, this.place());
      }
      const name = this.names.find(buf, start, nameEnd);
      for (let i = 0; i < this.attributeCount; i++) {
        if (attributeNames[i].qualified !== name.qualified) continue;
        throw this.corrupt(`the attribute ${name.qualified.slice(0, 40)} stands twice`);
      }
      attributeNames[this.attributeCount] = name;
      attributeRanges[this.attributeCount * 2] = open + 1;
      attributeRanges[this.attributeCount * 2 + 1] = close;
      this.attributeCount++;
      at = close + 1;
    }
  }

  private declareNamespaces(): ReadonlyMap<string, string> | undefined {
    let outer: ReadonlyMap<string, string> | undefined;
    let inner: Map<string, string> | undefined;
    for (let i = 0; i < this.attributeCount; i++) {
      const name = this.attributeNames[i];
      if (!name.isDeclaration) continue;
      if (inner === undefined) {
        outer = this.namespaces;
        inner = new Map(outer);
      }
      inner.set(name.prefix === '' ? '' : name.local, this.attributeValue(i));
      // Each declaring element copies the map: without a cap, nesting would make the copies the attack.
      if (inner.size > this.limits.xmlAttributes) {
        throw new XlsxError('XLSX_LIMIT_XML', `more than ${this.limits.xmlAttributes} namespaces`, this.place());
      }
    }
    if (inner !== undefined) this.namespaces = inner;
    return outer;
  }
}
