import { familyOf } from '@libs/forecast';
import { type FeatureSet, FEATURES_OF, ORDER_FEATURES, type OrderView, rowOf } from '@libs/learning';
import { InvalidRequestError, NotFoundError } from '../../common/domain-error';
import type { KnownPast } from './known-past';

/** What a prediction is asked for: an order, a product, a family or features, in this order. */
export interface Question {
  readonly order?: string;
  readonly product?: number;
  readonly family?: string;
  /** The transport date, seconds since 1970. */
  readonly due?: number;
  readonly featureSet?: FeatureSet;
  /** Values by name that replace those of the factory as it is. */
  readonly features?: Readonly<Record<string, number>>;
}

/** A question as models and baselines take it. */
export interface Asked {
  readonly featureSet: FeatureSet;
  /** All features, in the order of ORDER_FEATURES. */
  readonly values: Float64Array;
  /** The row of an order that exists. */
  readonly row?: number;
  /** What is known now, for what is no order yet. */
  readonly view?: OrderView;
  readonly product?: number;
  readonly order?: number;
  readonly family?: string;
}

/**
 * @throws NotFoundError for an order, a product or a family that nothing is known of
 * @throws InvalidRequestError for nothing asked, and for a feature that there is not
 */
export function understand(question: Question, known: KnownPast): Asked {
  if (question.order !== undefined) return ofOrder(question.order, question, known);
  const asked = ofProduct(question, known);
  const values = Float64Array.from(asked.values);
  for (const [name, value] of Object.entries(question.features ?? {})) {
    const column = ORDER_FEATURES.findIndex((feature) => feature.name === name);
    if (column < 0) {
      throw new InvalidRequestError(`features.${name} is no feature: GET /api/ml/features lists them.`);
    }
    values[column] = value;
  }
  return { ...asked, values };
}

function ofOrder(order: string, { featureSet = 'creation' }: Question, known: KnownPast): Asked {
  const row = known.rowOf.get(Number(order));
  if (row === undefined || !/^\d+$/.test(order)) throw new NotFoundError(`There is no order '${order}'.`);
  const { id, product, due } = known.table.orders[row];
  if (featureSet === 'transport' && due === undefined) {
    throw new InvalidRequestError(`feature_set is 'transport': order ${order} has no transport date.`);
  }
  return { featureSet, values: rowOf(known.table.features, row), row, product, order: id };
}

function ofProduct({ product, family, due, features, featureSet }: Question, known: KnownPast): Asked {
  const wanted =
    featureSet ?? (due === undefined && features?.['days_to_transport'] === undefined ? 'creation' : 'transport');
  if (wanted === 'transport' && due === undefined && features?.['days_to_transport'] === undefined) {
    throw new InvalidRequestError("feature_set is 'transport': give data_transporte, or features.days_to_transport.");
  }
  const isKnown = product !== undefined && (known.past.products.has(product) || known.everOrdered.has(product));
  if (isKnown) {
    const view = known.viewOfProduct(product, due);
    return { featureSet: wanted, values: valuesOf(view), view, product };
  }
  if (family !== undefined) {
    const name = familyOf(family)?.family ?? family;
    if (!known.replay.hasFamily(name)) {
      throw new NotFoundError(
        `Nothing was ever ordered of a family '${family}'. A family is the first two words of a product's name.`,
      );
    }
    const view = { ...known.replay.viewOfFamily(known.now, name), due };
    return { featureSet: wanted, values: valuesOf(view), view, family: name };
  }
  if (product !== undefined) {
    throw new NotFoundError(
      `There is no product ${product}: it is neither in the catalogue nor was it ever ordered. Name its family to be answered for that.`,
    );
  }
  if (features === undefined) {
    throw new InvalidRequestError('Nothing is asked for: give modelo_id (or produto_id), of_id, family, or features.');
  }
  const view = known.viewOfProduct(undefined, due);
  return { featureSet: wanted, values: valuesOf(view), view };
}

function valuesOf(view: OrderView): Float64Array {
  return Float64Array.from(ORDER_FEATURES, (feature) => feature.of(view));
}

/** The values that a model of a feature set reads. */
export function valuesFor(featureSet: FeatureSet, values: Float64Array): Float64Array {
  return Float64Array.from(
    FEATURES_OF[featureSet],
    ({ name }) => values[ORDER_FEATURES.findIndex((feature) => feature.name === name)],
  );
}
