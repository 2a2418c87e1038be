import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseOtherContainers } from './container-kind';
import { XlsxError } from './xlsx-error';

const directory = mkdtempSync(join(tmpdir(), 'kind-spec-'));
const path = join(directory, 'file');
afterAll(() => rmSync(directory, { recursive: true }));

/** The refusal of a file of these bytes; undefined for a zip. */
async function refusalOf(bytes: Buffer): Promise<XlsxError | undefined> {
  writeFileSync(path, bytes);
  const file = await open(path, 'r');
  try {
    await refuseOtherContainers(file, bytes.length);
    return undefined;
  } catch (error) {
    if (error instanceof XlsxError) return error;
    throw error;
  } finally {
    await file.close();
  }
}
const codeOf = async (bytes: Buffer): Promise<string | undefined> => (await refusalOf(bytes))?.code;
const hex = (digits: string, length = 0): Buffer => Buffer.concat([Buffer.from(digits, 'hex'), Buffer.alloc(length)]);

describe('a zip', () => {
  it('begins with an entry, or ends at once', async () => {
    expect(await codeOf(hex('504b0304', 100))).toBeUndefined();
    expect(await codeOf(hex('504b0506', 100))).toBeUndefined();
    expect(await codeOf(hex('504b0304'))).toBeUndefined();
  });

  it.each(['504b', '504b03', '514b0304', '504c0304', '504b0404', '504b0305', '504b0306', '504b0504', '504b0708'])(
    'is none that begins with %s',
    async (digits) => {
      expect(await codeOf(hex(digits, 10))).toBe('XLSX_NOT_ZIP');
    },
  );
});

describe('an OLE2 container', () => {
  const OLE = 'd0cf11e0';
  const NAME = Buffer.from('EncryptedPackage', 'utf16le');
  /** A file of so many bytes with the name of the encrypted stream at this place. */
  const encrypted = (length: number, at: number): Buffer => {
    const bytes = hex(OLE, length - 4);
    NAME.copy(bytes, at);
    return bytes;
  };

  it('is a workbook of old, or an encrypted one', async () => {
    expect(await refusalOf(hex(OLE, 2000))).toMatchObject({ code: 'XLSX_LEGACY_XLS', place: 'byte 0' });
    expect(await refusalOf(encrypted(2000, 600))).toMatchObject({ code: 'XLSX_ENCRYPTED', place: 'byte 0' });
    expect(await codeOf(Buffer.concat([hex(OLE, 600), NAME.subarray(0, -1)]))).toBe('XLSX_LEGACY_XLS');
    for (const digits of ['d1cf11e0', 'd0ce11e0', 'd0cf10e0', 'd0cf11e1'])
      expect(await codeOf(hex(digits))).toBe('XLSX_NOT_ZIP');
  });

  it('names its streams within a megabyte of its beginning or end', async () => {
    const megabyte = 2 ** 20;
    const length = 3 * megabyte;
    expect(await codeOf(encrypted(length, megabyte - NAME.length))).toBe('XLSX_ENCRYPTED');
    expect(await codeOf(encrypted(length, 2 * megabyte))).toBe('XLSX_ENCRYPTED');
    expect(await codeOf(encrypted(length, length - NAME.length))).toBe('XLSX_ENCRYPTED');
    expect(await codeOf(encrypted(length, 1.5 * megabyte))).toBe('XLSX_LEGACY_XLS');
  });
});

describe('a workbook before containers', () => {
  it.each(['0900 0400', '0902 0400', '0904 0600', '0908 0800', '0908 1000'])('begins with %s', async (digits) => {
    expect(await codeOf(hex(digits.replace(' ', ''), 8))).toBe('XLSX_LEGACY_XLS');
  });

  it.each(['0800 0400', '0901 0400', '0903 0400', '0910 0400', '0900 0300', '0900 1100', '0900 0401'])(
    'does not begin with %s',
    async (digits) => {
      expect(await codeOf(hex(digits.replace(' ', ''), 8))).toBe('XLSX_NOT_ZIP');
    },
  );
});

describe('any other file', () => {
  const detailOf = async (bytes: Buffer): Promise<string> => {
    const refusal = await refusalOf(bytes);
    expect(refusal).toMatchObject({ code: 'XLSX_NOT_ZIP', place: 'byte 0' });
    return refusal?.detail ?? '';
  };

  const texts = (...of: string[]): Buffer[] => of.map((text) => Buffer.from(text));
  /** Files of one kind, and some that differ from it by a byte, of which nothing is known. */
  const KINDS: [string, Buffer[], Buffer[]][] = [
    ['PDF', texts('%PDF-1.7', '\r\n %pdf'), texts('%PDX', 'x%PDF')],
    ['RTF', texts('{\\rtf1\\ansi'), texts('{rtf1')],
    ['XML', texts('<?xml version', '<HTML>', '<!DOCTYPE html>', '<table>', '\t<Table'), texts('<tr>', '<?xnl')],
    ['gzip', [hex('1f8b08')], [hex('1f8c08'), hex('1e8b08')]],
    ['7z', [hex('377abcaf271c')], [hex('377abcae'), hex('377abdaf'), hex('377bbcaf'), hex('367abcaf')]],
    ['RAR', texts('Rar!\x1a'), texts('Rar?')],
    // the first 512 bytes are looked at
    [
      'zeros',
      [hex('', 1), Buffer.concat([hex('', 512), Buffer.from('x')])],
      [Buffer.concat([hex('', 511), Buffer.from('x')])],
    ],
  ];

  it.each(KINDS)('is called by its kind: %s', async (_, files, others) => {
    const unknown = await detailOf(Buffer.from('Of_Id;Of_DataCriacao'));
    const details: string[] = [];
    for (const bytes of files) details.push(await detailOf(bytes));
    expect(new Set(details).size).toBe(1);
    expect(details[0]).not.toBe(unknown);
    for (const bytes of others) details.push(await detailOf(bytes));
    expect(new Set(details)).toEqual(new Set([details[0], unknown]));
  });

  it('is called otherwise than those of another kind', async () => {
    const details = new Set<string>();
    for (const [, [bytes]] of KINDS) details.add(await detailOf(bytes));
    expect(details.size).toBe(KINDS.length);
  });
});
