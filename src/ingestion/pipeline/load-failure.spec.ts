import { MappingError } from '@libs/workbook';
import { XlsxError } from '@libs/xlsx';
import { ProcessEndingError } from '../../common/process-ending';
import {
  DiskFullError,
  endOf,
  RunCancelledError,
  RunInterruptedError,
  WorkbookRefusedError,
} from '../ingestion.errors';
import { failureOf, remedyOf } from './load-failure';
import type { RunOrder } from './run-state';

const ORDER = { runId: 7, path: '/srv/data/raw/Folha.xlsx', workbookName: 'Folha.xlsx' } as RunOrder;
const GOING = new AbortController().signal;
const failure = (error: unknown, signal = GOING): Error => failureOf(error, ORDER, signal);

it.each([
  ['was cancelled', 'somebody asked', RunCancelledError, 'CANCELLED'],
  ['was interrupted where the process ends', new ProcessEndingError(), RunInterruptedError, 'INTERRUPTED'],
] as const)('says that a load %s, whatever came of it then', (_, reason, type, end) => {
  const found = failure(new Error('Connection terminated'), AbortSignal.abort(reason));
  expect(found).toBeInstanceOf(type);
  expect(endOf(found)).toBe(end);
});

it('refuses a workbook in the words of its reader, without showing a folder of the server', () => {
  const where = failure(
    new XlsxError('XLSX_TRUNCATED', 'It ends early', ORDER.path, 'Copy it again'),
  ) as WorkbookRefusedError;
  expect(where).toBeInstanceOf(WorkbookRefusedError);
  expect(where.message).toBe('Folha.xlsx was refused: It ends early.');
  const inside = failure(new XlsxError('XLSX_TRUNCATED', 'It ends early', `${ORDER.path}: B7`));
  expect(inside.message).toBe('Folha.xlsx was refused: It ends early (Folha.xlsx: B7).');
  expect(remedyOf(where)).toBe('Copy it again');
  expect((inside as WorkbookRefusedError).extras['place']).toBe('Folha.xlsx: B7');
  expect(inside.cause).toBeInstanceOf(XlsxError);
  expect(endOf(where)).toBe('FAILED');
});

it('refuses a workbook whose sheets or columns are not found, with what to do about it', () => {
  const found = failure(new MappingError('SHEET_MISSING', 'There is no sheet Fases.', 'Fases', 'Export all nine.'));
  expect(found).toBeInstanceOf(WorkbookRefusedError);
  expect(found.message).toBe('There is no sheet Fases.');
  expect(remedyOf(found)).toBe('Export all nine.');
  expect((found as WorkbookRefusedError).extras['place']).toBe('Fases');
  expect(found.cause).toBeInstanceOf(MappingError);
});

it('says whose disk is full', () => {
  const full = failure(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  expect(full).toBeInstanceOf(DiskFullError);
  expect(remedyOf(full)).toContain('DATA_DIR');
  expect(remedyOf(failure(Object.assign(new Error('could not extend'), { code: '53100' })))).toContain('the database');
});

it.each([
  ['ended its session', Object.assign(new Error('terminating connection'), { code: '57P01' })],
  ['broke off', new Error('Connection terminated unexpectedly')],
  ['is not there', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })],
])('says that a load was interrupted, to be run again, where the database %s', (_, error) => {
  const found = failure(error);
  expect(found).toBeInstanceOf(RunInterruptedError);
  expect(found.message).toBe('Load 7 lost the database; the published data are as before.');
  expect(found.cause).toBe(error);
  expect(remedyOf(found)).toBe('Run the load again.');
});

it('hands on any other error as it is, and makes one of what is none', () => {
  const error = new Error('a fault of ours');
  expect(failure(error)).toBe(error);
  expect(failure('words').message).toBe('words');
  expect(remedyOf(error)).toBeUndefined();
  expect(endOf(error)).toBe('FAILED');
});

it('asks for the load again where the process ended', () => {
  expect(remedyOf(RunInterruptedError.byEnding(7))).toBe('Run the load again.');
});
