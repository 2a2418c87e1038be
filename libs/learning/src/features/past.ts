/** What is known of a product, from the catalogue; undefined where the catalogue is silent. */
export interface KnownProduct {
  readonly id: number;
  readonly name?: string;
  /** Weight out of the mould and when finished, in the workbook's unit. */
  readonly demouldWeight?: number;
  readonly finishedWeight?: number;
  readonly gelDeck?: number;
  readonly gelHull?: number;
  /** Its standard route; undefined without one. */
  readonly route?: {
    /** Steps in the first, second and last third of the catalogue's sequence of phase types: see AREAS. */
    readonly steps: readonly [number, number, number];
    /** Steps of types that the system enters by itself. */
    readonly automatic: number;
    /** Sums of the coefficients, whose unit is not known. */
    readonly coefficient: number;
    readonly coefficientX: number;
  };
}

/** The parts of the factory whose work in process is told apart, by where a phase type stands in the usual sequence. */
export const AREAS = ['first', 'middle', 'last'] as const;

/** One order as it is recorded; times are seconds since 1970. */
export interface PastOrder {
  readonly id: number;
  readonly created: number;
  /** undefined: not finished. */
  readonly finished?: number;
  /** The last event of an order that was closed without a finish; undefined of any other. */
  readonly closed?: number;
  readonly product?: number;
  /** The transport date: only its last value is recorded, which may have been set after the creation. */
  readonly due?: number;
  readonly errors: readonly PastError[];
}

export interface PastError {
  readonly time: number;
  /** 1, 2 or 3. */
  readonly severity: number;
  /** Type of the phase that is named as the culprit. */
  readonly culprit?: number;
}

/** Open phases by area at the beginning of a day. */
export interface AreaWip {
  /** Seconds since 1970. */
  readonly at: number;
  readonly counts: readonly [number, number, number];
}

/** All that features are computed from. */
export interface FactoryPast {
  readonly products: ReadonlyMap<number, KnownProduct>;
  /** In increasing order of (created, id). */
  readonly orders: readonly PastOrder[];
  /** In increasing order of time. */
  readonly areaWip: readonly AreaWip[];
}
