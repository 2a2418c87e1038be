import { int32At, int64At } from '../published/figures/packed';
import { KeyedSums } from './keyed-sums';

/** What risks are computed from, as analytics.risk_month has it of the orders created in a month or a part of one. */
export interface RiskCounts {
  orders: number;
  products: Buffer;
  culprits: Buffer;
  pairs: Buffer;
}

/** The risk of a product to have an error of a phase type. */
export interface Risk {
  produto_id: number;
  fase_culpada_id: number;
  orders: number;
  orders_with_errors: number;
  errors: number;
  gravidade_total: number;
  risk_score: number;
}

/** Which risks are wanted: of one product or phase type, or of all, and the likeliest so many. */
export interface RiskChoice {
  produto?: number;
  culpada?: number;
  limit: number;
}

/** Orders of all products that are put to those of a product, so that few orders do not say much (definitions: quality risk). */
const SHRINKAGE = 20;

const PRODUCT_BYTES = 12;
const CULPRIT_BYTES = 12;
const PAIR_BYTES = 28;

/** Scores from 0 to 1 are told apart roughly before the highest of them are put in order. */
const BINS = 1024;

// The same memory for every answer: none lets another begin before it is done with it.
const ordersOf = new KeyedSums(1);
const withErrorsOf = new KeyedSums(1);
const pairs = new KeyedSums(3);
const WITH_ERRORS = 0;
const ERRORS = 1;
const GRAVIDADE = 2;

/**
 * The likeliest risks of what was counted, the likeliest first, those of quality_risk_of for the same orders to the last
 * digit; and how many there are without the limit. The rate of a phase type is that of all products, whatever is chosen.
 */
export function likeliestRisks(counts: readonly RiskCounts[], choice: RiskChoice): { risks: Risk[]; total: number } {
  const all = count(counts);
  const { chosen, scores } = score(all, choice);
  const best = highest(scores, choice.limit).map((place) => toRisk(chosen[place], scores[place]));
  best.sort(
    (a, b) => b.risk_score - a.risk_score || a.produto_id - b.produto_id || a.fase_culpada_id - b.fase_culpada_id,
  );
  return { risks: best.slice(0, choice.limit), total: chosen.length };
}

/** Sums what was counted. @returns the number of orders */
function count(counts: readonly RiskCounts[]): number {
  const entries = (of: (count: RiskCounts) => Buffer, bytes: number): number =>
    counts.reduce((sum, each) => sum + of(each).length / bytes, 0);
  ordersOf.reset(entries(({ products }) => products, PRODUCT_BYTES));
  withErrorsOf.reset(entries(({ culprits }) => culprits, CULPRIT_BYTES));
  pairs.reset(entries(({ pairs: bytes }) => bytes, PAIR_BYTES));
  let all = 0;
  for (const { orders, products, culprits, pairs: bytes } of counts) {
    all += orders;
    for (let at = 0; at < products.length; at += PRODUCT_BYTES) addTo(ordersOf, products, at);
    for (let at = 0; at < culprits.length; at += CULPRIT_BYTES) addTo(withErrorsOf, culprits, at);
    for (let at = 0; at < bytes.length; at += PAIR_BYTES) {
      const key = pairs.at(int64At(bytes, at), int64At(bytes, at + 8));
      pairs.add(key, WITH_ERRORS, int32At(bytes, at + 16));
      pairs.add(key, ERRORS, int32At(bytes, at + 20));
      pairs.add(key, GRAVIDADE, int32At(bytes, at + 24));
    }
  }
  return all;
}

function addTo(sums: KeyedSums, bytes: Buffer, at: number): void {
  sums.add(sums.at(int64At(bytes, at), 0), 0, int32At(bytes, at + 8));
}

/** The pairs that are wanted, by their keys, with their scores. */
function score(all: number, { produto, culpada }: RiskChoice): { chosen: number[]; scores: Float64Array } {
  const chosen: number[] = [];
  const scores = new Float64Array(pairs.size);
  for (let key = 0; key < pairs.size; key += 1) {
    if (produto !== undefined && pairs.oneOf(key) !== produto) continue;
    if (culpada !== undefined && pairs.otherOf(key) !== culpada) continue;
    const rate = withErrorsOf.sumOf(pairs.otherOf(key), 0, 0) / all;
    const orders = ordersOf.sumOf(pairs.oneOf(key), 0, 0);
    scores[chosen.length] = (pairs.sum(key, WITH_ERRORS) + SHRINKAGE * rate) / (orders + SHRINKAGE);
    chosen.push(key);
  }
  return { chosen, scores: scores.subarray(0, chosen.length) };
}

/** The places of the highest so many scores, and of those that are about as high as the last of them; in no order. */
function highest(scores: Float64Array, limit: number): number[] {
  const binOf = (value: number): number => Math.min(BINS - 1, Math.floor(value * BINS));
  const counts = new Uint32Array(BINS);
  for (const value of scores) counts[binOf(value)] += 1;
  let least = BINS;
  for (let found = 0; least > 0 && found < limit; found += counts[least]) least -= 1;
  const places: number[] = [];
  for (let place = 0; place < scores.length; place += 1) if (binOf(scores[place]) >= least) places.push(place);
  return places;
}

function toRisk(key: number, risk_score: number): Risk {
  return {
    produto_id: pairs.oneOf(key),
    fase_culpada_id: pairs.otherOf(key),
    orders: ordersOf.sumOf(pairs.oneOf(key), 0, 0),
    orders_with_errors: pairs.sum(key, WITH_ERRORS),
    errors: pairs.sum(key, ERRORS),
    gravidade_total: pairs.sum(key, GRAVIDADE),
    risk_score,
  };
}
