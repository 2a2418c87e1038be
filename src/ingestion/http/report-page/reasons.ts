/** What a code says of a row, and what to do about it. */
export interface Reason {
  readonly meaning: string;
  readonly remedy: string;
}

/** Of quarantined rows; docs/ingestion.md has the same. */
export const REJECT_REASONS: Readonly<Record<string, Reason>> = {
  NULL_KEY: { meaning: 'No value in a column of its natural key.', remedy: 'Fill in the key.' },
  INVALID_KEY: { meaning: 'The key is no whole number.', remedy: 'Correct the key.' },
  INVALID_VALUE: {
    meaning: 'A value is not of its column’s type.',
    remedy: 'Write a number, or a date as ISO or dd/mm/yyyy.',
  },
  ERROR_CELL: {
    meaning: 'An Excel error such as #N/A stands in a column that is read.',
    remedy: 'Repair the formula, or empty the cell.',
  },
  NULL_REQUIRED: { meaning: 'A value that must be there is missing.', remedy: 'Fill it in.' },
  INVALID_TIME_RANGE: {
    meaning: 'The phase ends before it starts.',
    remedy: 'Correct FaseOf_Inicio or FaseOf_Fim.',
  },
  UNKNOWN_ORDER: {
    meaning: 'The order is not among the kept rows of OrdensFabrico.',
    remedy: 'Add the order, or look why it was itself quarantined.',
  },
  UNKNOWN_PHASE: { meaning: 'The phase type is not in Fases.', remedy: 'Add it to Fases.' },
  UNKNOWN_WORKER: { meaning: 'The worker is not in Funcionarios.', remedy: 'Add the worker to Funcionarios.' },
  UNKNOWN_PRODUCT: {
    meaning: 'A standard route of a product that is not in Modelos.',
    remedy: 'Add the product to Modelos.',
  },
  INVALID_SEVERITY: { meaning: 'The severity is not 1, 2 or 3.', remedy: 'Correct OFCH_GRAVIDADE.' },
};

/** Of rows that were kept with a remark: the second text is what follows from it. */
export const ISSUE_REASONS: Readonly<Record<string, Reason>> = {
  SENTINEL_DATE: { meaning: 'A date before 1950, which systems write for “none”.', remedy: 'Stored as no date.' },
  FUTURE_DATE: {
    meaning: 'A recorded event more than a day after the load.',
    remedy: 'Stored as no date, so that it cannot move the data clock.',
  },
  CONFLICTING_DUPLICATE: {
    meaning: 'Repeats a key of the same sheet with other values.',
    remedy: 'The first row holds; decide which one is right.',
  },
  ORPHAN_PRODUCT: {
    meaning: 'Orders a product that is not in Modelos.',
    remedy: 'Shown without name and weights.',
  },
  ORPHAN_PHASE: { meaning: 'Names a phase that is not in FasesOrdemFabrico.', remedy: 'Not attributed to a phase.' },
  INVALID_TIME_RANGE: { meaning: 'An order finished before it was created.', remedy: 'Left out of lead times.' },
  MISSING_FINISH: {
    meaning: 'An order in a terminal phase without a finish date.',
    remedy: 'Counts as closed.',
  },
  STALE_OPEN_PHASE: {
    meaning: 'An open phase of a closed order.',
    remedy: 'Not counted as work in process; end the phase at the source.',
  },
};
