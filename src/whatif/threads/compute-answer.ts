import {
  type Answer,
  compareRuns,
  type FactoryModel,
  planOf,
  replicate,
  type ReplicatedFigures,
  type Scenario,
  type Simulated,
} from '@libs/factory-model';
import { simulate } from '@libs/simulation';
import { factoryZone } from '@libs/factory-time';
import type { NormalRequest } from '../requests/normal-request';
import { baselineOf, scenarioOf, selectedOrders } from '../requests/to-scenario';

/** What a request comes to, without what names it. */
export type ComputedAnswer = Answer & { replications?: ReplicatedFigures; warnings: string[] };

/** Answers requests about one model; the baseline is simulated once for all that have the same one. */
export class Answers {
  private readonly baselines = new Map<string, Simulated>();

  constructor(
    private readonly model: FactoryModel,
    private readonly factoryTz: string,
  ) {}

  answer(request: NormalRequest): ComputedAnswer {
    const { model } = this;
    const zone = factoryZone(this.factoryTz);
    const baseline = this.baseline(baselineOf(request));
    const scenario = simulated(model, scenarioOf(model, request));
    const jobs = selectedOrders(model, request.order_filter);
    if (request.order_filter === null) {
      baseline.plan.orders.forEach(({ kind }, job) => {
        if (kind === 'ARRIVAL') jobs.push(job);
      });
    }
    const answer = compareRuns(model, baseline, scenario, jobs, (wall) => zone.toInstant(wall));
    const { stochastic, seed } = request;
    const warnings = [...request.warnings];
    if (jobs.length === 0) warnings.push('No order is active: there is nothing to simulate.');
    if (answer.orders_with_due === 0) warnings.push('None of the orders has a due date: otd_pct is 0.');
    if (stochastic === null) return { ...answer, warnings };
    const options = { ...stochastic, seed, halfWidthHours: stochastic.half_width_h };
    const replications = replicate(model, baseline, scenario, jobs, options, (wall) => zone.toInstant(wall));
    return { ...answer, replications, warnings };
  }

  private baseline(scenario: Scenario): Simulated {
    const key = JSON.stringify(scenario.arrivals);
    let baseline = this.baselines.get(key);
    if (baseline === undefined) {
      baseline = simulated(this.model, scenario);
      // One without arrivals, and the last one with: what is asked again and again.
      if (scenario.arrivals !== null) this.baselines.clear();
      this.baselines.set(key, baseline);
    }
    return baseline;
  }
}

function simulated(model: FactoryModel, scenario: Scenario): Simulated {
  const plan = planOf(model, scenario);
  return { scenario, plan, run: simulate(plan.instance, { rule: scenario.rule, seed: scenario.ruleSeed }) };
}
