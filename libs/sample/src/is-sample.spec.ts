import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@libs/xlsx';
import { customPropertiesPart, XlsxWriter, type ExtraPart } from '@libs/xlsx-writer';
import { isSample, writeSampleWorkbook } from './index';

describe('isSample', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'is-sample-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function judge(file: string): Promise<boolean> {
    const workbook = await Workbook.open(file);
    try {
      return await isSample(workbook);
    } finally {
      await workbook.close();
    }
  }

  async function workbookWith(...parts: ExtraPart[]): Promise<string> {
    const file = join(folder, 'other.xlsx');
    const writer = new XlsxWriter(createWriteStream(file));
    for (const part of parts) writer.addPart(part);
    await writer.addSheet('Fases');
    await writer.finish();
    return file;
  }

  it('knows what the generator wrote', async () => {
    const file = join(folder, 'sample.xlsx');
    await writeSampleWorkbook(file, { scale: 0.001, seed: 7 }, { level: 1 });
    expect(await judge(file)).toBe(true);
  });

  it('knows it by its part alone, whatever its document properties say', async () => {
    const marker = {
      name: 'docProps/prodplan-sample.xml',
      contentType: 'application/xml',
      relationshipType: 'urn:prodplan:sample',
      xml: '<sample/>',
    };
    expect(await judge(await workbookWith(marker))).toBe(true);
    expect(await judge(await workbookWith({ ...marker, name: 'docProps/sample.xml' }))).toBe(false);
  });

  it('knows it by its document property after a program saved it anew and dropped the part', async () => {
    expect(await judge(await workbookWith(customPropertiesPart({ author: 'x', 'prodplan-sample': 'scale 1' })))).toBe(
      true,
    );
  });

  it('takes a workbook with other properties, or none, for real', async () => {
    expect(await judge(await workbookWith(customPropertiesPart({ author: 'prodplan-sample' })))).toBe(false);
    expect(await judge(await workbookWith())).toBe(false);
  });

  it('does not refuse a workbook for properties that cannot be read', async () => {
    const broken = { ...customPropertiesPart({}), xml: '<!DOCTYPE Properties><Properties' };
    expect(await judge(await workbookWith(broken))).toBe(false);
  });
});
