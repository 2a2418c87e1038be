import type { WeekCalendar } from './week-calendar';

/*
 * What a simulation of the factory starts from. Plain data: it survives JSON and structured clone, and the same history
 * gives the same bytes. Durations are whole seconds; moments are wall-clock seconds of the factory (as if its zone were
 * UTC), since calendars are.
 */

/** How far an estimate had to look for its 20 cases. NONE: there was no case at all. */
export const ESTIMATE_LEVELS = ['PRODUCT', 'FAMILY', 'PHASE', 'NONE'] as const;
export type EstimateLevel = (typeof ESTIMATE_LEVELS)[number];

/** How long a phase type takes in orders of a product, a family, or all. */
export interface Estimate {
  readonly level: EstimateLevel;
  /** Executions with a length. */
  readonly cases: number;
  /** Share of executions without a length (markers), 0..1. */
  readonly markerShare: number;
  /** Median length: work in the calendar, or elapsed time where the phase needs no capacity. 0 where most are markers. */
  readonly median: number;
  /** The 5 %, 15 %, … 95 % quantiles of the executions with a length. */
  readonly deciles: readonly number[];
  /** Median of the time between the end of what came before and the start, worked. */
  readonly wait: number;
}

/**
 * Why a phase type needs no capacity. AUTOMATIC: the system enters it by itself (Fase_Automatica). WAITING: nobody is apt
 * for it, though it is known who is apt for others, and it usually lasts a day or longer: pieces cure, or are stored.
 */
export const FREE_REASONS = ['AUTOMATIC', 'WAITING'] as const;
export type FreeReason = (typeof FREE_REASONS)[number];

/** Where a capacity comes from. */
export const CAPACITY_BASES = ['RECENT_WINDOW', 'YEAR', 'APT_WORKERS', 'NO_EXECUTIONS'] as const;
export type CapacityBasis = (typeof CAPACITY_BASES)[number];

/** How many ran at once in a window of the past. */
export interface CapacityWindow {
  /** The window lies from this many days before the moment of the model to `daysBefore - days`. */
  readonly daysBefore: number;
  readonly days: number;
  readonly executions: number;
  /** 90th percentile and mean of how many ran at once, over working hours. */
  readonly p90: number;
  readonly mean: number;
}

export interface PhaseModel {
  readonly id: number;
  readonly name: string;
  /** null: it needs capacity. */
  readonly free: FreeReason | null;
  /** Ends after the finish of the order in most cases: no part of a simulation. */
  readonly afterFinish: boolean;
  /** Servers; of a phase type that needs none, 0. */
  readonly capacity: number;
  readonly basis: CapacityBasis;
  /** Active workers apt for it; null where that is not known. */
  readonly apt: number | null;
  readonly windows: readonly CapacityWindow[];
}

/** A phase that an order still has to go through. */
export interface StepModel {
  /** Position in phases. */
  readonly phase: number;
  /** Position in estimates. */
  readonly estimate: number;
}

/** RELEASE: no work has started. QUEUE: between two phases. PROCESS: its first step is being worked at. */
export const ORDER_STANDINGS = ['RELEASE', 'QUEUE', 'PROCESS'] as const;
export type OrderStanding = (typeof ORDER_STANDINGS)[number];

export interface OrderModel {
  readonly ofId: number;
  /** null: not known. */
  readonly product: number | null;
  readonly created: number;
  /** Beginning of the due day; null: none. */
  readonly due: number | null;
  readonly standing: OrderStanding;
  /** Since when it stands there: the creation, the end of the last phase, the start of the one in process. */
  readonly since: number;
  readonly steps: readonly StepModel[];
  /** In process: the median of what is left, given how long it has lasted. */
  readonly remaining: number;
  /** Time to the finish from now, worked: the 5 %, 15 %, … 95 % quantiles of what comparable orders took from there. */
  readonly deciles: readonly number[];
  /** The one of these times, or between them, that the deterministic run takes: see spread.ts. */
  readonly expected: number;
}

export interface ProductModel {
  readonly id: number;
  readonly name: string | null;
  /** Steps of its standard route, without what comes after the finish; empty: it has none. */
  readonly route: readonly StepModel[];
  /** Total worked time of a new order, creation to finish: 5 %, 15 %, … 95 %. Empty: not known. */
  readonly deciles: readonly number[];
}

/** Orders as they came in: what future arrivals are drawn from. */
export interface ArrivalMix {
  /** Orders created in the window and its length in days. */
  readonly orders: number;
  readonly days: number;
  /** Their products, in order of creation; those without a route are left out. */
  readonly products: readonly number[];
}

export interface FactoryModel {
  /** The moment of the model. */
  readonly start: number;
  readonly calendar: WeekCalendar;
  readonly phases: readonly PhaseModel[];
  readonly estimates: readonly Estimate[];
  /** Worked time between the end of the last phase and the finish: median. */
  readonly finishWait: number;
  /** By (creation, id). */
  readonly orders: readonly OrderModel[];
  readonly products: readonly ProductModel[];
  readonly arrivals: ArrivalMix;
  /** Active orders that cannot be simulated: nothing is known of their route, or the past has nothing like them. */
  readonly leftOut: number;
}
