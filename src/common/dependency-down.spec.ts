import { fullDisk, isDatabaseInMotion, isDatabaseUnreachable, isStalePlan } from './dependency-down';

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more });

describe('an unreachable database', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a reset connection', coded('ECONNRESET')],
    ['a socket that is not there', coded('ENOENT', { syscall: 'connect' })],
    ['a shutdown by the administrator', coded('57P01')],
    ['a server that is starting', coded('57P03')],
    ['a connection failure of SQL', coded('08006')],
    ['too many connections', coded('53300')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a connection that has gone silent', new Error('Query read timeout')],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
    ['a host with two addresses', Object.assign(new AggregateError([new Error()]), { code: 'ECONNREFUSED' })],
    ["TypeORM's wrapping of it", Object.assign(new Error('q'), { driverError: coded('57P01') })],
    ['an error caused by it', new Error('q', { cause: coded('ECONNREFUSED') })],
  ])('is recognised by %s', (_name, error) => {
    expect(isDatabaseUnreachable(error)).toBe(true);
  });

  it.each([
    ['a unique violation', coded('23505')],
    ['a syntax error', coded('42601')],
    ['a missing file', coded('ENOENT', { syscall: 'open' })],
    ['a cancelled statement', coded('57014')],
    ['any other error', new Error('Connection is a word')],
    ['no error at all', undefined],
    ['text', 'ECONNREFUSED'],
  ])('is not %s', (_name, error) => {
    expect(isDatabaseUnreachable(error)).toBe(false);
  });
});

describe('a database that is being changed', () => {
  it.each([
    ['a table that is not there', coded('42P01')],
    ['a column that is not there', coded('42703')],
    ['a deadlock', coded('40P01')],
    ['what TypeORM made of it', Object.assign(new Error('q'), { driverError: coded('42P01') })],
    ['a plan made before', Object.assign(new Error('cached plan must not change result type'), { code: '0A000' })],
  ])('is recognised by %s', (_name, error) => {
    expect(isDatabaseInMotion(error)).toBe(true);
  });

  it.each([
    ['a unique violation', coded('23505')],
    ['what the server cannot do', coded('0A000')],
    ['no error at all', undefined],
  ])('is not %s', (_name, error) => {
    expect([isDatabaseInMotion(error), isStalePlan(error)]).toEqual([false, false]);
  });
});

describe('a full disk', () => {
  it.each([
    ['files', coded('ENOSPC')],
    ['files', coded('EDQUOT')],
    ['database', coded('53100')],
    ['database', new Error('q', { cause: coded('53100') })],
    [undefined, coded('53200')],
    [undefined, 'ENOSPC'],
  ])('is that of: %s', (disk, error) => {
    expect(fullDisk(error)).toBe(disk);
  });
});
