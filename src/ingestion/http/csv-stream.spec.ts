import fc from 'fast-check';
import type { Page } from '../queries/ingestion.queries';
import { type CsvValue, csvStream, neutralise } from './csv-stream';

/** RFC 4180, written from its grammar and not from the encoder. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += character;
  }
  return rows;
}

async function write(pages: CsvValue[][][]): Promise<string[][]> {
  const readPage = (cursor: string | undefined): Promise<Page<CsvValue[]>> => {
    const at = Number(cursor ?? 0);
    return Promise.resolve({ rows: pages[at] ?? [], nextCursor: at + 1 < pages.length ? String(at + 1) : undefined });
  };
  const chunks: Buffer[] = [];
  for await (const chunk of csvStream(['a', 'b'], (row: CsvValue[]) => row, readPage)) chunks.push(chunk);
  return parseCsv(Buffer.concat(chunks).toString('utf8'));
}

describe('a CSV answer', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '=HYPERLINK("http://x","y")'])(
    'puts an apostrophe before %j, which a spreadsheet would run',
    async (text) => {
      expect(await write([[[text, 'x']]])).toEqual([
        ['a', 'b'],
        [`'${text}`, 'x'],
      ]);
    },
  );

  it('leaves what no spreadsheet runs as it is', async () => {
    const row = ['a=1', '{"Of_Id": "=1"}'];
    expect(await write([[row]])).toEqual([['a', 'b'], row]);
  });

  it('neutralises negative numbers like the texts they become', async () => {
    expect(await write([[[-5, 5]]])).toEqual([
      ['a', 'b'],
      ["'-5", '5'],
    ]);
  });

  it('never holds a cell that begins like a formula, and loses nothing, for any texts on any pages', async () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r\n",#]{1,4}$/));
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 4 }), async (pages) => {
        const [, ...read] = await write(pages);
        expect(read).toEqual(pages.flat().map((row) => row.map((text) => neutralise(text).toWellFormed())));
        for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});
