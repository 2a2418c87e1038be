/** bytes[start, end) as text, one character per byte: for what is ASCII or only compared. */
export const latin1 = (bytes: Buffer, start: number, end: number): string => bytes.toString('latin1', start, end);

/** bytes[start, end) as UTF-8; broken sequences become U+FFFD, as do real ones. */
export const utf8 = (bytes: Buffer, start: number, end: number): string => bytes.toString('utf8', start, end);
