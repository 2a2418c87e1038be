import type { Writable } from 'node:stream';
import { EXCEL_MAX_SHEET_NAME } from './cell';
import { SharedStrings } from './shared-strings';
import { SheetWriter } from './sheet-writer';
import {
  contentTypesXml,
  packageRelationshipsXml,
  sheetPartName,
  stylesXml,
  workbookRelationshipsXml,
  workbookXml,
  type ExtraPart,
} from './workbook-parts';
import { XlsxWriteError } from './xlsx-write-error';
import { ZipStream } from './zip-stream';

export interface XlsxWriterOptions {
  /** The 1904 date system; default the 1900 one. */
  date1904?: boolean;
  /** Where texts stand: in the shared table (default) or each in its own cell. */
  strings?: 'shared' | 'inline';
  /** Bounds of the shared table; texts beyond them stand in their cells. Defaults 200,000 texts and 16 million characters. */
  maxSharedStrings?: number;
  maxSharedChars?: number;
  /** zlib level 0 (stored, fast) to 9; default 6. */
  level?: number;
  /** Number format of date cells; default `yyyy-mm-dd hh:mm:ss`. */
  dateFormat?: string;
  /** Zip64 records even where the archive is small. */
  forceZip64?: boolean;
}

/**
 * A workbook written in one pass to any stream: sheets one after another, rows as they come, memory bounded whatever the size. The same calls
 * give the same bytes: nothing is dated, named or numbered by the machine. (The compressed bytes also depend on the zlib inside Node; the
 * inflated parts do not.)
 */
export class XlsxWriter {
  private readonly zip: ZipStream;
  private readonly names: string[] = [];
  private readonly extra: ExtraPart[] = [];
  private readonly shared: SharedStrings;
  private readonly date1904: boolean;
  private readonly strings: 'shared' | 'inline';
  private readonly dateFormat: string;
  private sheet: SheetWriter | undefined;
  private done = false;

  constructor(out: Writable, options: XlsxWriterOptions = {}) {
    this.zip = new ZipStream(out, options.level ?? 6, options.forceZip64 ?? false);
    this.shared = new SharedStrings(options.maxSharedStrings ?? 200_000, options.maxSharedChars ?? 16_000_000);
    this.date1904 = options.date1904 ?? false;
    this.strings = options.strings ?? 'shared';
    this.dateFormat = options.dateFormat ?? 'yyyy\\-mm\\-dd\\ hh:mm:ss';
  }

  /** Closes the sheet before it and begins one. Throws XLSX_WRITE_SHEET_NAME where Excel would refuse the name. */
  async addSheet(name: string): Promise<SheetWriter> {
    this.checkOpen(name);
    this.checkSheetName(name);
    await this.closeSheet();
    await this.zip.startEntry(sheetPartName(this.names.length));
    this.names.push(name);
    this.sheet = new SheetWriter(name, this.zip, {
      date1904: this.date1904,
      sharedStrings: this.strings === 'shared' ? this.shared : undefined,
    });
    return this.sheet;
  }

  /** A part beside the workbook's own (document properties, a marker), related to the package and declared in its content types. */
  addPart(part: ExtraPart): void {
    this.checkOpen(part.name);
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(part.name) || this.extra.some((other) => other.name === part.name)) {
      throw new XlsxWriteError('XLSX_WRITE_PART_NAME', 'a part has a relative path of its own', part.name);
    }
    this.extra.push(part);
  }

  /** Writes what remains, ends the stream and waits for it. A workbook without sheets is refused, as Excel would. */
  async finish(): Promise<void> {
    this.checkOpen('workbook');
    if (this.names.length === 0)
      throw new XlsxWriteError('XLSX_WRITE_ORDER', 'a workbook has at least one sheet', 'workbook');
    await this.closeSheet();
    this.done = true;
    await this.writeText('xl/sharedStrings.xml', this.shared.xml());
    await this.writeText('xl/styles.xml', [stylesXml(this.dateFormat)]);
    await this.writeText('xl/workbook.xml', [workbookXml(this.names, this.date1904)]);
    await this.writeText('xl/_rels/workbook.xml.rels', [workbookRelationshipsXml(this.names.length)]);
    for (const part of this.extra) await this.writeText(part.name, [part.xml]);
    await this.writeText('_rels/.rels', [packageRelationshipsXml(this.extra)]);
    await this.writeText('[Content_Types].xml', [contentTypesXml(this.names.length, this.extra)]);
    await this.zip.finish();
  }

  /** Gives up: frees zlib's memory and destroys the stream, whose half-written content is of no use. */
  destroy(error: Error): void {
    this.done = true;
    this.zip.destroy(error);
  }

  private async closeSheet(): Promise<void> {
    const sheet = this.sheet;
    this.sheet = undefined;
    await sheet?.close();
  }

  private async writeText(name: string, pieces: Iterable<string>): Promise<void> {
    await this.zip.startEntry(name);
    let pending = '';
    for (const piece of pieces) {
      pending += piece;
      if (pending.length < 1 << 16) continue;
      await this.zip.write(Buffer.from(pending, 'utf8'));
      pending = '';
    }
    await this.zip.write(Buffer.from(pending, 'utf8'));
    await this.zip.endEntry();
  }

  private checkOpen(place: string): void {
    if (this.done) throw new XlsxWriteError('XLSX_WRITE_ORDER', 'the workbook is finished', place);
  }

  private checkSheetName(name: string): void {
    const legal =
      name.length > 0 && name.length <= EXCEL_MAX_SHEET_NAME && !/[[\]:*?/\\\u0000-\u001f]|^'|'$/.test(name);
    if (!legal) {
      throw new XlsxWriteError('XLSX_WRITE_SHEET_NAME', 'a name has 1 to 31 characters, none of [ ] : * ? / \\', name);
    }
    // Excel compares names without case.
    if (this.names.some((other) => other.toLowerCase() === name.toLowerCase())) {
      throw new XlsxWriteError('XLSX_WRITE_SHEET_NAME', 'two sheets may not have one name', name);
    }
  }
}
