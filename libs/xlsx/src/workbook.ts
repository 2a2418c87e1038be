import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { RowBatch } from './cell-types';
import { refuseOtherContainers } from './container-kind';
import { readCustomPropertyNames } from './custom-properties';
import { dateSerialRange } from './dates';
import type { SheetContext } from './fast-rows';
import { CellBudget, resolveLimits, type XlsxLimits } from './limits';
import { PackageParts } from './package-parts';
import { RowBuilder } from './row-builder';
import { readSharedStrings, SharedStrings, type SharedStringMemory } from './shared-strings';
import { SheetScanner } from './sheet-scanner';
import { missingDateStyles, readDateStyles } from './styles-part';
import { readWorkbookPart, type SheetState } from './workbook-part';
import { driveScanner, scanXmlPart } from './xml-part';
import { XlsxError } from './xlsx-error';
import { readZipDirectory, type ZipEntry } from './zip-directory';
import { readPart } from './zip-part';

const DEFAULT_BATCH_CELLS = 16_384;
/** Where a sheet holds no values for this many bytes, an empty batch is handed out, so that progress and stop work. */
const QUIET_BYTES = 16 * 2 ** 20;

export interface SheetInfo {
  /** position among the worksheets, from 0 */
  readonly index: number;
  readonly name: string;
  readonly state: SheetState;
  readonly uncompressedBytes: number;
  /** name of the part that holds it */
  readonly part: string;
}

export interface PartInfo {
  readonly name: string;
  readonly crc32: number;
  /** inflated */
  readonly bytes: number;
  readonly compressedBytes: number;
}

export interface OpenOptions {
  limits?: Partial<XlsxLimits>;
}

export interface ReadRowsOptions {
  batchCells?: number;
  /** Sees every inflated chunk of the sheet's part before it is scanned: to hash it without reading the part twice. */
  onInflated?: (chunk: Buffer) => void;
}

async function* watch(chunks: AsyncIterable<Buffer>, see: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}

/** What a second reader of the same file can take over instead of reading it again (see readSheetsInThreads). */
export interface SharedState {
  readonly budget: SharedArrayBuffer;
  readonly strings: SharedStringMemory;
}

interface Loaded {
  parts: PackageParts;
  date1904: boolean;
  dateStyles: Uint8Array;
  sheets: { info: SheetInfo; entry: ZipEntry }[];
  stringsEntry: ZipEntry | undefined;
}

/**
 * An .xlsx file opened for reading. open() reads the zip directory, relationships, workbook and styles; the sheets are
 * streamed by readRows(), side by side if wanted, and the shared strings are read when the first of them is.
 * Every refusal is an XlsxError.
 */
export class Workbook {
  readonly sheets: readonly SheetInfo[];
  readonly date1904: boolean;
  readonly parts: readonly PartInfo[];
  private strings: Promise<SharedStrings> | undefined;
  private budget: CellBudget;

  private constructor(
    private readonly file: FileHandle,
    private readonly limits: XlsxLimits,
    private readonly loaded: Loaded,
  ) {
    this.sheets = loaded.sheets.map(({ info }) => info);
    this.date1904 = loaded.date1904;
    this.parts = loaded.parts.entries.map(({ name, crc32, bytes, compressedBytes }) => ({
      name,
      crc32,
      bytes,
      compressedBytes,
    }));
    this.budget = CellBudget.forSheets(this.sheets.length, limits.cells);
  }

