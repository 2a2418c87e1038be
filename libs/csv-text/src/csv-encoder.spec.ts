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

  it.each([
    '0001-01-01', '0004-02-29', '1600-02-29', '1900-02-28', '1900-03-01', '2000-02-29', '2000-03-01', '2024-12-31',
    '2400-02-29', '9999-12-31',
  ])('writes %s, a day at the edge of a month, a century or four of them', (day) => {
    expect(row((csv) => csv.date(Date.parse(day) / 1000))).toBe(`${day}T00:00:00\n`);
  }); // prettier-ignore

  it('quotes what would read as something else, and nothing more, so that equal cells have equal bytes', () => {
    const written = (text: string): string => row((csv) => csv.text(text)).slice(0, -1);
    const bare = ['a', 'Não Laminado', 'a#b', "it's", 'a;b', ' a ', '12', 'TRUE', 'a\tb'];
    expect(bare.map(written)).toEqual(bare);
    expect(['', '#N/A', '#', 'a,b', ',', 'a\nb', 'a\rb', '\r'].map(written)).toEqual([
      '""', '"#N/A"', '"#"', '"a,b"', '","', '"a\nb"', '"a\rb"', '"\r"',
    ]); // prettier-ignore
    expect(written('say "ah"')).toBe('"say ""ah"""');
  });

  it('writes truth in words, and an error of any writing as it stands', () => {
    const cells = row((csv) => {
      csv.boolean(false);
      csv.boolean(true);
      csv.error('#Ação€!');
    });
    expect(cells).toBe('FALSE,TRUE,#Ação€!\n');
  });

  it('writes any field in the same bytes, wherever its buffer ends', () => {
    const fields: Record<string, (csv: CsvEncoder) => void> = {
      null: (csv) => csv.null(),
      'small number': (csv) => csv.number(7),
      'large number': (csv) => csv.number(-1234567890.125),
      boolean: (csv) => csv.boolean(false),
      error: (csv) => csv.error('#€€€!'),
      date: (csv) => csv.date(0),
      text: (csv) => csv.text('€€€'),
      'quoted text': (csv) => csv.text('"€",'),
      'long text': (csv) => csv.text('€'.repeat(100)),
    };
    for (const [name, write] of Object.entries(fields)) {
      const encode = (chunkBytes: number): string => {
        const csv = new CsvEncoder(chunkBytes);
        csv.null();
        write(csv);
        csv.endRow();
        return `${name} ${csv.take().toString('utf8')}`;
      };
      const roomy = encode(1000);
      for (let chunkBytes = 1; chunkBytes < 30; chunkBytes += 1) expect(encode(chunkBytes)).toBe(roomy);
    }
  });

  it('is full from the given size on, and empty again once its bytes are taken, which then stay as they are', () => {
    const csv = new CsvEncoder(4);
    csv.text('abc');
    expect(csv.full).toBe(false);
    csv.endRow();
    expect(csv.full).toBe(true);
    const taken = csv.take();
    expect(csv.full).toBe(false);
    csv.text('xyz');
    expect(taken.toString('utf8')).toBe('abc\n');
    // Each row begins without a comma.
    csv.endRow();
    expect(csv.take().toString('utf8')).toBe('xyz\n');
  });
});
