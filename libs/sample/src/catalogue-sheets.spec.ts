import type { Row } from '@libs/xlsx-writer';
import { makeCatalogue } from './catalogue';
import { writeAptitudes } from './catalogue-sheets';
import type { Factory } from './factory';
import { RowSink } from './row-sink';
import { AccountKeeper } from './sample-account';
import { DEFAULT_FAULTS, resolveOptions, sampleSizes, type FaultName } from './sample-options';

/** The rows of FuncionariosFasesAptos, of a factory of which no more is made. */
async function aptitudes(seed: number): Promise<Row[]> {
  const options = resolveOptions({ scale: 0.02, seed, faults: { duplicateAptitudes: 1 } });
  const sizes = sampleSizes(options);
  const account = new AccountKeeper(Object.keys(DEFAULT_FAULTS) as FaultName[]);
  const rows: Row[] = [];
  const addSheet = (): Promise<{ writeRow: (row: Row) => undefined }> =>
    Promise.resolve({ writeRow: (row) => void rows.push(row) });
  const writer = { addPart: () => undefined, addSheet };
  const sink = new RowSink({ writer, options, account, sheet: 'FuncionariosFasesAptos', baseRows: 128 });
  await writeAptitudes({ options, sizes, catalogue: makeCatalogue(options, sizes) } as Factory, sink, account);
  await sink.close();
  return rows.slice(1);
}

describe('writeAptitudes', () => {
  it('gives a repeated aptitude another date, so that the two differ, and leaves one row in 90 without any', async () => {
    let repeats = 0;
    for (let seed = 0; seed < 25; seed++) {
      const rows = await aptitudes(seed);
      // 902 · the root of 0.02; 10 / 902 of these is 1.
      expect(rows).toHaveLength(128);
      const first = new Map<string, unknown>();
      for (const [worker, type, since] of rows) {
        const key = JSON.stringify([worker, type]);
        if (first.has(key)) {
          repeats++;
          expect(since).toHaveProperty('date');
          expect(since).not.toEqual(first.get(key));
        }
        first.set(key, since);
      }
      expect(rows.filter(([, , since]) => since === 'NULL').length).toBeLessThanOrEqual(1);
    }
    expect(repeats).toBeGreaterThan(25);
  });
});
