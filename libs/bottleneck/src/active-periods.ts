/** One execution of a phase type, from start to end; any unit, half open. */
export interface Execution {
  faseId: number;
  start: number;
  end: number;
}

/** A phase type's part in the bottleneck over a window; shares are of the whole window, 0..1. */
export interface ActivePeriodShare {
  faseId: number;
  /** Executions that reach into the window. */
  executions: number;
  /** At least one execution was going on. */
  activeShare: number;
  /** It alone was the bottleneck. */
  soleShare: number;
  /** The bottleneck was passing to it or from it; counted for both. */
  shiftingShare: number;
}

interface Period {
  faseId: number;
  start: number;
  end: number;
}

/**
 * The active-period method of Roser, Nakano and Tanaka: at any moment the bottleneck is the phase type that has been,
 * and goes on being, active for longest without a break. When that period ends, the longest one then going on takes
 * over; while the two overlap the bottleneck is shifting, else one of them is it alone.
 *
 * @returns every phase type with an execution in [from, to), the greatest sole + shifting share first
 */
export function activePeriods(executions: readonly Execution[], from: number, to: number): ActivePeriodShare[] {
  const size = to - from;
  const clipped = executions
    .map(({ faseId, start, end }) => ({ faseId, start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => start < end);
  if (clipped.length === 0) return [];
  const periods = mergeTouching(clipped);
  const shares = new Map<number, ActivePeriodShare>();
  for (const { faseId } of clipped) {
    const share = shares.get(faseId);
    if (share) share.executions += 1;
    else shares.set(faseId, { faseId, executions: 1, activeShare: 0, soleShare: 0, shiftingShare: 0 });
  }
  const seconds = new Map<number, { active: number; sole: number; shifting: number }>();
  for (const faseId of shares.keys()) seconds.set(faseId, { active: 0, sole: 0, shifting: 0 });
  for (const { faseId, start, end } of periods) seconds.get(faseId)!.active += end - start;
  addShares(bottleneckChain(periods), seconds);
  for (const [faseId, { active, sole, shifting }] of seconds) {
    const share = shares.get(faseId)!;
    share.activeShare = active / size;
    share.soleShare = sole / size;
    share.shiftingShare = shifting / size;
  }
  return [...shares.values()].sort(
    (a, b) =>
      b.soleShare + b.shiftingShare - (a.soleShare + a.shiftingShare) ||
      b.activeShare - a.activeShare ||
      a.faseId - b.faseId,
  );
}

/** Executions of one phase type that overlap or touch become one period. */
function mergeTouching(executions: readonly Execution[]): Period[] {
  const sorted = [...executions].sort((a, b) => a.faseId - b.faseId || a.start - b.start);
  const periods: Period[] = [];
  for (const { faseId, start, end } of sorted) {
    const last = periods.at(-1);
    if (last !== undefined && last.faseId === faseId && start <= last.end) last.end = Math.max(last.end, end);
    else periods.push({ faseId, start, end });
  }
  return periods;
}

/** The periods that were the bottleneck one after another. */
function bottleneckChain(periods: readonly Period[]): Period[] {
  const byStart = [...periods].sort((a, b) => a.start - b.start || a.faseId - b.faseId);
  const chain: Period[] = [];
  const going: Period[] = [];
  let next = 0;
  let at = byStart[0].start;
  for (;;) {
    while (next < byStart.length && byStart[next].start <= at) going.push(byStart[next++]);
    const alive = going.filter((period) => period.end > at);
    going.splice(0, going.length, ...alive);
    if (alive.length > 0) {
      // They stand in the order in which they began, then of their ids, and of equally long ones the first stays.
      const longest = alive.reduce((best, period) => (lengthOf(period) > lengthOf(best) ? period : best));
      chain.push(longest);
      at = longest.end;
    } else if (next < byStart.length) at = byStart[next].start;
    else return chain;
  }
}

function lengthOf({ start, end }: Period): number {
  return end - start;
}

/** Time covered by one period of the chain is that one's alone; by several, shifting for each. */
function addShares(chain: readonly Period[], seconds: ReadonlyMap<number, { sole: number; shifting: number }>): void {
  const edges = [...new Set(chain.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  for (const [position, start] of edges.slice(0, -1).entries()) {
    const length = edges[position + 1] - start;
    const covering = new Set(chain.filter((one) => one.start <= start && start < one.end).map(({ faseId }) => faseId));
    for (const faseId of covering) {
      if (covering.size === 1) seconds.get(faseId)!.sole += length;
      else seconds.get(faseId)!.shifting += length;
    }
  }
}
