import type { XlsxLimits } from './limits';
import { readRelationships, relationshipsPartOf, type Relationship } from './relationships';
import type { PartSource } from './xml-part';
import { XlsxError } from './xlsx-error';
import type { ZipEntry } from './zip-directory';

/**
 * The parts of the package by name. Names are compared as OPC compares them: exactly where possible, else without case
 * (writers disagree on sharedStrings.xml and SharedStrings.xml), else with %20 and its like resolved.
 */
export class PackageParts {
  private readonly exact = new Map<string, ZipEntry>();
  private readonly folded = new Map<string, ZipEntry>();

  constructor(
    readonly entries: readonly ZipEntry[],
    private readonly open: (entry: ZipEntry) => AsyncIterable<Buffer>,
    private readonly limits: XlsxLimits,
  ) {
    for (const entry of entries) {
      this.exact.set(entry.name, entry);
      this.folded.set(entry.name.toLowerCase(), entry);
    }
  }

  find(name: string): ZipEntry | undefined {
    const entry = this.exact.get(name) ?? this.folded.get(name.toLowerCase());
    if (entry !== undefined || !name.includes('%')) return entry;
    try {
      const plain = decodeURIComponent(name);
      return this.exact.get(plain) ?? this.folded.get(plain.toLowerCase());
    } catch {
      return undefined;
    }
  }

  /** Throws XLSX_MISSING_PART. */
  require(name: string, namedBy: string): ZipEntry {
    const entry = this.find(name);
    if (entry !== undefined) return entry;
    throw new XlsxError('XLSX_MISSING_PART', `there is no part ${name.slice(0, 200)}`, namedBy);
  }

  source(entry: ZipEntry): PartSource {
    return { name: entry.name, chunks: this.open(entry) };
  }

  /** The relationships of a part ('' is the package); none when it has no relationships part. */
  async relationshipsOf(part: string): Promise<Relationship[]> {
    const entry = this.find(relationshipsPartOf(part));
    return entry === undefined ? [] : readRelationships(this.source(entry), part, this.limits);
  }

  /**
   * The name of the workbook part: what the package relationship says, else xl/workbook.xml where it stands by custom.
   * Throws XLSX_BINARY_WORKBOOK, XLSX_NOT_A_WORKBOOK, XLSX_MISSING_PART.
   */
  async findWorkbook(): Promise<string> {
    const named = (await this.relationshipsOf('')).find(({ type }) => type === 'officeDocument')?.target;
    const name = named ?? 'xl/workbook.xml';
    if (name.endsWith('.bin') || (named === undefined && this.find('xl/workbook.bin') !== undefined)) {
      throw new XlsxError('XLSX_BINARY_WORKBOOK', 'a binary workbook (.xlsb)', `part ${name}`);
    }
    if (named !== undefined) return this.require(named, 'part _rels/.rels').name;
    const entry = this.find(name);
    if (entry !== undefined) return entry.name;
    const isOfKind = this.entries.some((part) => part.name === '[Content_Types].xml' || part.name.startsWith('xl/'));
    throw new XlsxError(
      isOfKind ? 'XLSX_MISSING_PART' : 'XLSX_NOT_A_WORKBOOK',
      isOfKind ? 'there is no workbook part' : 'a zip archive that holds no workbook',
      'part _rels/.rels',
    );
  }
}
