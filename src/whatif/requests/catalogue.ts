import { familyOf } from '@libs/forecast';
import type { FactoryModel, PhaseModel, ProductModel } from '@libs/factory-model';
import { refuse } from './fields';

/** Looks up what requests name. */
export class Catalogue {
  private readonly phases: ReadonlyMap<string, PhaseModel>;
  private readonly productsById: ReadonlyMap<number, ProductModel>;

  constructor(readonly model: FactoryModel) {
    const phases = new Map<string, PhaseModel>();
    // Names first: an id that is another one's name stays an id.
    for (const phase of model.phases) phases.set(phase.name.toLowerCase(), phase);
    for (const phase of model.phases) phases.set(String(phase.id), phase);
    this.phases = phases;
    this.productsById = new Map(model.products.map((product) => [product.id, product]));
  }

  /** A phase type by id or exact name. */
  phase(field: string, value: unknown): PhaseModel {
    const text = String(value).trim().toLowerCase();
    return this.phases.get(text) ?? refuse(field, value, `no such phase; the phases are ${this.phaseList()}`);
  }

  product(field: string, value: unknown): ProductModel {
    const text = String(value).trim();
    const byId = /^\d{1,15}$/.test(text) ? this.productsById.get(Number(text)) : undefined;
    const found = byId ?? this.model.products.find(({ name }) => name?.trim() === text);
    return found ?? refuse(field, value, 'it must be the id of a product, or its exact name');
  }

  hasFamily(family: string): boolean {
    return this.model.products.some(({ name }) => isOfFamily(name, family));
  }

  private phaseList(): string {
    const shown = this.model.phases.filter(({ free, basis }) => free !== null || basis !== 'NO_EXECUTIONS');
    return (shown.length > 0 ? shown : this.model.phases).map(({ id, name }) => `${id} (${name})`).join(', ');
  }
}

/** Whether a product's name puts it into a family: the first two words, as the ETA has it. */
export function isOfFamily(name: string | null, family: string): boolean {
  const own = name === null ? undefined : familyOf(name)?.family;
  return own?.toLowerCase() === family.trim().toLowerCase();
}
