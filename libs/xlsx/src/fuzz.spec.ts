import { writeFileSync } from 'node:fs';
import { resolveLimits } from './limits';
import { readPath, refusalOf, withFile, type ReadSheet } from './testing/read-cells';
import { scanSheetBytes } from './testing/scan-sheet';
import { seededRandom } from './testing/seeded-random';
import { buildWorkbook, sheetXml, workbookParts, type WorkbookSpec } from './testing/workbook-builder';
import { buildZip } from './testing/zip-builder';
import { XlsxError } from './xlsx-error';

const ROWS =
  '<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44197.5</v></c><c r="C1" t="b"><v>1</v></c></row>' +
  '<row r="2"><c r="A2" t="inlineStr"><is><t>é&amp;漢 _x000D_</t></is></c><c r="B2" t="str"><f>A1&amp;"x"</f><v>ax</v></c>' +
  '<c r="C2"><v>-1.25E3</v></c><c r="D2"/></row><row><c><v>12345678901234567</v></c><c t="e"><v>#N/A</v></c>' +
  '<c t="inlineStr"><is><r><t>r</t></r><r><t xml:space="preserve"> s</t></r></is></c><c t="d"><v>2021-01-01</v></c></row>';
const SPEC: WorkbookSpec = {
  sheets: [
    { name: 'Fases', xml: `<?xml version="1.0" encoding="UTF-8"?>\n${sheetXml(ROWS)}` },
    {
      name: 'Oculta',
      state: 'hidden',
      xml: sheetXml(ROWS)
        .replace(/<(\/?)(\w)/g, '<$1x:$2')
        .replace('xmlns=', 'xmlns:x='),
    },
  ],
  strings: '<si><t>Of_Id</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si>',
  formats: ['yyyy-mm-dd', '[h]:mm'],
};
const WORKBOOKS = {
  deflated: buildWorkbook(SPEC),
  stored: buildZip(workbookParts(SPEC).map((part) => ({ ...part, stored: true }))),
  'zip64 with descriptors': buildZip(
    workbookParts(SPEC).map((part) => ({ ...part, zip64: true, descriptor: true })),
    { zip64End: true },
  ),
};
/** Small caps, so that a damaged size cannot cost much, and a slow answer is a wrong one. */
const LIMITS = { uncompressedBytes: 4 * 2 ** 20, cells: 10_000, sharedStringBytes: 2 ** 20 };
/** What takes longer hangs; a busy machine takes seconds for what takes milliseconds alone. */
const SLOW_MS = 20_000;

type Outcome = { code: string } | { sheets: ReadSheet[] };

async function outcomeOf(path: string): Promise<Outcome> {
  try {
    return { sheets: await readPath(path, LIMITS) };
  } catch (error) {
    if (error instanceof XlsxError) return { code: error.code };
    throw error;
  }
}

/** One to four bytes changed, or a stretch cut out, doubled, zeroed or overwritten with another stretch. */
function mutate(original: Buffer, random: (below: number) => number): Buffer {
  const at = random(original.length);
  const length = 1 + random(Math.min(40, original.length - at));
  switch (random(6)) {
    case 0:
      return original.subarray(0, at);
    case 1:
      return Buffer.concat([original.subarray(0, at), original.subarray(at + length)]);
    case 2:
      return Buffer.concat([original.subarray(0, at + length), original.subarray(at)]);
    case 3: {
      const copy = Buffer.from(original);
      copy.copy(copy, at, random(original.length - length), original.length);
      return copy;
    }
    default: {
      const copy = Buffer.from(original);
      for (let i = 1 + random(4); i > 0; i--) {
        const place = random(copy.length);
        copy[place] = random(2) === 0 ? copy[place] ^ (1 << random(8)) : random(256);
      }
      return copy;
    }
  }
}

/** One byte replaced by one that means something to a scanner of XML, numbers and references. */
function mutateGently(original: Buffer, random: (below: number) => number): Buffer {
  const copy = Buffer.from(original);
  const meaningful = '0123456789ABXrstvcn .-+eE"\'<>/&;=:_#\t\n';
  copy[random(copy.length)] = meaningful.charCodeAt(random(meaningful.length));
  return copy;
}

describe('damaged files', () => {
  it.each(Object.entries(WORKBOOKS))(
    '%s: a typed refusal or the right cells, soon and in little memory',
    async (name, original) => {
      const random = seededRandom(name.length);
      await withFile(original, async (path) => {
        const right = await outcomeOf(path);
        expect(right).toHaveProperty('sheets');
        const before = process.memoryUsage().rss;
        let refused = 0;
        for (let run = 0; run < 600; run++) {
          const bytes = mutate(original, random);
          writeFileSync(path, bytes);
          const started = performance.now();
          const outcome = await outcomeOf(path);
          expect(performance.now() - started).toBeLessThan(SLOW_MS);
          if ('code' in outcome) refused++;
          else expect(outcome).toEqual(right);
        }
        // most mutations hit what checksums guard; those of dates and unused fields are harmless
        expect(refused).toBeGreaterThan(350);
        expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
      });
    },
    60_000,
  );

  it('every cut of a file is refused', async () => {
    const original = WORKBOOKS.deflated;
    for (let length = 0; length < original.length; length += 7) {
      const { code } = await refusalOf(original.subarray(0, length), LIMITS);
      expect(['XLSX_EMPTY_FILE', 'XLSX_NOT_ZIP', 'XLSX_TRUNCATED']).toContain(code);
    }
  }, 60_000);
});

describe('damaged XML in a sound archive', () => {
  const parts = workbookParts(SPEC);

  it.each(parts.map(({ name }) => name))(
    '%s: a typed refusal or an answer, soon',
    async (name) => {
      const random = seededRandom(name.length);
      await withFile(Buffer.alloc(1), async (path) => {
        for (let run = 0; run < 100; run++) {
          const damaged = parts.map((part) =>
            part.name === name ? { ...part, data: mutate(Buffer.from(part.data as string), random) } : part,
          );
          writeFileSync(path, buildZip(damaged));
          const started = performance.now();
          await outcomeOf(path);
          expect(performance.now() - started).toBeLessThan(SLOW_MS);
        }
      });
    },
    60_000,
  );

  /**
   * What a damaged sheet says is nobody's to know, but it must say one thing: the fast path reads whole windows, and
   * sees next to nothing when the bytes come one by one, so the two readings hold the two scanners against each other.
   */
  it('the fast path and the general scanner agree on every damaged sheet', async () => {
    const random = seededRandom(7);
    const limits = resolveLimits();
    const original = Buffer.from(SPEC.sheets[0].xml);
    const answers = { read: 0, refused: 0 };
    for (let run = 0; run < 1200; run++) {
      const bytes = run % 2 === 0 ? mutate(original, random) : mutateGently(original, random);
      const outcomes = [];
      for (const step of [bytes.length, 1]) {
        try {
          outcomes.push(await scanSheetBytes(bytes, step, limits));
        } catch (error) {
          if (!(error instanceof XlsxError)) throw error;
          outcomes.push(error.code);
        }
      }
      expect([bytes.toString('latin1'), outcomes[0]]).toEqual([bytes.toString('latin1'), outcomes[1]]);
      if (typeof outcomes[0] === 'string') answers.refused++;
      else answers.read++;
    }
    // both kinds of answer were compared often enough to mean something
    expect(Math.min(answers.read, answers.refused)).toBeGreaterThan(100);
  }, 60_000);
});
