import { familyOf } from '@libs/forecast';
import { codeOf } from './code-of';
import type { GroupState } from './group-state';
import type { AreaWip, KnownProduct } from './past';

const DAY = 86_400;

/** An order, or one that might be created, as its features see it: with all that was recorded before it. */
export interface OrderView {
  /** The creation, seconds since 1970. */
  readonly at: number;
  /** undefined: not known, or not in the catalogue. */
  readonly product?: KnownProduct;
  readonly due?: number;
  readonly ofProduct: GroupState;
  readonly ofFamily: GroupState;
  readonly ofLine: GroupState;
  readonly ofAll: GroupState;
  /** The latest one known; undefined before the first. */
  readonly areaWip?: AreaWip;
}

/** One input of a model. */
export interface Feature {
  /** Stable: stored with models. */
  readonly name: string;
  /** What a planner calls it. */
  readonly label: string;
  readonly unit: string;
  /** Whether its values are codes, which mean nothing but same or different. */
  readonly isCategory: boolean;
  /** NaN is 'not known'. */
  readonly of: (view: OrderView) => number;
}

const feature = (name: string, label: string, unit: string, of: Feature['of']): Feature => ({
  ...{ name, label, unit, of },
  isCategory: false,
});
const category = (name: string, label: string, of: Feature['of']): Feature => ({
  ...{ name, label, unit: 'code', of },
  isCategory: true,
});

const code = (text: string | undefined): number => (text === undefined ? NaN : codeOf(text));

const known = (value: number | undefined): number => value ?? NaN;

/** Angle of the day of the year, so that December lies beside January. */
const season = (at: number): number => (2 * Math.PI * ((at / DAY) % 365.2425)) / 365.2425;

const PRODUCT: readonly Feature[] = [
  feature('demould_weight', 'weight out of the mould', 'workbook unit', ({ product }) => known(product?.demouldWeight)),
  feature('finished_weight', 'weight when finished', 'workbook unit', ({ product }) => known(product?.finishedWeight)),
  feature('gel_deck', 'gelcoat of the deck', 'workbook unit', ({ product }) => known(product?.gelDeck)),
  feature('gel_hull', 'gelcoat of the hull', 'workbook unit', ({ product }) => known(product?.gelHull)),
  feature('route_first', 'steps of the route in the first third of the phases', 'steps', ({ product }) =>
    known(product?.route?.steps[0]),
  ),
  feature('route_middle', 'steps of the route in the middle third of the phases', 'steps', ({ product }) =>
    known(product?.route?.steps[1]),
  ),
  feature('route_last', 'steps of the route in the last third of the phases', 'steps', ({ product }) =>
    known(product?.route?.steps[2]),
  ),
  feature('route_automatic', 'waiting states of the route', 'steps', ({ product }) => known(product?.route?.automatic)),
  feature('route_coefficient', 'sum of the coefficients of the route', 'no known unit', ({ product }) =>
    known(product?.route?.coefficient),
  ),
  feature('route_coefficient_x', 'sum of the second coefficients of the route', 'no known unit', ({ product }) =>
    known(product?.route?.coefficientX),
  ),
];

const CALENDAR: readonly Feature[] = [
  feature('season_sin', 'time of the year (spring against autumn)', '-1 to 1', ({ at }) => Math.sin(season(at))),
  feature('season_cos', 'time of the year (winter against summer)', '-1 to 1', ({ at }) => Math.cos(season(at))),
  // Day 4 of 1970 was a Sunday; half a day on, so that local midnight in summer is not the day before.
  feature(
    'weekday',
    'day of the week of the creation',
    '0 is Sunday',
    ({ at }) => (Math.floor(at / DAY + 0.5) + 4) % 7,
  ),
];

const LOAD: readonly Feature[] = [
  feature('backlog', 'backlog when the order was created', 'orders', ({ ofAll }) => ofAll.open),
  feature('backlog_line', 'backlog of the line when the order was created', 'orders', ({ ofLine }) => ofLine.open),
  feature(
    'backlog_family',
    'backlog of the family when the order was created',
    'orders',
    ({ ofFamily }) => ofFamily.open,
  ),
  feature(
    'backlog_product',
    'backlog of the product when the order was created',
    'orders',
    ({ ofProduct }) => ofProduct.open,
  ),
  feature('open_age', 'mean age of the orders in process', 'days', ({ ofAll, at }) => ofAll.openAge(at)),
  feature('open_age_family', 'mean age of the family’s orders in process', 'days', ({ ofFamily, at }) =>
    ofFamily.openAge(at),
  ),
  feature('open_age_product', 'mean age of the product’s orders in process', 'days', ({ ofProduct, at }) =>
    ofProduct.openAge(at),
  ),
  feature('created_7', 'orders created in the 7 days before', 'orders', ({ ofAll, at }) => ofAll.createdWithin(at, 7)),
  feature('created_28', 'orders created in the 28 days before', 'orders', ({ ofAll, at }) =>
    ofAll.createdWithin(at, 28),
  ),
  feature('created_28_family', 'orders of the family created in the 28 days before', 'orders', ({ ofFamily, at }) =>
    ofFamily.createdWithin(at, 28),
  ),
  feature('created_91_product', 'orders of the product created in the 91 days before', 'orders', ({ ofProduct, at }) =>
    ofProduct.createdWithin(at, 91),
  ),
  feature('finished_7', 'orders finished in the 7 days before', 'orders', ({ ofAll, at }) =>
    ofAll.finishedWithin(at, 7),
  ),
  feature('finished_28', 'orders finished in the 28 days before', 'orders', ({ ofAll, at }) =>
    ofAll.finishedWithin(at, 28),
  ),
  feature('finished_91', 'orders finished in the 91 days before', 'orders', ({ ofAll, at }) =>
    ofAll.finishedWithin(at, 91),
  ),
  feature('finished_91_family', 'orders of the family finished in the 91 days before', 'orders', ({ ofFamily, at }) =>
    ofFamily.finishedWithin(at, 91),
  ),
  feature('cover', 'days that the backlog lasts at the pace of the 28 days before', 'days', ({ ofAll, at }) => {
    const pace = ofAll.finishedWithin(at, 28) / 28;
    return pace === 0 ? NaN : ofAll.open / pace;
  }),
  feature('since_product_created', 'days since the product was ordered last', 'days', ({ ofProduct, at }) =>
    ofProduct.sinceCreated(at),
  ),
  feature('since_product_finished', 'days since the product was finished last', 'days', ({ ofProduct, at }) =>
    ofProduct.sinceFinished(at),
  ),
  feature('wip_first', 'work in process in the first third of the phases', 'phases', ({ areaWip }) =>
    known(areaWip?.counts[0]),
  ),
  feature('wip_middle', 'work in process in the middle third of the phases', 'phases', ({ areaWip }) =>
    known(areaWip?.counts[1]),
  ),
  feature('wip_last', 'work in process in the last third of the phases', 'phases', ({ areaWip }) =>
    known(areaWip?.counts[2]),
  ),
];

