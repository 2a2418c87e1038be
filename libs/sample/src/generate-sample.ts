import { createWriteStream } from 'node:fs';
import {
  customPropertiesPart,
  whenClosed,
  XlsxWriter,
  type ExtraPart,
  type XlsxWriterOptions,
} from '@libs/xlsx-writer';
import { writeAptitudes, writeModels, writePhaseTypes, writeRoutes, writeWorkers } from './catalogue-sheets';
import { Factory } from './factory';
import { SAMPLE_MARKER, SAMPLE_PROPERTY } from './is-sample';
import { contradictOrder, contradictPhase, writeOrders, writePhases } from './order-sheets';
import { contradictAssignment, writeAssignments, writeErrors } from './people-sheets';
import { RowSink, type SinkSettings, type WorkbookTarget } from './row-sink';
import { AccountKeeper, type SampleAccount } from './sample-account';
import { DEFAULT_FAULTS, resolveOptions, type FaultName, type SampleOptions, type SheetName } from './sample-options';

interface SheetJob {
  sheet: SheetName;
  write: (factory: Factory, sink: RowSink, account: AccountKeeper) => Promise<void>;
  contradict?: SinkSettings['contradict'];
  /** Rows of small sheets are not repeated: their duplicates have knobs of their own. */
  isLarge?: boolean;
}

const JOBS: readonly SheetJob[] = [
  { sheet: 'OrdensFabrico', write: writeOrders, contradict: contradictOrder, isLarge: true },
  { sheet: 'FasesOrdemFabrico', write: writePhases, contradict: contradictPhase, isLarge: true },
  { sheet: 'FuncionariosFaseOrdemFabrico', write: writeAssignments, contradict: contradictAssignment, isLarge: true },
  { sheet: 'OrdemFabricoErros', write: writeErrors, isLarge: true },
  { sheet: 'Funcionarios', write: writeWorkers },
  { sheet: 'FuncionariosFasesAptos', write: writeAptitudes },
  { sheet: 'Fases', write: writePhaseTypes },
  { sheet: 'Modelos', write: writeModels },
  { sheet: 'FasesStandardModelos', write: writeRoutes },
];

/**
 * Writes the nine sheets of a made-up factory and the marks that say it is one into an open writer, which the caller finishes. Streaming: a few
 * bytes per order are kept, rows are not. Throws SampleError before the first row when the options cannot be met.
 */
export async function generateSample(options: SampleOptions, writer: WorkbookTarget): Promise<SampleAccount> {
  const resolved = resolveOptions(options);
  const factory = new Factory(resolved);
  const account = new AccountKeeper(Object.keys(DEFAULT_FAULTS) as FaultName[]);
  for (const part of sampleParts(options)) writer.addPart(part);
  for (const { sheet, write, contradict, isLarge } of JOBS) {
    const sink = new RowSink({
      writer,
      options: isLarge ? resolved : { ...resolved, faults: { ...resolved.faults, identicalDuplicates: 0 } },
      account,
      sheet,
      baseRows: factory.sizes.rows[sheet],
      contradict,
    });
    await write(factory, sink, account);
    const rows = await sink.close();
    options.onSheet?.(sheet, rows);
  }
  return account.close(options.scale, options.seed, resolved.endMinute * 60);
}

/** `generateSample` into a file, which is replaced when it exists. */
export async function writeSampleWorkbook(
  path: string,
  options: SampleOptions,
  settings: XlsxWriterOptions = {},
): Promise<SampleAccount> {
  const file = createWriteStream(path);
  const writer = new XlsxWriter(file, settings);
  try {
    const account = await generateSample(options, writer);
    await writer.finish();
    return account;
  } catch (error) {
    writer.destroy(error as Error);
    await whenClosed(file);
    throw error;
  }
}

/** The marker for programs, and a document property that Excel and LibreOffice show to people and keep when they save the workbook. */
function sampleParts({ scale, seed }: SampleOptions): ExtraPart[] {
  const text = `generated, scale ${scale}, seed ${seed}`;
  return [
    customPropertiesPart({ [SAMPLE_PROPERTY]: text }),
    {
      name: SAMPLE_MARKER,
      contentType: 'application/vnd.prodplan.sample+xml',
      relationshipType: 'urn:prodplan:sample',
      xml: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sample xmlns="urn:prodplan:sample" scale="${scale}" seed="${seed}"/>`,
    },
  ];
}
