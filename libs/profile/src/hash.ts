// Taken once: as global look-ups they cost most of the hashing where tests run modules in contexts of their own.
const { imul } = Math;
const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** Spreads every bit of a 32-bit integer over all others (MurmurHash3's finalizer); a bijection. */
function mix32(value: number): number {
  let h = imul(value ^ (value >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A signed 32-bit hash of a number; different seeds give unrelated hashes. That of -0 is that of 0. */
export function hashNumber(value: number, seed: number): number {
  const whole = value | 0;
  if (whole === value) return mix32(whole ^ seed);
  double[0] = value;
  return mix32(mix32(halves[0] ^ seed) ^ halves[1] ^ 0x9e3779b9);
}

/** A signed 32-bit hash of a text's UTF-16 units; different seeds give unrelated hashes. */
export function hashText(text: string, seed: number): number {
  let h = seed ^ imul(text.length, 0x27d4eb2f);
  for (let i = 0; i < text.length; i += 1) {
    h = imul(h ^ text.charCodeAt(i), 0x9e3779b1);
    h ^= h >>> 15;
  }
  return mix32(h);
}