const LEAD_TIMES: readonly Feature[] = [
  feature('lead_product_5', 'lead time of the product’s last 5 orders', 'days', ({ ofProduct }) =>
    ofProduct.recentLead(5),
  ),
  feature('lead_product_20', 'lead time of the product’s last 20 orders', 'days', ({ ofProduct }) =>
    ofProduct.recentLead(20),
  ),
  feature('lead_product', 'lead time of all the product’s orders', 'days', ({ ofProduct }) => ofProduct.lead()),
  feature('lead_family_20', 'lead time of the family’s last 20 orders', 'days', ({ ofFamily }) =>
    ofFamily.recentLead(20),
  ),
  feature('lead_family', 'lead time of all the family’s orders', 'days', ({ ofFamily }) => ofFamily.lead()),
  feature('lead_line_50', 'lead time of the line’s last 50 orders', 'days', ({ ofLine }) => ofLine.recentLead(50)),
  feature('lead_all_28', 'lead time of all orders finished in the 28 days before', 'days', ({ ofAll, at }) =>
    ofAll.leadWithin(at, 28),
  ),
  feature('lead_all_91', 'lead time of all orders finished in the 91 days before', 'days', ({ ofAll, at }) =>
    ofAll.leadWithin(at, 91),
  ),
  feature(
    'product_finished',
    'orders of the product finished before',
    'orders',
    ({ ofProduct }) => ofProduct.finishedCount,
  ),
];

const ERRORS: readonly Feature[] = [
  feature('errors_product_20', 'share of the product’s last 20 orders with an error', '0 to 1', ({ ofProduct }) =>
    ofProduct.recentErrorRate(20),
  ),
  feature('errors_product_500', 'share of the product’s last 500 orders with an error', '0 to 1', ({ ofProduct }) =>
    ofProduct.recentErrorRate(500),
  ),
  feature('errors_family_50', 'share of the family’s last 50 orders with an error', '0 to 1', ({ ofFamily }) =>
    ofFamily.recentErrorRate(50),
  ),
  feature('errors_line_100', 'share of the line’s last 100 orders with an error', '0 to 1', ({ ofLine }) =>
    ofLine.recentErrorRate(100),
  ),
  feature('errors_all_300', 'share of the last 300 orders with an error', '0 to 1', ({ ofAll }) =>
    ofAll.recentErrorRate(300),
  ),
  feature(
    'severe_family_50',
    'share of the family’s last 50 orders with an error of severity 2 or more',
    '0 to 1',
    ({ ofFamily }) => ofFamily.recentErrorRate(50, 2),
  ),
  feature('severe_all_300', 'share of the last 300 orders with an error of severity 2 or more', '0 to 1', ({ ofAll }) =>
    ofAll.recentErrorRate(300, 2),
  ),
];

const DUE: readonly Feature[] = [
  feature('days_to_transport', 'days from the creation to the transport date', 'days', ({ due, at }) =>
    due === undefined ? NaN : (due - at) / DAY,
  ),
];

/** Which product it is, for models that can learn something of each. */
const IDENTITY: readonly Feature[] = [
  category('product', 'the product', ({ product }) => known(product?.id)),
  category('family', 'the product’s family', ({ product }) => code(familyOf(product?.name ?? '')?.family)),
  category('line', 'the product’s line', ({ product }) => code(familyOf(product?.name ?? '')?.line)),
];

/** What was known when an order was created. */
export const CREATION_FEATURES: readonly Feature[] = [
  ...PRODUCT,
  ...CALENDAR,
  ...LOAD,
  ...LEAD_TIMES,
  ...ERRORS,
  ...IDENTITY,
];

/** The same with the transport date, of which only the last value is recorded: it may have been set later. */
export const TRANSPORT_FEATURES: readonly Feature[] = [...CREATION_FEATURES, ...DUE];
