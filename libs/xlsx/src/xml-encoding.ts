import { TextDecoder } from 'node:util';
import { XlsxError } from './xlsx-error';

/**
 * Turns the chunks of a part into UTF-8 without byte order mark: UTF-8 passes through untouched, UTF-16 is recoded.
 * (XML 1.0 appendix F: a UTF-16 part begins with a mark, or with '<' and its zero byte.)
 */
export class Utf8Normaliser {
  private decoder: TextDecoder | undefined;
  private started = false;
  private held: Buffer = Buffer.alloc(0);

  constructor(private readonly place: string) {}

  get isUtf16(): boolean {
    return this.decoder !== undefined;
  }

  /** The UTF-8 bytes of one more chunk; may be empty while the first bytes are not enough to tell. */
  push(chunk: Buffer): Buffer {
    if (!this.started) {
      chunk = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
      if (chunk.length < 4) {
        this.held = chunk;
        return Buffer.alloc(0);
      }
      chunk = this.start(chunk);
    }
    return this.decoder === undefined ? chunk : this.recode(chunk, true);
  }

  /** What is left at the end of the part. */
  end(): Buffer {
    const rest = this.started ? Buffer.alloc(0) : this.start(this.held);
    return this.decoder === undefined ? rest : Buffer.concat([this.recode(rest, true), this.recode(undefined, false)]);
  }

  private start(head: Buffer): Buffer {
    this.started = true;
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return head.subarray(3);
    const isLittle = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0);
    const isBig = (head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c);
    if (isLittle || isBig) this.decoder = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true });
    return head;
  }

  private recode(chunk: Buffer | undefined, stream: boolean): Buffer {
    try {
      return Buffer.from(this.decoder?.decode(chunk, { stream }) ?? '', 'utf8');
    } catch {
      throw new XlsxError('XLSX_CORRUPT_XML', 'broken UTF-16', this.place);
    }
  }
}
