import { createHash } from 'node:crypto';
import type { Matrix } from './matrix';

/** A hash of what a model learns from: the same for the same rows in the same order. */
export function datasetHash(features: readonly string[], data: Matrix, targets: Float64Array): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(features));
  hash.update(bytesOf(data.values));
  hash.update(bytesOf(targets));
  return hash.digest('hex');
}

/** A short hash of the features that a model reads: of another schema it could not read a row. */
export function schemaHash(features: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(features)).digest('hex').slice(0, 12);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
