import type { Rule } from '@libs/simulation';

export const KINDS = ['simulate', 'vip', 'avaria'] as const;
export type Kind = (typeof KINDS)[number];

/** Which orders the figures are of; all conditions that are given must hold. */
export interface OrderFilter {
  readonly produtos?: readonly number[];
  readonly familias?: readonly string[];
  /** Phase types in which an order is, or which it still has to go through. */
  readonly fases?: readonly number[];
  readonly ids?: readonly number[];
  /** Days, inclusive. */
  readonly due_from?: string;
  readonly due_to?: string;
}

/**
 * A request with everything said once, in one order: names are ids, defaults are written out, lists are sorted. Two
 * requests that ask the same are the same JSON, and have the same hash.
 */
export interface NormalRequest {
  readonly kind: Kind;
  readonly priority_rule: Rule;
  readonly seed: number;
  readonly capacity: readonly { fase_id: number; n_funcionarios?: number; throughput_multiplier?: number }[];
  readonly coef: readonly { fase_id?: number; produto_id?: number; of_id?: number; factor: number }[];
  /** Days, 2025-12-24. */
  readonly closed_days: readonly string[];
  /** Wall-clock minutes, 2025-12-13T08:00. */
  readonly extra_shifts: readonly { from: string; to: string; fases?: readonly number[] }[];
  readonly outages: readonly { fase_id: number; from: string; to: string }[];
  readonly urgent: readonly { produto_id: number; quantidade: number; prazo?: string }[];
  readonly order_filter: OrderFilter | null;
  readonly arrivals_days: number;
  readonly stochastic: { replications: number; confidence: number; half_width_h: number } | null;
  readonly warnings: readonly string[];
}
