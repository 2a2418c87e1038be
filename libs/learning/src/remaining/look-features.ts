import { BACK_OFF_LEVELS, type BackOffLevel } from '@libs/forecast';
import { codeOf } from '../features/code-of';
import type { Feature, OrderView } from '../features/order-features';
import type { Quantiles } from '../measures/regression';

const DAY = 86_400;

/** An order in process as it was seen at a moment, with all that was recorded before it. */
export interface Look {
  /** The moment, seconds since 1970. */
  readonly at: number;
  readonly created: number;
  /** Type of the last phase at which work had started, NOT_STARTED where none had. */
  readonly phase: number;
  /** When anything happened last, and when work on `phase` started (NaN: not started, or not recorded). */
  readonly lastEvent: number;
  readonly phaseStart: number;
  /** When the first work started; NaN before. */
  readonly firstStart: number;
  /** Phases of work started, of work ended, and returns started. */
  readonly started: number;
  readonly ended: number;
  readonly returns: number;
  readonly familyName?: string;
  readonly lineName?: string;
  readonly product?: number;
  /** What is known of product, family, line and factory. */
  readonly view: OrderView;
  /** Orders in process that stand in the same phase, are of the same product, the same family, and all. */
  readonly standing: {
    readonly phase: number;
    readonly product: number;
    readonly family: number;
    readonly all: number;
  };
  /** The ETA from orders that stood in the same place before, days from the moment. */
  readonly comparable: Quantiles & { readonly level: BackOffLevel; readonly cases: number };
}

/** One input of a model of the remaining time. */
export interface LookFeature extends Omit<Feature, 'of'> {
  /** NaN is 'not known'. */
  readonly of: (look: Look) => number;
}

const feature = (name: string, label: string, unit: string, of: LookFeature['of']): LookFeature => ({
  ...{ name, label, unit, of },
  isCategory: false,
});
const category = (name: string, label: string, of: LookFeature['of']): LookFeature => ({
  ...{ name, label, unit: 'code', of },
  isCategory: true,
});
const season = (at: number): number => (2 * Math.PI * ((at / DAY) % 365.2425)) / 365.2425;

/**
 * What is known of an order in process. Counts and medians look back a year at most, so that they are the same whether
 * all of the past was read or its last two years. The transport date is left out: it may have been set later.
 */
export const LOOK_FEATURES: readonly LookFeature[] = [
  feature('eta_p10', 'days left by comparable orders, early', 'days', ({ comparable }) => comparable.p10),
  feature('eta_p50', 'days left by comparable orders', 'days', ({ comparable }) => comparable.p50),
  feature('eta_p90', 'days left by comparable orders, late', 'days', ({ comparable }) => comparable.p90),
  feature('eta_cases', 'comparable orders', 'orders', ({ comparable }) => comparable.cases),
  feature('eta_level', 'how far one had to look for comparable orders', '0 near to 3 any', ({ comparable }) =>
    BACK_OFF_LEVELS.indexOf(comparable.level),
  ),
  feature('age', 'days since the creation', 'days', ({ at, created }) => (at - created) / DAY),
  feature('stay', 'days since anything happened', 'days', ({ at, lastEvent }) => (at - lastEvent) / DAY),
  feature('in_phase', 'days since work on the phase started', 'days', ({ at, phaseStart }) => (at - phaseStart) / DAY),
  feature('worked', 'days since work started', 'days', ({ at, firstStart }) => (at - firstStart) / DAY),
  feature(
    'waited',
    'days from the creation to the start of work',
    'days',
    ({ created, firstStart }) => (firstStart - created) / DAY,
  ),
  feature('phases_started', 'phases started', 'phases', ({ started }) => started),
  feature('phases_ended', 'phases ended', 'phases', ({ ended }) => ended),
  feature('returns', 'returns started', 'phases', ({ returns }) => returns),
  feature('standing_phase', 'orders that stand in the same phase', 'orders', ({ standing }) => standing.phase),
  feature('standing_product', 'orders of the product in process', 'orders', ({ standing }) => standing.product),
  feature('standing_family', 'orders of the family in process', 'orders', ({ standing }) => standing.family),
  feature('standing', 'orders in process', 'orders', ({ standing }) => standing.all),
  feature('created_28', 'orders created in the 28 days before', 'orders', ({ view, at }) =>
    view.ofAll.createdWithin(at, 28),
  ),
  feature('finished_28', 'orders finished in the 28 days before', 'orders', ({ view, at }) =>
    view.ofAll.finishedWithin(at, 28),
  ),
  feature('finished_91', 'orders finished in the 91 days before', 'orders', ({ view, at }) =>
    view.ofAll.finishedWithin(at, 91),
  ),
  feature('finished_91_family', 'orders of the family finished in the 91 days before', 'orders', ({ view, at }) =>
    view.ofFamily.finishedWithin(at, 91),
  ),
  feature('lead_product_365', 'lead time of the product’s orders of the year before', 'days', ({ view, at }) =>
    view.ofProduct.leadWithin(at, 365),
  ),
  feature('lead_family_182', 'lead time of the family’s orders of half a year before', 'days', ({ view, at }) =>
    view.ofFamily.leadWithin(at, 182),
  ),
  feature('lead_line_91', 'lead time of the line’s orders of the 91 days before', 'days', ({ view, at }) =>
    view.ofLine.leadWithin(at, 91),
  ),
  feature('lead_all_28', 'lead time of all orders finished in the 28 days before', 'days', ({ view, at }) =>
    view.ofAll.leadWithin(at, 28),
  ),
  feature('lead_all_91', 'lead time of all orders finished in the 91 days before', 'days', ({ view, at }) =>
    view.ofAll.leadWithin(at, 91),
  ),
  feature('season_sin', 'time of the year (spring against autumn)', '-1 to 1', ({ at }) => Math.sin(season(at))),
  feature('season_cos', 'time of the year (winter against summer)', '-1 to 1', ({ at }) => Math.cos(season(at))),
  category('product', 'the product', ({ product }) => product ?? NaN),
  category('family', 'the product’s family', ({ familyName }) => (familyName === undefined ? NaN : codeOf(familyName))),
  category('line', 'the product’s line', ({ lineName }) => (lineName === undefined ? NaN : codeOf(lineName))),
  category('phase', 'the phase it stands in', ({ phase }) => phase),
];
