export type MappingErrorCode = 'SHEET_MISSING' | 'HEADER_MISSING' | 'HEADER_AMBIGUOUS' | 'MAPPING_FILE_INVALID';

/** The workbook, or the mapping file, is not of the kind this product reads; nothing of it has been loaded. */
export class MappingError extends Error {
  override readonly name = 'MappingError';

  /**
   * @param place the sheet, header or setting concerned
   * @param remedy what its owner can do about it
   */
  constructor(
    readonly code: MappingErrorCode,
    message: string,
    readonly place: string,
    readonly remedy: string,
  ) {
    super(message);
  }

  /**
   * The error as one of this class, also when it has crossed threads, which keeps name, message and fields and drops the
   * class; undefined where it is another.
   */
  static from(error: unknown): MappingError | undefined {
    if (error instanceof MappingError) return error;
    if (!(error instanceof Error) || error.name !== 'MappingError') return undefined;
    const { code, message, place, remedy } = error as MappingError;
    return new MappingError(code, message, place, remedy);
  }
}
