import { int32At, int64At } from '../published/figures/packed';

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

/** Orders of all products that are put to those of a product, so that few orders do not say much (definitions: quality risk). */
const SHRINKAGE = 20;

const PRODUCT_BYTES = 12;
const CULPRIT_BYTES = 12;
const PAIR_BYTES = 28;

/**
 * The risks of what was counted, the likeliest first: those of quality_risk_of for the same orders, to the last digit.
 *
 * @param produto, culpada of these alone; undefined: of all. The rate of a phase type is that of all products either way.
 */
export function risksOf(
  counts: readonly RiskCounts[],
  { produto, culpada }: { produto?: number; culpada?: number },
): Risk[] {
  let all = 0;
  const ordersOf = new Map<number, number>();
  const withErrorsOf = new Map<number, number>();
  const pairs = new Map<number, Map<number, Risk>>();
  for (const { orders, products, culprits, pairs: bytes } of counts) {
    all += orders;
    for (let at = 0; at < products.length; at += PRODUCT_BYTES) add(ordersOf, products, at);
    for (let at = 0; at < culprits.length; at += CULPRIT_BYTES) add(withErrorsOf, culprits, at);
    for (let at = 0; at < bytes.length; at += PAIR_BYTES) addPair(pairs, bytes, at);
  }
  const risks: Risk[] = [];
  for (const [product, byPhase] of pairs) {
    if (produto !== undefined && product !== produto) continue;
    const orders = ordersOf.get(product) ?? 0;
    for (const risk of byPhase.values()) {
      if (culpada !== undefined && risk.fase_culpada_id !== culpada) continue;
      const rate = (withErrorsOf.get(risk.fase_culpada_id) ?? 0) / all;
      risk.orders = orders;
      risk.risk_score = (risk.orders_with_errors + SHRINKAGE * rate) / (orders + SHRINKAGE);
      risks.push(risk);
    }
  }
  return risks.sort(
    (a, b) => b.risk_score - a.risk_score || a.produto_id - b.produto_id || a.fase_culpada_id - b.fase_culpada_id,
  );
}

function add(sums: Map<number, number>, bytes: Buffer, at: number): void {
  const id = int64At(bytes, at);
  sums.set(id, (sums.get(id) ?? 0) + int32At(bytes, at + 8));
}

function addPair(pairs: Map<number, Map<number, Risk>>, bytes: Buffer, at: number): void {
  const produto_id = int64At(bytes, at);
  const fase_culpada_id = int64At(bytes, at + 8);
  let byPhase = pairs.get(produto_id);
  if (byPhase === undefined) pairs.set(produto_id, (byPhase = new Map<number, Risk>()));
  let risk = byPhase.get(fase_culpada_id);
  if (risk === undefined) {
    risk = {
      produto_id,
      fase_culpada_id,
      orders: 0,
      orders_with_errors: 0,
      errors: 0,
      gravidade_total: 0,
      risk_score: 0,
    };
    byPhase.set(fase_culpada_id, risk);
  }
  risk.orders_with_errors += int32At(bytes, at + 16);
  risk.errors += int32At(bytes, at + 20);
  risk.gravidade_total += int32At(bytes, at + 24);
}
