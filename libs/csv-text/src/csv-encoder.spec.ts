import * as fc from 'fast-check';
import { CsvEncoder } from './index';

const row = (write: (csv: CsvEncoder) => void): string => {
  const csv = new CsvEncoder();
  write(csv);
  csv.endRow();
  return csv.take().toString('utf8');
};

/** Reads one line of RFC 4180, telling quoted fields from bare ones. */
function fields(line: string): { text: string; quoted: boolean }[] {
  const found: { text: string; quoted: boolean }[] = [];
  let at = 0;
  for (;;) {
    let text = '';
    const quoted = line[at] === '"';
    if (quoted) {
      at += 1;
      for (; !(line[at] === '"' && line[at + 1] !== '"'); at += 1) {
        if (line[at] === '"') at += 1;
        text += line[at];
      }
      at += 1;
    } else {
      for (; line[at] !== ',' && line[at] !== '\n'; at += 1) text += line[at];
    }
    found.push({ text, quoted });
    if (line[at] === '\n') return found;
    at += 1;
  }
}

describe('CsvEncoder', () => {
  it('writes nulls empty, numbers in shortest form, dates as ISO without zone', () => {
    expect(
      row((csv) => {
        csv.number(0);
        csv.number(44185);
        csv.number(-7);
        csv.number(19.27);
        csv.number(1e21);
        csv.null();
        csv.boolean(true);
        csv.date(Date.UTC(2025, 11, 11, 12, 50, 9) / 1000);
        csv.date(Date.UTC(1899, 11, 31) / 1000);
      }),
    ).toBe('0,44185,-7,19.27,1e+21,,TRUE,2025-12-11T12:50:09,1899-12-31T00:00:00\n');
  });

  it('tells an error cell from a text that looks like one, and an empty text from null', () => {
    expect(
      row((csv) => {
        csv.error('#N/A');
        csv.text('#N/A');
        csv.text('');
        csv.null();
      }),
    ).toBe('#N/A,"#N/A","",\n');
  });

  it('gives every text back as it was, also across buffer growth', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const csv = new CsvEncoder(8);
        for (const text of texts) csv.text(text);
        csv.endRow();
        expect(fields(csv.take().toString('utf8')).map((field) => field.text)).toEqual(texts);
      }),
    );
  });

  it('writes whole numbers as the runtime does', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.double({ noNaN: true })), (value) => {
        expect(row((csv) => csv.number(value))).toBe(`${Object.is(value, -0) ? 0 : value}\n`);
      }),
    );
  });

  it('writes dates of the years 1 to 9999 as the runtime does', () => {
    const seconds = (iso: string): number => Date.parse(iso) / 1000;
    fc.assert(
      fc.property(fc.integer({ min: seconds('0001-01-01T00:00:00Z'), max: seconds('9999-12-31T23:59:59Z') }), (wall) =>
        expect(row((csv) => csv.date(wall))).toBe(`${new Date(wall * 1000).toISOString().slice(0, 19)}\n`),
      ),
    );
  });
});
