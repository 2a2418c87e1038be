import { BASELINE, type FactoryModel, type OrderModel, type Scenario } from '@libs/factory-model';
import { isOfFamily } from './catalogue';
import type { NormalRequest, OrderFilter } from './normal-request';

const DAY = 86_400;

/** What a request changes, in the positions of a model. */
export function scenarioOf(model: FactoryModel, request: NormalRequest): Scenario {
  const phase = positions(model);
  return {
    rule: request.priority_rule,
    ruleSeed: request.seed,
    capacity: request.capacity.map(({ fase_id, n_funcionarios: servers, throughput_multiplier: multiplier }) => ({
      phase: phase(fase_id),
      ...(servers === undefined ? {} : { servers }),
      ...(multiplier === undefined ? {} : { multiplier }),
    })),
    durations: request.coef.map(({ fase_id, produto_id, of_id, factor }) => ({
      ...(fase_id === undefined ? {} : { phase: phase(fase_id) }),
      ...(produto_id === undefined ? {} : { product: produto_id }),
      ...(of_id === undefined ? {} : { ofId: of_id }),
      factor,
    })),
    closed: request.closed_days.map((day) => ({ from: wall(day), until: wall(day) + DAY })),
    extraShifts: request.extra_shifts.map(({ from, to, fases }) => ({
      interval: { from: wall(from), until: wall(to) },
      ...(fases === undefined ? {} : { phases: fases.map(phase) }),
    })),
    outages: request.outages.map(({ fase_id, from, to }) => ({
      phase: phase(fase_id),
      interval: { from: wall(from), until: wall(to) },
    })),
    urgent: request.urgent.map(({ produto_id, quantidade, prazo }) => ({
      product: produto_id,
      quantity: quantidade,
      due: prazo === undefined ? null : wall(prazo),
    })),
    arrivals: arrivalsOf(request),
  };
}

/** The same orders, worked as today. */
export function baselineOf(request: NormalRequest): Scenario {
  return { ...BASELINE, arrivals: arrivalsOf(request) };
}

function arrivalsOf({ arrivals_days: days, seed }: NormalRequest): Scenario['arrivals'] {
  return days === 0 ? null : { days, seed };
}

/** Positions of the orders that the figures are of. */
export function selectedOrders(model: FactoryModel, filter: OrderFilter | null): number[] {
  const all = [...model.orders.keys()];
  if (filter === null) return all;
  const names = new Map(model.products.map(({ id, name }) => [id, name]));
  const { produtos, familias, fases, ids, due_from, due_to } = filter;
  const conditions: ((order: OrderModel) => boolean)[] = [
    ...(produtos ? [({ product }: OrderModel) => product !== null && produtos.includes(product)] : []),
    ...(familias
      ? [
          ({ product }: OrderModel) =>
            product !== null && familias.some((family) => isOfFamily(names.get(product) ?? null, family)),
        ]
      : []),
    ...(fases ? [({ steps }: OrderModel) => steps.some((step) => fases.includes(model.phases[step.phase].id))] : []),
    ...(ids ? [({ ofId }: OrderModel) => ids.includes(ofId)] : []),
    ...(due_from ? [({ due }: OrderModel) => due !== null && due >= wall(due_from)] : []),
    ...(due_to ? [({ due }: OrderModel) => due !== null && due <= wall(due_to)] : []),
  ];
  return all.filter((position) => conditions.every((holds) => holds(model.orders[position])));
}

function positions(model: FactoryModel): (faseId: number) => number {
  const known = new Map(model.phases.map(({ id }, position) => [id, position]));
  return (faseId) => known.get(faseId)!;
}

/** Wall-clock seconds of a local day or minute. */
function wall(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`) / 1000;
}
