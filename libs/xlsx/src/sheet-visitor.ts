import type { RowBatch } from './cell-types';
import type { XlsxLimits } from './limits';
import type { SharedState } from './workbook';
import { XlsxError, type XlsxErrorCode } from './xlsx-error';

/** What a thread does with the rows of one sheet. */
export interface SheetVisitor<R> {
  /** The batch is valid until the returned promise settles. */
  batch(batch: RowBatch): void | Promise<void>;
  /**
   * After the last batch. The result is sent to the caller by structured clone.
   *
   * @param read the SHA-256 of the sheet's inflated part, as hashParts() gives it
   */
  end(read: { readonly partSha256: string }): R | Promise<R>;
  /** Instead of end(), when this sheet or another failed or the caller aborted: release what is held. */
  abort?(error: unknown): void | Promise<void>;
}

export interface VisitorContext<P> {
  readonly path: string;
  readonly sheet: { readonly index: number; readonly name: string; readonly uncompressedBytes: number };
  readonly date1904: boolean;
  readonly params: P;
  /** aborted as soon as the reading is to stop: for a batch() that waits for something slow */
  readonly signal: AbortSignal;
  readonly report: (progress: unknown) => void;
}

/** What the visitor module exports under this name. */
export type CreateVisitor<P, R> = (context: VisitorContext<P>) => SheetVisitor<R> | Promise<SheetVisitor<R>>;

/** What a thread is started with. */
export interface ThreadData {
  readonly path: string;
  readonly limits: Partial<XlsxLimits>;
  readonly visitorModule: string;
  readonly shared: SharedState;
}

export type ToThread = { type: 'read'; sheetIndex: number; params: unknown } | { type: 'stop' };

export type FromThread =
  | { type: 'ready' }
  | { type: 'report'; sheetIndex: number; progress: unknown }
  | { type: 'result'; sheetIndex: number; result: unknown }
  | { type: 'error'; error: PortableError };

/** An error as plain data: structured clone would drop the class and all of its own fields. */
export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly xlsx: { code: XlsxErrorCode; detail: string; place: string; remedy: string } | undefined;
  readonly fields: Record<string, string | number | boolean>;
}

/** An error as it goes from one thread to another: with its code, place and remedy, and its plain fields. */
export function packError(error: unknown): PortableError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined, xlsx: undefined, fields: {} };
  }
  const { name, message, stack } = error;
  if (error instanceof XlsxError) {
    const { code, detail, place, remedy } = error;
    return { name, message, stack, xlsx: { code, detail, place, remedy }, fields: {} };
  }
  const fields: PortableError['fields'] = {};
  for (const [key, value] of Object.entries(error) as [string, unknown][]) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') fields[key] = value;
  }
  return { name, message, stack, xlsx: undefined, fields };
}

/** An XlsxError comes out as one; of other errors name, message, stack and plain fields (code, errno) are kept. */
export function unpackError(packed: PortableError): Error {
  const { xlsx } = packed;
  const error =
    xlsx === undefined
      ? Object.assign(new Error(packed.message), packed.fields, { name: packed.name })
      : new XlsxError(xlsx.code, xlsx.detail, xlsx.place, xlsx.remedy);
  if (packed.stack !== undefined) error.stack = packed.stack;
  return error;
}
