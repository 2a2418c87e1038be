import type { WriteStream } from 'node:fs';

/**
 * Resolves once a stream is closed, whatever became of it. A file stream that was given up may still be about to open its
 * file, which empties it: before that is over the file can neither be removed nor written anew.
 */
export function whenClosed(file: WriteStream): Promise<void> {
  return file.closed ? Promise.resolve() : new Promise((closed) => file.once('close', () => closed()));
}
