import { isUtf8 } from 'node:buffer';
import { latin1, utf8 } from './byte-text';
import type { XlsxLimits } from './limits';
import { RichText } from './rich-text';
import { driveScanner, type PartSource } from './xml-part';
import { Token, type XmlScanner } from './xml-scanner';
import { XlsxError } from './xlsx-error';

/** What threads hand each other: the table as bytes, and where each string begins (count + 1 offsets). */
export interface SharedStringMemory {
  readonly bytes: SharedArrayBuffer;
  readonly offsets: SharedArrayBuffer;
  readonly count: number;
}

/** Strings up to this index are kept decoded, as long as they take no more than this many UTF-16 units together. */
const CACHED_STRINGS = 1 << 20;
const CACHED_UNITS = 8 * 2 ** 20;

/**
 * The shared string table. It lies in memory once, as UTF-8 shared by all threads: as JavaScript strings a large table
 * would take two to four times as much, in every thread. What is asked for is decoded, and kept while it is little.
 */
export class SharedStrings {
  static readonly EMPTY = new SharedStrings({
    bytes: new SharedArrayBuffer(0),
    offsets: new SharedArrayBuffer(4),
    count: 0,
  });

  /** decoded strings by index; read by the scanner's fast path before it calls get() */
  readonly decoded: (string | undefined)[] = [];
  private decodedUnits = 0;
  private readonly bytes: Buffer;
  private readonly offsets: Uint32Array;

  constructor(readonly memory: SharedStringMemory) {
    this.bytes = Buffer.from(memory.bytes);
    this.offsets = new Uint32Array(memory.offsets);
  }

  get count(): number {
    return this.memory.count;
  }

  /** The string of this index; undefined where there is none. Throws XLSX_CORRUPT_XML on broken UTF-8. */
  get(index: number): string | undefined {
    if (!(index < this.count)) return undefined;
    const start = this.offsets[index];
    const end = this.offsets[index + 1];
    const text = utf8(this.bytes, start, end);
    if (text.includes('\ufffd') && !isUtf8(Buffer.from(this.bytes.subarray(start, end)))) {
      throw new XlsxError('XLSX_CORRUPT_XML', 'broken UTF-8', `shared string ${index}`);
    }
    if (index < CACHED_STRINGS && this.decodedUnits + text.length <= CACHED_UNITS) {
      while (this.decoded.length < index) this.decoded.push(undefined);
      this.decoded[index] = text;
      this.decodedUnits += text.length;
    }
    return text;
  }
}

/** Grows the table by doubling, up to the cap. */
class SharedStringsBuilder {
  private bytes = Buffer.from(new SharedArrayBuffer(64 * 1024));
  private used = 0;
  private offsets = new Uint32Array(new SharedArrayBuffer(16 * 1024));
  private count = 0;

  constructor(private readonly cap: number) {}

  addText(text: string, place: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.addBytes(bytes, 0, bytes.length, place);
  }

  addBytes(source: Buffer, start: number, end: number, place: string): void {
    this.reserve(end - start, place);
    source.copy(this.bytes, this.used, start, end);
    this.used += end - start;
    this.offsets[++this.count] = this.used;
  }

  build(): SharedStrings {
    return new SharedStrings({
      bytes: this.bytes.buffer,
      offsets: this.offsets.buffer,
      count: this.count,
    });
  }

  private reserve(more: number, place: string): void {
    if (this.used + more + (this.count + 2) * 4 > this.cap) {
      throw new XlsxError('XLSX_LIMIT_SHARED_STRINGS', `shared strings of more than ${this.cap} bytes`, place);
    }
    if (this.used + more > this.bytes.length) {
      const larger = Buffer.from(new SharedArrayBuffer(Math.max(this.used + more, this.bytes.length * 2)));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    if (this.count + 2 > this.offsets.length) {
      const larger = new Uint32Array(new SharedArrayBuffer(this.offsets.length * 8));
      larger.set(this.offsets);
      this.offsets = larger;
    }
  }
}

/**
 * Collects the strings of the part: the text of <t>, or of all runs <r><t>; phonetic runs <rPh> are left out.
 * Depths: sst 1, si 2, t 3, or r 3 and t 4.
 */
class SharedStringsScanner {
  private readonly item: RichText;
  private isRun = false;
  private isText = false;
  private skipDepth = 0;

  constructor(
    private readonly xml: XmlScanner,
    private readonly table: SharedStringsBuilder,
    private readonly limits: XlsxLimits,
  ) {
    this.item = new RichText(limits.stringLength, () => xml.place());
  }

  drain(): void {
    const { xml } = this;
    for (;;) {
      if (xml.depth === 1 && xml.isDefaultMain) this.plainStrings();
      const token = xml.next();
      if (token === Token.MORE || token === Token.EOF) return;
      if (token === Token.START) this.start();
      else if (token === Token.END) this.end();
      else if (this.isText && this.skipDepth === 0) this.item.append(xml.textValue());
    }
  }

  /** <si><t>…</t></si> without references, escapes or control characters: its bytes are the string. */
  private plainStrings(): void {
    const { xml } = this;
    const { buf } = xml;
    for (;;) {
      const start = xml.pos + 7;
      if (start > xml.end || latin1(buf, xml.pos, start) !== '<si><t>') return;
      let at = start;
      for (; ; at++) {
        const byte = buf[at];
        if (byte < 0x20 || byte === 0x26 || byte === 0x3c || (byte === 0x5f && buf[at + 1] === 0x78)) break;
        // U+FFC0 to U+FFFF, of which XML does not have the last two
        if (byte === 0xef && buf[at + 1] === 0xbf) break;
      }
      if (at - start > this.limits.stringLength || latin1(buf, at, at + 9) !== '</t></si>') return;
      this.table.addBytes(buf, start, at, `part ${xml.partName}`);
      xml.pos = at + 9;
    }
  }

  private start(): void {
    const { depth, local, isMain } = this.xml;
    if (this.skipDepth > 0) return;
    if (depth === 2 && isMain && local === 'si') this.item.begin();
    else if (depth === 3 && isMain && local === 'r') this.isRun = true;
    else if (depth === (this.isRun ? 4 : 3) && isMain && local === 't') this.isText = true;
    else if (depth > 1) this.skipDepth = depth;
  }

  private end(): void {
    const { xml } = this;
    const depth = xml.depth + 1;
    if (this.skipDepth > 0) {
      if (depth === this.skipDepth) this.skipDepth = 0;
      return;
    }
    if (this.isText) {
      this.isText = false;
      this.item.endText();
    } else if (depth === 3) {
      this.isRun = false;
    } else if (depth === 2) {
      this.table.addText(this.item.value, `part ${xml.partName}`);
    }
  }
}

/** Reads the whole table. Throws XLSX_LIMIT_SHARED_STRINGS and XLSX_LIMIT_STRING at the caps. */
export async function readSharedStrings(part: PartSource, limits: XlsxLimits): Promise<SharedStrings> {
  const table = new SharedStringsBuilder(limits.sharedStringBytes);
  let strings: SharedStringsScanner | undefined;
  for await (const { scanner } of driveScanner(part, limits)) {
    strings ??= new SharedStringsScanner(scanner, table, limits);
    strings.drain();
  }
  return table.build();
}
