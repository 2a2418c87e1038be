import type { History } from '@libs/forecast';

/** A phase type as the catalogue and the assignments have it. */
export interface PhaseTypeData {
  readonly id: number;
  readonly name: string;
  /** Fase_Automatica: the system enters it by itself. */
  readonly automatic: boolean;
  /** Active workers apt for it; null where nobody ever was. */
  readonly apt: number | null;
}

export interface ProductData {
  readonly id: number;
  readonly name: string | null;
  /** Phase types of its standard route, in sequence. */
  readonly route: readonly number[];
}

/** What is known of each order beside the history's entry of the same index. */
export interface OrderData {
  readonly ofId: number;
  readonly product: number | null;
  /** Beginning of the due day, wall-clock seconds; null: none. */
  readonly due: number | null;
  /** Closed at the end of the data: finished, or in a terminal phase. */
  readonly closed: boolean;
}

/** Everything a model is made from; survives structured clone. */
export interface FactoryData {
  /** The orders that lived in the years looked at; times are wall-clock seconds. */
  readonly history: History;
  readonly orders: readonly OrderData[];
  readonly phaseTypes: readonly PhaseTypeData[];
  readonly products: readonly ProductData[];
  /** Right after the last recorded event, wall-clock seconds. */
  readonly end: number;
  /** An order without an event for this long is not looked at. */
  readonly dormantSeconds: number;
}
