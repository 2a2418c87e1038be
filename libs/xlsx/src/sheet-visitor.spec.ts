import { packError, unpackError } from './sheet-visitor';
import { XlsxError } from './xlsx-error';

/** As structured clone makes it: plain data alone. */
const throughThread = (error: unknown): Error => unpackError(structuredClone(packError(error)));

describe('an error that goes from one thread to another', () => {
  it('stays an XlsxError with code, place and remedy', () => {
    const error = new XlsxError('XLSX_CORRUPT_XML', 'a detail', 'sheet A, cell B2', 'try again');
    const arrived = throughThread(error);
    expect(arrived).toBeInstanceOf(XlsxError);
    const { code, detail, place, remedy, message, name, stack } = error;
    expect(arrived).toMatchObject({ code, detail, place, remedy, message, name, stack });
    expect(packError(error).fields).toEqual({});
  });

  it('keeps the name, the message, the stack and the plain fields of another', () => {
    const fields = { code: 'ENOENT', errno: -2, isFinal: true };
    const error = Object.assign(new TypeError('why'), fields, { cause: new Error('x'), list: [1], nothing: null });
    const arrived = throughThread(error);
    expect(arrived).toMatchObject({ name: 'TypeError', message: 'why', stack: error.stack, ...fields });
    expect(arrived).not.toBeInstanceOf(XlsxError);
    for (const field of ['cause', 'list', 'nothing']) expect(arrived).not.toHaveProperty(field);
    expect(packError(error).xlsx).toBeUndefined();
  });

  it('is made of what was thrown and is no error', () => {
    expect(packError('why')).toEqual({ name: 'Error', message: 'why', stack: undefined, xlsx: undefined, fields: {} });
    const arrived = throughThread(7);
    expect(arrived).toBeInstanceOf(Error);
    expect(arrived).toMatchObject({ name: 'Error', message: '7' });
    expect(arrived.stack).toEqual(expect.any(String));
  });
});
