import { FASES } from './phase-types';
import { coefficient, coefficientX } from './order-sheets';
import { dayNumber, MINUTES_PER_DAY } from './factory-calendar';
import type { Factory } from './factory';
import { PURPOSE } from './purposes';
import { Random } from '@libs/random';
import type { RowSink } from './row-sink';
import type { AccountKeeper } from './sample-account';
import { Spread } from './spread';

/** Of 902 aptitudes 10 have no date. */
const NO_SINCE = 10 / 902;

/** A row per aptitude, so that workers with several are repeated: the export joins where it should not. */
export async function writeWorkers(factory: Factory, sink: RowSink, account: AccountKeeper): Promise<void> {
  const { options, catalogue, sizes } = factory;
  const rows = sizes.rows.Funcionarios;
  const repeats = rows - catalogue.workers.length;
  const conflicts = Math.min(repeats, Math.round(rows * options.faults.conflictingWorkers));
  const spread = new Spread(repeats, options.seed, PURPOSE.WORKER_FAULTS);
  let seen = 0;
  for (const worker of catalogue.workers) {
    for (let row = 0; row < worker.aptitudes.length; row++) {
      let active = worker.active;
      if (row > 0) {
        account.faults.duplicateWorkers++;
        account.sheet('Funcionarios').duplicates++;
        if (spread.placeOf(seen++) < conflicts) {
          account.faults.conflictingWorkers++;
          account.issue('Funcionarios', 'CONFLICTING_DUPLICATE');
          active = !active;
        }
      }
      await sink.add([worker.id, worker.name, active ? 1 : 0]);
    }
  }
}

/** Writes FuncionariosFasesAptos, duplicates and missing dates included. */
export async function writeAptitudes(factory: Factory, sink: RowSink, account: AccountKeeper): Promise<void> {
  const { options, catalogue, sizes } = factory;
  const rows = sizes.rows.FuncionariosFasesAptos;
  const undated = Math.round(rows * NO_SINCE);
  const spread = new Spread(rows, options.seed, PURPOSE.APTITUDE);
  const random = new Random(options.seed, PURPOSE.APTITUDE);
  let seen = 0;
  for (const worker of catalogue.workers) {
    const known = new Set<number>();
    for (const type of worker.aptitudes) {
      const isRepeat = known.has(type);
      known.add(type);
      if (isRepeat) {
        account.faults.duplicateAptitudes++;
        account.sheet('FuncionariosFasesAptos').duplicates++;
        account.issue('FuncionariosFasesAptos', 'CONFLICTING_DUPLICATE');
      }
      // A repeated one has a date that no first one has, so that the two always differ.
      const day = dayNumber(isRepeat ? 2023 : random.between(2010, 2022), random.between(1, 12), random.between(1, 28));
      const isUndated = spread.placeOf(seen++) < undated && !isRepeat;
      await sink.add([worker.id, type, isUndated ? sink.null() : { date: day * MINUTES_PER_DAY * 60 }]);
    }
  }
}

/** Writes Fases. */
export async function writePhaseTypes(_factory: Factory, sink: RowSink): Promise<void> {
  for (const [index, [name, sequence, production, automatic]] of FASES.entries()) {
    await sink.add([index + 1, name, sequence, production, automatic]);
  }
}

/** Writes Modelos. */
export async function writeModels(factory: Factory, sink: RowSink): Promise<void> {
  for (const { id, name, demoulded, finished, gelDeck, gelHull } of factory.catalogue.products) {
    await sink.add([id, name, demoulded / 100, finished / 100, gelDeck / 100, gelHull / 100]);
  }
}

/** Writes FasesStandardModelos. */
export async function writeRoutes(factory: Factory, sink: RowSink): Promise<void> {
  const asText = factory.options.faults.numbersAsText > 0;
  for (const product of factory.catalogue.products) {
    for (const [step, type] of product.route.entries()) {
      const isText = asText && product.id % 5 < 3;
      await sink.add([product.id, type.id, step + 1, coefficient(type, product), coefficientX(type, product, isText)]);
    }
  }
}
