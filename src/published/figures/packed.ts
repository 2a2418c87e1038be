/** An int4 as int4send writes it. Unlike readInt32BE it checks no bounds, which took long for the thousands of an answer. */
export function int32At(bytes: Buffer, place: number): number {
  return (bytes[place] << 24) | (bytes[place + 1] << 16) | (bytes[place + 2] << 8) | bytes[place + 3];
}

/** An int8 as int8send writes it, up to 2^53. */
export function int64At(bytes: Buffer, place: number): number {
  return int32At(bytes, place) * 2 ** 32 + (int32At(bytes, place + 4) >>> 0);
}
