import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What every key begins with: scanners of repositories and logs find it. */
export const KEY_MARK = 'prodplan_';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
/** 62^43 > 2^256. */
const SECRET_CHARACTERS = 43;
/** 62^6 > 2^32. */
const CHECK_CHARACTERS = 6;
const SHAPE = new RegExp(`^${KEY_MARK}[0-9A-Za-z]{${SECRET_CHARACTERS + CHECK_CHARACTERS}}$`);

/** A key as it is handed out, once, and what of it may be shown afterwards. */
export interface GeneratedKey {
  key: string;
  prefix: string;
  lastFour: string;
  hash: Buffer;
}

/**
 * A new key: the mark, 256 random bits and the CRC-32 of both, in letters and digits alone, because the frontend puts
 * the key into an address without encoding it.
 */
export function generateApiKey(random: (bytes: number) => Buffer = randomBytes): GeneratedKey {
  const secret = base62(BigInt(`0x${random(SECRET_BYTES).toString('hex')}`), SECRET_CHARACTERS);
  const key = withChecksum(KEY_MARK + secret);
  return { key, prefix: key.slice(0, KEY_MARK.length + 4), lastFour: key.slice(-4), hash: hashApiKey(key) };
}

/** Whether it can be a key at all: a typing mistake is told without asking the database. */
export function isWellFormed(key: string): boolean {
  return SHAPE.test(key) && withChecksum(key.slice(0, -CHECK_CHARACTERS)) === key;
}

/** What is stored of a key. SHA-256 without salt or stretching: nobody guesses 256 random bits. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}

function withChecksum(body: string): string {
  return body + base62(BigInt(crc32(body)), CHECK_CHARACTERS);
}

function base62(value: bigint, characters: number): string {
  let text = '';
  for (let rest = value; text.length < characters; rest /= 62n) text = ALPHABET[Number(rest % 62n)] + text;
  return text;
}
