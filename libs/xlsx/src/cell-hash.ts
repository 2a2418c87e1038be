import { createHash } from 'node:crypto';
import { CellType, type RowBatch } from './cell-types';
import { serialToWallSeconds } from './dates';

/**
 * The hash of a sheet's cells: where they stand, their types, values and texts, and the date system. Two sheets have the
 * same one when a reader cannot tell them apart, whoever wrote them: neither the XML nor the order of the shared strings
 * is part of it, nor the noise of a date's serial number, which counts to the second. Batches end where their rows say, so how they are cut follows from the cells too.
 */
export class CellHash {
  private readonly hash = createHash('sha256');
  private textLengths = new Uint32Array(0);
  private numbers = new Float64Array(0);

  constructor(private readonly date1904: boolean) {
    this.hash.update(date1904 ? '1904' : '1900');
  }

  update(batch: RowBatch): void {
    const { rowCount, rowNumber, cellStart, cellColumn, cellType, cellNumber, cellText } = batch;
    const cells = cellStart[rowCount];
    if (this.numbers.length < cells) {
      this.numbers = new Float64Array(cells);
      this.textLengths = new Uint32Array(cells);
    }
    const texts: string[] = [];
    for (let i = 0; i < cells; i += 1) {
      const number = cellNumber[i];
      this.numbers[i] = cellType[i] === CellType.DATE ? serialToWallSeconds(number, this.date1904) : number;
      const text = cellText[i];
      if (text === undefined) continue;
      this.textLengths[texts.length] = text.length;
      texts.push(text);
    }
    for (const [array, length] of [
      [rowNumber, rowCount],
      [cellStart, rowCount + 1],
      [cellColumn, cells],
      [cellType, cells],
      [this.numbers, cells],
    ] as const) {
      this.hash.update(new Uint8Array(array.buffer, array.byteOffset, length * array.BYTES_PER_ELEMENT));
    }
    if (texts.length === 0) return;
    // Lengths, so that 'ab' and 'c' are not 'a' and 'bc'; UTF-16, so that half a surrogate pair is not any other half.
    this.hash.update(new Uint8Array(this.textLengths.buffer, 0, texts.length * 4));
    this.hash.update(texts.join(''), 'utf16le');
  }

  /** SHA-256, hex. */
  digest(): string {
    return this.hash.digest('hex');
  }
}
