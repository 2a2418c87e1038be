import { MappingError } from '@libs/workbook';
import { XlsxError } from '@libs/xlsx';
import { IngestionBusyError, RunCancelledError, WorkbookRefusedError } from '../ingestion/ingestion.errors';
import { CliError, describeFailure } from './cli-error';
import { EXIT } from './exit-codes';

describe('a failure on the command line', () => {
  it('names the code, the place and the remedy in one message', () => {
    const error = new WorkbookRefusedError('XLSX_TRUNCATED', 'The file ends early.', 'Copy it again.', {
      place: 'byte 17',
    });
    expect(describeFailure(error)).toEqual({
      text: 'XLSX_TRUNCATED (byte 17): The file ends early.\nCopy it again.\n',
      exitCode: EXIT.FAILED,
    });
  });

  it('reads errors of the engines the same way', () => {
    const error = new MappingError('SHEET_MISSING', 'There is no sheet Fases.', 'Fases', 'Add it.');
    expect(describeFailure(error).text).toBe('SHEET_MISSING: There is no sheet Fases.\nAdd it.\n');
  });

  it('says nothing twice when the message already has the code and the place', () => {
    const error = new XlsxError('XLSX_EMPTY_FILE', 'the file is empty', 'a.xlsx', 'Export it again.');
    expect(error.message).toBe('XLSX_EMPTY_FILE: the file is empty (a.xlsx)');
    expect(describeFailure(error).text).toBe('XLSX_EMPTY_FILE: the file is empty (a.xlsx)\nExport it again.\n');
  });

  it('shows no stack and no code of the runtime', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: '28P01' });
    expect(describeFailure(error).text).toBe('connect ECONNREFUSED 127.0.0.1:5432\n');
  });

  it('says something where the runtime leaves the message empty', () => {
    expect(describeFailure(new AggregateError([new Error('connect ECONNREFUSED ::1:5432')])).text).toBe(
      'connect ECONNREFUSED ::1:5432\n',
    );
  });

  it.each([
    ['another load is going', new IngestionBusyError(7), EXIT.BUSY],
    ['the load was stopped', new RunCancelledError(7), EXIT.INTERRUPTED],
    ['an option names no sheet', new CliError('UNKNOWN_SHEET', 'No sheet is called X.'), EXIT.USAGE],
    ['anything else', new Error('x'), EXIT.FAILED],
  ])('has its exit code when %s', (_name, error, exitCode) => {
    expect(describeFailure(error).exitCode).toBe(exitCode);
  });
});
