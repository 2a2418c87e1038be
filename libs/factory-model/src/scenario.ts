import type { Rule } from '@libs/simulation';
import type { OpenInterval } from './week-calendar';

/** How many of what works at a phase type, and how fast. */
export interface CapacityChange {
  /** Position in the model's phases. */
  readonly phase: number;
  /** Servers in all; not capped by the workers apt for it. */
  readonly servers?: number;
  /** Times the throughput: of the servers where that is whole, the rest by their speed. */
  readonly multiplier?: number;
}

/** Multiplies the durations of what it names; parts that are left out mean all. */
export interface DurationChange {
  readonly phase?: number;
  readonly product?: number;
  readonly ofId?: number;
  readonly factor: number;
}

/** Hours worked beside the usual week; without phases, everywhere. */
export interface ExtraShift {
  readonly interval: OpenInterval;
  readonly phases?: readonly number[];
}

/** A phase type of which nothing works in the meantime. */
export interface Outage {
  readonly phase: number;
  readonly interval: OpenInterval;
}

/** Orders that are not there yet and go before all others: as many as there are pieces. */
export interface UrgentOrder {
  readonly product: number;
  readonly quantity: number;
  /** Beginning of the due day; null: none. */
  readonly due: number | null;
}

/** Orders to come: the products of the recent past, at its pace, for so many days. */
export interface FutureArrivals {
  readonly days: number;
  readonly seed: number;
}

/** What is done differently. Positions are those of one model; moments wall-clock seconds. */
export interface Scenario {
  readonly rule: Rule;
  /** For the rule RANDOM. */
  readonly ruleSeed: number;
  readonly capacity: readonly CapacityChange[];
  readonly durations: readonly DurationChange[];
  readonly closed: readonly OpenInterval[];
  readonly extraShifts: readonly ExtraShift[];
  readonly outages: readonly Outage[];
  readonly urgent: readonly UrgentOrder[];
  readonly arrivals: FutureArrivals | null;
}

/** The factory as it works today: first come, first served, nothing changed. */
export const BASELINE: Scenario = {
  rule: 'FIFO',
  ruleSeed: 0,
  capacity: [],
  durations: [],
  closed: [],
  extraShifts: [],
  outages: [],
  urgent: [],
  arrivals: null,
};

/** Servers and speed of a phase type of which `capacity` servers were seen. */
export function serversOf(capacity: number, changes: readonly CapacityChange[]): { servers: number; speed: number } {
  let servers = capacity;
  let speed = 1;
  for (const change of changes) {
    if (change.servers !== undefined) servers = change.servers;
    if (change.multiplier === undefined) continue;
    const target = servers * change.multiplier;
    // 2 · 1.5 is three servers, 3 · 1.5 four that work by an eighth faster, 1 · 0.5 one at half speed.
    servers = Math.max(1, Math.floor(target + 1e-9));
    speed = (speed * target) / servers;
  }
  return { servers, speed };
}
