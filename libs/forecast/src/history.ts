/**
 * What the factory did, order by order, in flat arrays: a backtest walks it hundreds of times. Times are seconds since
 * 1970; NaN is no time. Phases of an order stand in the order of its route, from firstPhase[order] to
 * firstPhase[order + 1].
 */
export interface History {
  readonly created: Float64Array;
  readonly finished: Float64Array;
  /** Codes that say which orders are of one product, one family, one line; -1 is unknown and equals nothing. */
  readonly product: Int32Array;
  readonly family: Int32Array;
  readonly line: Int32Array;
  readonly firstPhase: Int32Array;
  readonly phaseType: Int32Array;
  readonly phaseStart: Float64Array;
  readonly phaseEnd: Float64Array;
  /** 1 for a return (rework). */
  readonly phaseReturn: Uint8Array;
  /** 1 for a phase that the system enters by itself (Fase_Automatica): a state such as a queue, no work. */
  readonly phaseAutomatic: Uint8Array;
}

/** Where an order stood at a moment, from what had been recorded before it. */
export interface Position {
  /** Type of the last phase of the route at which work had started, NOT_STARTED when there is none. */
  readonly phase: number;
  /** Index of that phase in the history, -1 when none had started. */
  readonly phaseIndex: number;
  /** The latest event recorded before the moment, seconds since 1970; at least the creation. */
  readonly lastEvent: number;
}

/** The phase of an order of which nothing has started; no phase type has this number. */
export const NOT_STARTED = -1;

/** One order of a history as it is put together. */
export interface HistoryOrder {
  created: number;
  /** undefined: not finished. */
  finished?: number;
  /** undefined: not known. */
  product?: number;
  /** Name of the product, from which family and line are read. */
  productName?: string;
  /** In the order of the route. */
  phases: readonly { type: number; start?: number; end?: number; isReturn?: boolean; isAutomatic?: boolean }[];
}

/**
 * Family and line of a product, from its name: the first two words ("K1 Vanquish" of "K1 Vanquish Cinco L SCS"), and
 * the first ("K1"). The words after them are hull, size and lay-up.
 */
export function familyOf(productName: string): { family: string; line: string } | undefined {
  const [line, second] = productName.trim().split(/\s+/);
  if (line === '') return undefined;
  return { family: second === undefined ? line : `${line} ${second}`, line };
}

/** A history of orders in the order given; an order keeps its place as its index. */
export function historyOf(orders: readonly HistoryOrder[]): History {
  const phases = orders.reduce((sum, order) => sum + order.phases.length, 0);
  const history: History = {
    created: new Float64Array(orders.length),
    finished: new Float64Array(orders.length),
    product: new Int32Array(orders.length).fill(-1),
    family: new Int32Array(orders.length).fill(-1),
    line: new Int32Array(orders.length).fill(-1),
    firstPhase: new Int32Array(orders.length + 1),
    phaseType: new Int32Array(phases),
    phaseStart: new Float64Array(phases),
    phaseEnd: new Float64Array(phases),
    phaseReturn: new Uint8Array(phases),
    phaseAutomatic: new Uint8Array(phases),
  };
  const product = coder();
  const family = coder();
  const line = coder();
  let next = 0;
  orders.forEach((order, index) => {
    history.created[index] = order.created;
    history.finished[index] = order.finished ?? NaN;
    if (order.product !== undefined) history.product[index] = product(String(order.product));
    const names = order.productName === undefined ? undefined : familyOf(order.productName);
    if (names !== undefined) {
      history.family[index] = family(names.family);
      history.line[index] = line(names.line);
    }
    for (const phase of order.phases) {
      history.phaseType[next] = phase.type;
      history.phaseStart[next] = phase.start ?? NaN;
      history.phaseEnd[next] = phase.end ?? NaN;
      history.phaseReturn[next] = Number(phase.isReturn === true);
      history.phaseAutomatic[next] = Number(phase.isAutomatic === true);
      next++;
    }
    history.firstPhase[index + 1] = next;
  });
  return history;
}

/** Numbers names by first appearance. */
function coder(): (name: string) => number {
  const codes = new Map<string, number>();
  return (name) => {
    const known = codes.get(name);
    if (known !== undefined) return known;
    codes.set(name, codes.size);
    return codes.size - 1;
  };
}

/**
 * Where an order stood at `moment`, seeing only events before it; undefined when it was not active then: not created
 * yet, finished, or without an event in the `dormantSeconds` before.
 */
export function positionAt(
  history: History,
  order: number,
  moment: number,
  dormantSeconds: number,
): Position | undefined {
  const created = history.created[order];
  if (created >= moment || history.finished[order] < moment) return undefined;
  let lastEvent = created;
  let phaseIndex = -1;
  for (let index = history.firstPhase[order]; index < history.firstPhase[order + 1]; index++) {
    const start = history.phaseStart[index];
    const end = history.phaseEnd[index];
    const started = start < moment;
    const ended = end < moment;
    if (started && start > lastEvent) lastEvent = start;
    if (ended && end > lastEvent) lastEvent = end;
    if ((started || (ended && Number.isNaN(start))) && history.phaseAutomatic[index] === 0) phaseIndex = index;
  }
  if (lastEvent < moment - dormantSeconds) return undefined;
  return { phase: phaseIndex === -1 ? NOT_STARTED : history.phaseType[phaseIndex], phaseIndex, lastEvent };
}
