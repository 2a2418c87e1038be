/** The part of its surface that the benchmark uses; the package brings no types. */
declare module 'xlsx-stream-reader' {
  import type { Writable } from 'node:stream';

  namespace XlsxStreamReader {
    interface Row {
      /** by column, from 1; sparse */
      values: unknown[];
    }

    interface SheetReader {
      on(event: 'row', listener: (row: Row) => void): this;
      on(event: 'end', listener: () => void): this;
      on(event: 'error', listener: (error: Error) => void): this;
      process(): void;
    }
  }

  interface XlsxStreamReader extends Writable {
    on(event: 'worksheet', listener: (sheet: XlsxStreamReader.SheetReader) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  const XlsxStreamReader: new (options?: { formatting?: boolean; verbose?: boolean }) => XlsxStreamReader;
  export = XlsxStreamReader;
}
