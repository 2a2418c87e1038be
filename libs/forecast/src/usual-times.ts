import { median } from './backtest';
import type { History } from './history';

/** Cases from which a usual time is taken; fewer, and the next wider group is asked. */
export const USUAL_MINIMUM_CASES = 20;

/** Stands for the wait before the first phase, beside the phase types. */
export const BEFORE_START = -1;

/**
 * Usual times by product and phase type, backing off to family and phase type, then phase type, where there are fewer
 * than 20 cases; all in seconds.
 */
export class UsualTimes {
  private readonly values = new Map<string, number[]>();
  private readonly medians = new Map<string, number>();

  constructor(private readonly history: History) {}

  add(order: number, phaseType: number, seconds: number): void {
    for (const key of this.keys(order, phaseType)) {
      const known = this.values.get(key);
      if (known === undefined) this.values.set(key, [seconds]);
      else known.push(seconds);
    }
  }

  /** The median of the narrowest group with enough cases, else of the phase type; undefined without any case. */
  usual(order: number, phaseType: number): number | undefined {
    const keys = this.keys(order, phaseType);
    for (const [position, key] of keys.entries()) {
      const values = this.values.get(key);
      if (values === undefined) continue;
      if (values.length < USUAL_MINIMUM_CASES && position < keys.length - 1) continue;
      let known = this.medians.get(key);
      if (known === undefined) this.medians.set(key, (known = median(values)));
      return known;
    }
    return undefined;
  }

  private keys(order: number, phaseType: number): string[] {
    const { product, family } = this.history;
    return [
      ...(product[order] >= 0 ? [`p${product[order]}/${phaseType}`] : []),
      ...(family[order] >= 0 ? [`f${family[order]}/${phaseType}`] : []),
      `${phaseType}`,
    ];
  }
}

/** How long things usually took in the orders that were finished: executions, and the steps between their ends. */
export interface Usual {
  /** Start to end of an execution that is no return, by type. */
  readonly executions: UsualTimes;
  /** End of the execution before to the end of one of this type; BEFORE_START: creation to the first start of work. */
  readonly steps: UsualTimes;
}

/**
 * Usual times from the orders finished before `moment`. Executions of length 0 (markers) and phases that were never
 * recorded, never closed or ended after the finish are no cases; returns neither.
 */
export function usualTimes(history: History, moment: number): Usual {
  const executions = new UsualTimes(history);
  const steps = new UsualTimes(history);
  for (let order = 0; order < history.created.length; order++) {
    const finished = history.finished[order];
    if (!(finished < moment)) continue;
    const done: number[] = [];
    let firstStart = Infinity;
    for (let index = history.firstPhase[order]; index < history.firstPhase[order + 1]; index++) {
      const start = history.phaseStart[index];
      const end = history.phaseEnd[index];
      const isAutomatic = history.phaseAutomatic[index] === 1;
      if (!isAutomatic && start < firstStart) firstStart = start;
      if (!(end <= finished)) continue;
      if (history.phaseReturn[index] === 1) continue;
      if (end > start) executions.add(order, history.phaseType[index], end - start);
      done.push(index);
    }
    if (firstStart !== Infinity && firstStart >= history.created[order]) {
      steps.add(order, BEFORE_START, firstStart - history.created[order]);
    }
    // Of those that ended at the same time, the one before in the route stays before.
    done.sort((one, other) => history.phaseEnd[one] - history.phaseEnd[other]);
    for (let place = 1; place < done.length; place++) {
      const before = done[place - 1];
      steps.add(order, history.phaseType[done[place]], history.phaseEnd[done[place]] - history.phaseEnd[before]);
    }
  }
  return { executions, steps };
}