  static async open(path: string, options: OpenOptions = {}): Promise<Workbook> {
    const limits = resolveLimits(options.limits);
    const file = await openFile(path);
    try {
      return new Workbook(file, limits, await load(file, path, limits));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * The rows of a sheet as batches of about `batchCells` cells (whole rows; a batch also ends at 4 Mi characters).
   * Nothing is inflated beyond a window of about half a megabyte while the consumer is busy. Leaving the loop early
   * closes what was opened. A batch is valid until the next one is asked for.
   */
  async *readRows(sheetIndex: number, options: ReadRowsOptions = {}): AsyncGenerator<RowBatch> {
    const sheet = this.loaded.sheets.at(sheetIndex);
    if (sheet === undefined || sheetIndex < 0) throw new RangeError(`there is no sheet ${sheetIndex}`);
    const { info, entry } = sheet;
    this.budget.restart(info.index);
    const batchCells = Math.max(1, Math.floor(options.batchCells ?? DEFAULT_BATCH_CELLS));
    const rows = new RowBuilder(info.name, info.index, batchCells, this.limits);
    const context = await this.sheetContext();
    let scanner: SheetScanner | undefined;
    let quietFrom = 0;
    const source = this.loaded.parts.source(entry);
    const watched = options.onInflated ? { ...source, chunks: watch(source.chunks, options.onInflated) } : source;
    for await (const { scanner: xml, bytesRead } of driveScanner(watched, this.limits)) {
      scanner ??= new SheetScanner(xml, rows, context);
      while (scanner.scan() === 'full') {
        this.budget.add(info.index, rows.cells, info.name);
        yield rows.takeBatch(bytesRead);
        rows.clear();
        quietFrom = bytesRead;
      }
      if (bytesRead - quietFrom >= QUIET_BYTES && rows.rows === 0) {
        yield rows.takeBatch(bytesRead);
        quietFrom = bytesRead;
      }
    }
    this.budget.add(info.index, rows.cells, info.name);
    if (rows.rows > 0) yield rows.takeBatch(entry.bytes);
  }

  /**
   * SHA-256 (hex) of each inflated part by name, streaming. Checks sizes, checksums and the ratio on the way.
   *
   * @param wanted which parts; all of them when left out
   */
  async hashParts(wanted: (name: string) => boolean = () => true): Promise<Map<string, string>> {
    const hashes = new Map<string, string>();
    const entries = this.loaded.parts.entries.filter(({ name }) => wanted(name)).sort((a, b) => b.bytes - a.bytes);
    const hashNext = async (): Promise<void> => {
      for (let entry = entries.shift(); entry !== undefined; entry = entries.shift()) {
        const hash = createHash('sha256');
        for await (const chunk of this.loaded.parts.source(entry).chunks) hash.update(chunk);
        hashes.set(entry.name, hash.digest('hex'));
      }
    };
    const hashUntilOneFails = (): Promise<void> =>
      hashNext().catch((error: unknown) => {
        entries.length = 0;
        throw error;
      });
    // Inflating happens on threads of Node's own pool, so that two parts at a time take two cores.
    const ends = await Promise.allSettled([hashUntilOneFails(), hashUntilOneFails()]);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
    const inOrder = this.loaded.parts.entries.filter(({ name }) => hashes.has(name));
    return new Map(inOrder.map(({ name }) => [name, hashes.get(name) as string]));
  }

  /** The names of the document's own properties, which programs keep when they save a workbook anew. */
  async customPropertyNames(): Promise<Set<string>> {
    return readCustomPropertyNames(this.loaded.parts, this.limits);
  }

  /** The cell count and the shared strings, for readers of the same file in other threads. */
  async share(): Promise<SharedState> {
    return { budget: this.budget.memory, strings: (await this.sharedStrings()).memory };
  }

  /** Takes over what share() gave in another thread. Before the first readRows(). */
  adopt(state: SharedState): void {
    this.budget = new CellBudget(state.budget, this.limits.cells);
    this.strings = Promise.resolve(new SharedStrings(state.strings));
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private sharedStrings(): Promise<SharedStrings> {
    const { stringsEntry, parts } = this.loaded;
    this.strings ??=
      stringsEntry === undefined
        ? Promise.resolve(SharedStrings.EMPTY)
        : readSharedStrings(parts.source(stringsEntry), this.limits);
    return this.strings;
  }

  private async sheetContext(): Promise<SheetContext> {
    const { dateStyles, date1904 } = this.loaded;
    const strings = await this.sharedStrings();
    return { strings, dateStyles, date1904, ...dateSerialRange(date1904), textCap: this.limits.stringLength };
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new XlsxError('XLSX_NOT_FOUND', 'no such file', path);
    throw new XlsxError('XLSX_UNREADABLE', `the file cannot be opened (${code})`, path);
  }
}

async function load(file: FileHandle, path: string, limits: XlsxLimits): Promise<Loaded> {
  const stat = await file.stat();
  if (!stat.isFile()) throw new XlsxError('XLSX_UNREADABLE', 'not an ordinary file', path);
  if (stat.size === 0) throw new XlsxError('XLSX_EMPTY_FILE', 'the file is empty', path);
  await refuseOtherContainers(file, stat.size);
  if (stat.size > limits.fileBytes) {
    throw new XlsxError('XLSX_LIMIT_FILE_BYTES', `${stat.size} bytes, the cap is ${limits.fileBytes}`, path);
  }
  const entries = await readZipDirectory(file, stat.size, limits);
  const parts = new PackageParts(entries, (entry) => readPart(file, entry, limits), limits);
  const contentTypes = parts.find('[Content_Types].xml');
  // Relationships find everything, so the content types are only checked: no DTD hides in them.
  if (contentTypes !== undefined) await scanXmlPart(parts.source(contentTypes), limits, () => undefined);

  const workbookName = await parts.findWorkbook();
  const workbook = await readWorkbookPart(parts.source(parts.require(workbookName, 'part _rels/.rels')), limits);
  const relationships = await parts.relationshipsOf(workbookName);
  const place = `part ${workbookName}`;

  const stylesTarget = relationships.find(({ type }) => type === 'styles')?.target;
  const styles = stylesTarget === undefined ? undefined : parts.find(stylesTarget);
  const stringsTarget = relationships.find(({ type }) => type === 'sharedStrings')?.target;

  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
  const sheets: Loaded['sheets'] = [];
  for (const { name, state, relationshipId } of workbook.sheets) {
    const relationship = byId.get(relationshipId ?? '');
    if (relationship === undefined) {
      throw new XlsxError('XLSX_MISSING_PART', `the sheet ${name} names no part`, place);
    }
    if (relationship.type !== 'worksheet') continue;
    const entry = parts.require(relationship.target, `${place}, sheet ${name}`);
    sheets.push({
      info: { index: sheets.length, name, state, uncompressedBytes: entry.bytes, part: entry.name },
      entry,
    });
  }
  if (sheets.length === 0) throw new XlsxError('XLSX_NO_SHEETS', 'no worksheet', place);

  let dateStyles = stylesTarget === undefined ? new Uint8Array() : missingDateStyles();
  if (styles !== undefined) dateStyles = await readDateStyles(parts.source(styles), limits);
  return {
    parts,
    date1904: workbook.date1904,
    dateStyles,
    sheets,
    stringsEntry: stringsTarget === undefined ? undefined : parts.find(stringsTarget),
  };
}
