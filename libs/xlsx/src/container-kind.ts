import type { FileHandle } from 'node:fs/promises';
import { latin1 } from './byte-text';
import { XlsxError } from './xlsx-error';

const startsWith = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);

/** What a file that is no zip says of itself in its first bytes, for the message. */
function nameOfKind(head: Buffer): string {
  const text = latin1(head, 0, 512).trimStart().toLowerCase();
  if (text.startsWith('%pdf')) return 'a PDF document';
  if (text.startsWith('{\\rtf')) return 'an RTF document';
  if (
    text.startsWith('<?xml') ||
    text.startsWith('<html') ||
    text.startsWith('<!doctype') ||
    text.startsWith('<table')
  ) {
    return 'an XML or HTML text';
  }
  if (startsWith(head, 0x1f, 0x8b)) return 'a gzip file';
  if (startsWith(head, 0x37, 0x7a, 0xbc, 0xaf)) return 'a 7z archive';
  if (text.startsWith('rar!')) return 'a RAR archive';
  if (head.every((byte) => byte === 0)) return 'a file of zero bytes, such as a copy that never finished';
  return 'not a zip archive, as every .xlsx is';
}

/** The raw BIFF streams of Excel 2 to 4, which had no container: a BOF record of a known version. */
function isRawBiff(head: Buffer): boolean {
  return (
    head[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(head[1]) && head[2] >= 4 && head[2] <= 16 && head[3] === 0
  );
}

/**
 * Refuses at once what is no zip: .xls and encrypted workbooks (both OLE2 containers: the encrypted one has a stream
 * named EncryptedPackage), and everything else that was renamed. Returns for a zip; the rest is the directory's to say.
 */
export async function refuseOtherContainers(file: FileHandle, fileBytes: number): Promise<void> {
  const head = Buffer.alloc(Math.min(fileBytes, 512));
  await file.read(head, 0, head.length, 0);
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06)) return;
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    if (await mentions(file, fileBytes, Buffer.from('EncryptedPackage', 'utf16le'))) {
      throw new XlsxError('XLSX_ENCRYPTED', 'the workbook is protected by a password', 'byte 0');
    }
    throw new XlsxError('XLSX_LEGACY_XLS', 'an Excel 97-2003 workbook', 'byte 0');
  }
  if (isRawBiff(head)) throw new XlsxError('XLSX_LEGACY_XLS', 'a workbook of Excel 4 or earlier', 'byte 0');
  throw new XlsxError('XLSX_NOT_ZIP', nameOfKind(head), 'byte 0');
}

/** Whether the first or last megabyte holds the bytes: an OLE2 directory lies at either end in all files seen. */
async function mentions(file: FileHandle, fileBytes: number, needle: Buffer): Promise<boolean> {
  const piece = Buffer.alloc(Math.min(fileBytes, 2 ** 20));
  for (const position of [0, fileBytes - piece.length]) {
    const { bytesRead } = await file.read(piece, 0, piece.length, position);
    if (piece.subarray(0, bytesRead).includes(needle)) return true;
  }
  return false;
}
