import type { XlsxLimits } from './limits';
import { Utf8Normaliser } from './xml-encoding';
import { Token, XmlScanner } from './xml-scanner';

/** A part as its consumers see it: a name for messages, and its inflated bytes. */
export interface PartSource {
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Feeds a scanner with the part's chunks and lets `drain` take what is there after each; `drain` returns true when it
 * has seen the end. After the last chunk the scanner is told so, and `drain` is called once more.
 */
export async function* driveScanner(
  part: PartSource,
  limits: XlsxLimits,
): AsyncGenerator<{ scanner: XmlScanner; bytesRead: number }> {
  const normaliser = new Utf8Normaliser(`part ${part.name}`);
  const scanner = new XmlScanner(part.name, limits, () => normaliser.isUtf16);
  let bytesRead = 0;
  for await (const chunk of part.chunks) {
    bytesRead += chunk.length;
    const utf8 = normaliser.push(chunk);
    if (utf8.length === 0) continue;
    scanner.feed(utf8);
    yield { scanner, bytesRead };
  }
  scanner.feed(normaliser.end());
  scanner.finish();
  yield { scanner, bytesRead };
}

/** Reads a whole part token by token: START and END carry scanner.local, TEXT its text. For the small parts. */
export async function scanXmlPart(
  part: PartSource,
  limits: XlsxLimits,
  onToken: (token: Token, scanner: XmlScanner) => void,
): Promise<void> {
  for await (const { scanner } of driveScanner(part, limits)) {
    for (let token = scanner.next(); token !== Token.MORE && token !== Token.EOF; token = scanner.next()) {
      onToken(token, scanner);
    }
  }
}
