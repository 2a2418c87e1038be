import { MappingError } from './index';

describe('MappingError.from', () => {
  const told = { code: 'SHEET_MISSING', message: 'no Fases', place: 'Fases', remedy: 'export it' } as const;
  const original = new MappingError(told.code, told.message, told.place, told.remedy);

  it('gives an error of the class as it is', () => {
    expect(MappingError.from(original)).toBe(original);
  });

  it('knows one again that has lost its class between threads', () => {
    const crossed = Object.assign(new Error(told.message), { ...told, name: original.name });
    expect(crossed).not.toBeInstanceOf(MappingError);
    expect(MappingError.from(crossed)).toBeInstanceOf(MappingError);
    expect(MappingError.from(crossed)).toMatchObject({ ...told, name: 'MappingError' });
  });

  it.each([
    ['another error', new TypeError('no Fases')],
    ['what is no error', { ...told, name: 'MappingError' }],
    ['a text', 'MappingError'],
    ['nothing', undefined],
  ])('does not take %s for one', (_, error) => {
    expect(MappingError.from(error)).toBeUndefined();
  });
});
