import { latin1 } from './byte-text';

/** A name of an element or attribute, taken apart. Equal names are mostly, but not always, the same object. */
export interface XmlName {
  readonly qualified: string;
  /** '' without colon */
  readonly prefix: string;
  readonly local: string;
  /** whether an attribute of this name declares a namespace (xmlns, xmlns:x) */
  readonly isDeclaration: boolean;
}

const SLOTS = 256;
const NO_BYTES = new Uint8Array();

/**
 * Names by their bytes: a part has a few dozen, millions of times, and making a string for each was half of the general
 * scanner's time. One slot per hash, the later name stays: bounded whatever names a part invents.
 */
export class XmlNames {
  private readonly bytes: Uint8Array[] = Array.from({ length: SLOTS }, () => NO_BYTES);
  private readonly names: XmlName[] = [];

  find(buf: Buffer, start: number, end: number): XmlName {
    const length = end - start;
    const slot = (length * 31 + buf[start] * 7 + buf[end - 1] * 13 + buf[(start + end) >> 1]) & (SLOTS - 1);
    const known = this.bytes[slot];
    if (known.length === length && length > 0) {
      let i = 0;
      while (i < length && known[i] === buf[start + i]) i++;
      if (i === length) return this.names[slot];
    }
    const name = takeApart(latin1(buf, start, end));
    this.bytes[slot] = Uint8Array.prototype.slice.call(buf, start, end);
    this.names[slot] = name;
    return name;
  }
}

function takeApart(qualified: string): XmlName {
  const colon = qualified.indexOf(':');
  const prefix = colon < 0 ? '' : qualified.slice(0, colon);
  const local = colon < 0 ? qualified : qualified.slice(colon + 1);
  return { qualified, prefix, local, isDeclaration: qualified === 'xmlns' || prefix === 'xmlns' };
}
