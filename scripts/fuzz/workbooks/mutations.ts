import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { Random } from '@libs/random';
import { writeSampleWorkbook } from '@libs/sample';
import { readBytes, type ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';
import {
  buildWorkbook,
  sheetXml,
  workbookParts,
  type WorkbookSpec,
} from '../../../libs/xlsx/src/testing/workbook-builder';
import { buildZip, type ZipPart } from '../../../libs/xlsx/src/testing/zip-builder';
import type { WorkbookCase } from './case';
import { mutateBytes } from './mutate-bytes';
import { mutateEntries } from './mutate-entries';
import { mutateXml } from './mutate-xml';

const PURPOSE = 31;
const BY_NAME = 'exceljs takes parts by their names, whatever workbook and relationships say';

const ROWS =
  '<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44197.5</v></c><c r="C1" t="b"><v>1</v></c>' +
  '<c r="D1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>é&amp;漢 _x000D_</t></is></c>' +
  '<c r="B2" t="str"><f>A1&amp;"x"</f><v>ax</v></c><c r="C2"><v>-1.25E3</v></c><c r="D2" s="2"/></row>' +
  '<row r="5"><c r="A5"><v>12345678901234567</v></c><c r="B5" t="e"><v>#N/A</v></c>' +
  '<c r="C5" t="inlineStr"><is><r><t>r</t></r><r><t xml:space="preserve"> s</t></r></is></c></row>';
const SPEC: WorkbookSpec = {
  sheets: [
    { name: 'Fases', xml: `<?xml version="1.0" encoding="UTF-8"?>\n${sheetXml(ROWS)}` },
    { name: 'Oculta', state: 'hidden', xml: sheetXml(ROWS.replaceAll('44197.5', '1')) },
  ],
  strings: '<si><t>Of_Id</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>',
  formats: ['yyyy-mm-dd', '[h]:mm'],
};
const PARTS: readonly ZipPart[] = workbookParts(SPEC);

/** An undamaged workbook, as bytes and as what is read of it. */
interface Base {
  name: string;
  bytes: Buffer;
  sheets: ReadSheet[];
}

async function bases(workDir: string): Promise<Base[]> {
  const sample = join(workDir, 'base.xlsx');
  await writeSampleWorkbook(sample, { scale: 0.0005, seed: 5 });
  const files: [string, Buffer][] = [
    ['a deflated workbook', buildWorkbook(SPEC)],
    ['a stored workbook', buildZip(PARTS.map((part) => ({ ...part, stored: true })))],
    [
      'a zip64 workbook with descriptors',
      buildZip(
        PARTS.map((part) => ({ ...part, zip64: true, descriptor: true })),
        { zip64End: true },
      ),
    ],
    ['a workbook of exceljs', await writtenByExceljs(join(workDir, 'exceljs.xlsx'))],
    ['a generated factory', await readFile(sample)],
  ];
  return Promise.all(files.map(async ([name, bytes]) => ({ name, bytes, sheets: await readBytes(bytes) })));
}

async function writtenByExceljs(path: string): Promise<Buffer> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: createWriteStream(path),
    useStyles: true,
    useSharedStrings: true,
  });
  const sheet = workbook.addWorksheet('Stream');
  for (let row = 1; row <= 30; row += 1) {
    sheet.addRow([row, `order ${row % 7}`, new Date(Date.UTC(2025, 0, row, 8)), row % 2 === 0, row / 7]).commit();
  }
  sheet.commit();
  await workbook.commit();
  return readFile(path);
}

/** Sheets are mutated most: they are where a reader does most. */
function pickPart(random: Random): number {
  const sheets = PARTS.flatMap(({ name }, index) => (name.includes('sheet1') ? [index] : []));
  return random.chance(3, 5) ? sheets[0] : random.below(PARTS.length);
}

type Mutation = Pick<WorkbookCase, 'name' | 'expected' | 'exceljs'> & { bytes: Buffer };

function mutation(index: number, seed: number, known: readonly Base[]): Mutation {
  const random = new Random(seed, PURPOSE, index);
  const kind = random.below(4);
  if (kind === 0) {
    const { name, bytes, sheets } = random.pick(known);
    const { what, bytes: damaged } = mutateBytes(bytes, random);
    return { name: `${index}: ${what}, in ${name}`, bytes: damaged, expected: { kind: 'refused or right', sheets } };
  }
  if (kind === 1) {
    const { what, bytes, isLegal } = mutateEntries(PARTS, random);
    const { sheets } = known[0];
    const expected = isLegal ? ({ kind: 'read', sheets } as const) : ({ kind: 'refused or read' } as const);
    return { name: `${index}: ${what}`, bytes, expected };
  }
  const chosen = pickPart(random);
  const { what, data, exceljs } = mutateXml(String(PARTS[chosen].data), random);
  const bytes = buildZip(PARTS.map((part, i) => (i === chosen ? { ...part, data } : part)));
  const { name } = PARTS[chosen];
  const why = exceljs ?? (/sheet\d|sharedStrings/.test(name) ? undefined : BY_NAME);
  return { name: `${index}: ${what}, in ${name}`, bytes, expected: { kind: 'refused or read' }, exceljs: why };
}

/** So many damaged workbooks; the same seed gives the same ones, each independent of how many are asked for. */
export async function mutations(count: number, seed: number, workDir: string): Promise<WorkbookCase[]> {
  const known = await bases(workDir);
  return Array.from({ length: count }, (_, index) => {
    const { bytes, ...rest } = mutation(index, seed, known);
    return { group: 'mutations', ...rest, source: { write: (path) => writeFile(path, bytes) } };
  });
}
