import type { FactoryModel } from '@libs/factory-model';
import type { Catalogue } from '../requests/catalogue';
import { type Fields, isGiven, listOf, numberOf, objectOf, refuse } from '../requests/fields';
import { normalise, ruleOf } from '../requests/normalise';
import type { NormalRequest } from '../requests/normal-request';

/** Scenarios that one sweep may have. */
export const MOST_POINTS = 1000;

/** What tells a point from the others. */
export interface PointLabel {
  priority_rule: string;
  fase_id?: number;
  fase_nome?: string;
  /** Servers in the base scenario, and more than those. */
  capacity?: number;
  extra_capacity?: number;
}

export interface SweepPoint {
  readonly label: PointLabel;
  readonly request: NormalRequest;
}

/**
 * The scenarios of a sweep: each of `steps` more servers at each of `phases` (default one more at every phase that needs
 * capacity and has work), under each of `rules` (default that of `base`). With rules and no phases: the rules alone.
 *
 * @throws InvalidRequestError naming what is wrong, also where it comes to more than 1000 scenarios
 */
export function sweepPoints(body: unknown, catalogue: Catalogue): SweepPoint[] {
  const fields = objectOf('the body', body);
  // As they are given: who lists a million scenarios is told so, also where most of them are the same.
  const given = [fields['phases'], fields['steps'] ?? fields['capacity_steps'], fields['rules']];
  refuseBeyondMost(given.reduce((product: number, list) => product * Math.max(1, listOf(list).length), 1));
  const base = normalise('simulate', fields['base'], catalogue);
  const givenRules = listOf(fields['rules']);
  const rules =
    givenRules.length === 0 ? [base.priority_rule] : unique(givenRules.map((rule) => ruleOf('rules', rule)));
  const steps = stepsOf(fields);
  const phases = phasesOf(fields, catalogue, givenRules.length > 0);
  refuseBeyondMost(rules.length * Math.max(1, phases.length * steps.length));
  return rules.flatMap((rule): SweepPoint[] => {
    const request = { ...base, priority_rule: rule };
    if (phases.length === 0) return [{ label: { priority_rule: rule }, request }];
    return phases.flatMap(({ id, name, capacity: seen }) => {
      const own = base.capacity.find(({ fase_id }) => fase_id === id);
      const capacity = own?.n_funcionarios ?? seen;
      return steps.map((extra) => ({
        label: { priority_rule: rule, fase_id: id, fase_nome: name, capacity, extra_capacity: extra },
        request: {
          ...request,
          capacity: [
            ...base.capacity.filter(({ fase_id }) => fase_id !== id),
            { ...own, fase_id: id, n_funcionarios: capacity + extra },
          ].sort((one, other) => one.fase_id - other.fase_id),
        },
      }));
    });
  });
}

function refuseBeyondMost(count: number): void {
  if (count > MOST_POINTS) {
    refuse('phases × steps × rules', `${count} scenarios`, `they may come to at most ${MOST_POINTS}`);
  }
}

function stepsOf(fields: Fields): number[] {
  const given = listOf(fields['steps'] ?? fields['capacity_steps']);
  const steps = given.map((step) => numberOf('steps', step, { from: 1, to: 100, whole: true }));
  return steps.length === 0 ? [1] : unique(steps).sort((one, other) => one - other);
}

function phasesOf(fields: Fields, catalogue: Catalogue, hasRules: boolean): FactoryModel['phases'] {
  const { phases: given } = fields;
  if (isGiven(given) && given !== 'all') {
    const list = listOf(given);
    return unique(list.map((phase) => catalogue.phase('phases', phase))).map((phase) =>
      phase.free === null ? phase : refuse('phases', phase.id, 'it must be a phase that needs capacity'),
    );
  }
  if (hasRules && given !== 'all') return [];
  const { model } = catalogue;
  const used = new Set(model.orders.flatMap(({ steps }) => steps.map(({ phase }) => phase)));
  return model.phases.filter((phase, position) => phase.free === null && used.has(position));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
