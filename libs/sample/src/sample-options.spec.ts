import { DEFAULT_FAULTS, resolveOptions, sampleSizes, type FaultRates, type SampleOptions } from './sample-options';

const faults = (more: Partial<FaultRates>): FaultRates => ({ ...DEFAULT_FAULTS, ...more });

describe('resolveOptions', () => {
  it('has the defaults of the real workbook for what is not said', () => {
    const resolved = resolveOptions({ scale: 1, seed: 0, faults: { noDate: 0.5, staleOpen: undefined } });
    expect(resolved).toEqual({
      scale: 1,
      seed: 0,
      assignmentMatchRate: 116_505 / 360_646,
      faults: { ...DEFAULT_FAULTS, noDate: 0.5 },
      // 2025-12-11T12:50:00 is day 20,433 and minute 770.
      endMinute: 20_433 * 1440 + 770,
      rowsPerSheet: 1_048_575,
    });
  });

  it.each<[string, Partial<SampleOptions>]>([
    ['the largest scale', { scale: 100 }],
    ['the smallest scale', { scale: Number.MIN_VALUE }],
    ['the largest seed', { seed: 2 ** 53 - 1 }],
    ['no assignment that matches', { assignmentMatchRate: 0 }],
    ['all assignments matching', { assignmentMatchRate: 1 }],
    ['a fault of all', { faults: { noDate: 1 } }],
    ['the first minute of 1990', { end: 631_152_000 }],
    ['the first minute of 2099', { end: 4_070_908_800 }],
    ['sheets of one row', { rowsPerSheet: 1 }],
    ['sheets as long as can be', { rowsPerSheet: 1_048_575 }],
  ])('takes %s as it is', (_what, options) => {
    const { end, faults: rates = {}, ...rest } = options;
    const resolved = resolveOptions({ scale: 1, seed: 1, ...options });
    expect(resolved).toMatchObject({ ...rest, faults: rates });
    if (end !== undefined) expect(resolved.endMinute).toBe(end / 60);
  });

  it.each<[string, Partial<SampleOptions>]>([
    ['scale 0', { scale: 0 }],
    ['a negative scale', { scale: -1 }],
    ['a scale over 100', { scale: 100.5 }],
    ['a scale that is no number', { scale: Number.NaN }],
    ['a negative seed', { seed: -1 }],
    ['a seed that is not whole', { seed: 1.5 }],
    ['a seed beyond 53 bits', { seed: 2 ** 53 }],
    ['a match rate below 0', { assignmentMatchRate: -0.1 }],
    ['a match rate over 1', { assignmentMatchRate: 1.1 }],
    ['a match rate that is no number', { assignmentMatchRate: Number.NaN }],
    ['a fault below 0', { faults: { noDate: -0.1 } }],
    ['a fault over 1', { faults: { noDate: 1.1 } }],
    ['a fault that does not exist', { faults: { nothing: 0.1 } as Partial<FaultRates> }],
    ['an end with seconds', { end: 1_765_457_401 }],
    ['an end before 1990', { end: 631_152_000 - 60 }],
    ['an end after the first minute of 2099', { end: 4_070_908_800 + 60 }],
    ['an end that is no number', { end: Number.NaN }],
    ['sheets of no row', { rowsPerSheet: 0 }],
    ['sheets of half rows', { rowsPerSheet: 1.5 }],
    ['sheets longer than can be', { rowsPerSheet: 1_048_576 }],
  ])('refuses %s', (_what, options) => {
    expect(() => resolveOptions({ scale: 1, seed: 1, ...options })).toThrow(
      expect.objectContaining({ name: 'SampleError', code: 'SAMPLE_OPTION' }),
    );
  });
});

describe('sampleSizes', () => {
  it('are the real counts at scale 1', () => {
    expect(sampleSizes({ scale: 1, faults: DEFAULT_FAULTS })).toEqual({
      rows: {
        OrdensFabrico: 27_380,
        FasesOrdemFabrico: 519_079,
        FuncionariosFaseOrdemFabrico: 423_769,
        OrdemFabricoErros: 89_836,
        Funcionarios: 902,
        FuncionariosFasesAptos: 902,
        Fases: 71,
        Modelos: 894,
        FasesStandardModelos: 15_347,
      },
      assignedPhases: 360_646,
      workers: 902 - 601,
      unknownProducts: 339,
      ordersOfUnknownProducts: 387,
    });
  });

  it('grow with the scale where they are events, and with its root where they are catalogues', () => {
    const { rows, assignedPhases, workers, unknownProducts, ordersOfUnknownProducts } = sampleSizes({
      scale: 4,
      faults: DEFAULT_FAULTS,
    });
    expect(rows).toMatchObject({ OrdensFabrico: 109_520, FasesOrdemFabrico: 2_076_316, OrdemFabricoErros: 359_344 });
    expect(rows).toMatchObject({ FuncionariosFaseOrdemFabrico: 1_695_076, Fases: 71, Modelos: 1788 });
    expect(rows).toMatchObject({ Funcionarios: 1804, FuncionariosFasesAptos: 1804, FasesStandardModelos: 30_694 });
    expect(assignedPhases).toBe(4 * 360_646);
    // Each twice the real one.
    expect([workers, unknownProducts, ordersOfUnknownProducts]).toEqual([602, 678, 774]);
  });

  it('leave a factory even of the smallest workbook: an order, a phase, a model, 8 rows of 5 workers', () => {
    const { rows, ...sizes } = sampleSizes({ scale: 1e-9, faults: DEFAULT_FAULTS });
    expect(rows).toEqual({
      OrdensFabrico: 1,
      // No order without a phase.
      FasesOrdemFabrico: 1,
      FuncionariosFaseOrdemFabrico: 0,
      OrdemFabricoErros: 0,
      Funcionarios: 8,
      FuncionariosFasesAptos: 8,
      Fases: 71,
      Modelos: 1,
      // 15,347 / 894 = 17.2
      FasesStandardModelos: 17,
    });
    // 8 rows - 601 / 902 of 8, which is 5, would leave 3 workers; the one order is that of the known model.
    expect(sizes).toEqual({ assignedPhases: 0, workers: 5, unknownProducts: 0, ordersOfUnknownProducts: 0 });
  });

  it('have at most 6 models to 10 orders, and no more unknown products than orders are left', () => {
    // 27,380 · 0.0004 = 11 orders: 6 models, where 894 · 0.02 would be 18; 5 orders are left.
    const sizes = (unknownProducts: number): unknown => {
      const { rows, ...rest } = sampleSizes({ scale: 0.0004, faults: faults({ unknownProducts }) });
      return [rows.OrdensFabrico, rows.Modelos, rest.unknownProducts, rest.ordersOfUnknownProducts];
    };
    // Of 10 products 4 unknown: 6 · 0.4 / 0.6 = 4, in 4 · 387 / 339 = 5 (4.57) orders.
    expect(sizes(0.4)).toEqual([11, 6, 4, 5]);
    // 6 · 0.5 / 0.5 = 6 are more than 5.
    expect(sizes(0.5)).toEqual([11, 6, 5, 5]);
    expect(sizes(1)).toEqual([11, 6, 5, 5]);
    expect(sizes(0)).toEqual([11, 6, 0, 0]);
  });

  it('have fewer workers the more of their rows are repeated', () => {
    const workers = (duplicateWorkers: number): number =>
      sampleSizes({ scale: 1, faults: faults({ duplicateWorkers }) }).workers;
    // 902 - 451, and 902 - 902, of which 5 remain.
    expect([0, 0.5, 1].map(workers)).toEqual([902, 451, 5]);
  });
});
