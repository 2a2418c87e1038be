import { join, normalize } from 'node:path';
import fc from 'fast-check';
import { safeFileName } from './workbook-upload.interceptor';

describe('the name an uploaded file gets', () => {
  it.each([
    ['Folha_IA.xlsx', 'Folha_IA.xlsx'],
    ['Produção 2025 (2ª).xlsx', 'Produção 2025 (2ª).xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\Folha_IA.xlsx', 'Folha_IA.xlsx'],
    ['..', 'workbook.xlsx'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\r\nc.xlsx', 'a_b__c.xlsx'],
    // The controls beyond ASCII too.
    ['a\u0080b\u009f.xlsx', 'a_b_.xlsx'],
    ['', 'workbook.xlsx'],
  ])('%j becomes %j', (original, expected) => {
    expect(safeFileName(original)).toBe(expected);
  });

  it('stays one short file name inside its folder, whatever the client sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (original) => {
        const name = safeFileName(original);
        expect(normalize(join('uploads', name))).toBe(`uploads/${name}`);
        expect(name).not.toMatch(/^\.|[\\/]|\p{Cc}/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
    );
  });
});
