import { ORDER_FEATURES } from '../order-table';
import {
  finishOf,
  isSame,
  mixedPast,
  slowErrorRate,
  type SlowGroup,
  slowGrouper,
  type SlowGroups,
  slowLeads,
  slowMean,
  slowQuantile,
} from '../testing/slow-past';
import { codeOf } from './code-of';
import { CREATION_FEATURES, TRANSPORT_FEATURES } from './order-features';
import type { FactoryPast, PastOrder } from './past';
import { Replay } from './replay';

const DAY = 86_400;
const YEAR = 365.2425;

const createdWithin = ({ created, at }: SlowGroup, days: number) =>
  created.filter((order) => order.created >= at - days * DAY).length;
const finishedWithin = ({ finished, at }: SlowGroup, days: number) =>
  finished.filter((order) => finishOf(order) >= at - days * DAY);
const median = (values: readonly number[]) => slowQuantile(values, 0.5);
const leadWithin = (group: SlowGroup, days: number) =>
  median(finishedWithin(group, days).map((order) => (finishOf(order) - order.created) / DAY));
const openAge = ({ open, at }: SlowGroup) => slowMean(open.map(({ created }) => (at - created) / DAY));
const since = (at: number, times: readonly number[]) => (times.length === 0 ? NaN : (at - Math.max(...times)) / DAY);

/** Every feature by its name, each from all the orders anew. */
function slowFeatures(past: FactoryPast, order: PastOrder, { ofProduct, ofFamily, ofLine, ofAll }: SlowGroups) {
  const at = order.created;
  const product = order.product === undefined ? undefined : past.products.get(order.product);
  const [line, second] = product?.name?.split(' ') ?? [];
  const wip = past.areaWip.filter((each) => each.at <= at).at(-1)?.counts ?? [NaN, NaN, NaN];
  const steps = product?.route?.steps ?? [NaN, NaN, NaN];
  const angle = (2 * Math.PI * at) / DAY / YEAR;
  return {
    ...{ demould_weight: product?.demouldWeight ?? NaN, finished_weight: product?.finishedWeight ?? NaN },
    ...{ gel_deck: product?.gelDeck ?? NaN, gel_hull: product?.gelHull ?? NaN },
    ...{ route_first: steps[0], route_middle: steps[1], route_last: steps[2] },
    route_automatic: product?.route?.automatic ?? NaN,
    route_coefficient: product?.route?.coefficient ?? NaN,
    route_coefficient_x: product?.route?.coefficientX ?? NaN,
    ...{ season_sin: Math.sin(angle), season_cos: Math.cos(angle) },
    weekday: new Date((at + DAY / 2) * 1000).getUTCDay(),
    ...{ backlog: ofAll.open.length, backlog_line: ofLine.open.length },
    ...{ backlog_family: ofFamily.open.length, backlog_product: ofProduct.open.length },
    ...{ open_age: openAge(ofAll), open_age_family: openAge(ofFamily), open_age_product: openAge(ofProduct) },
    ...{ created_7: createdWithin(ofAll, 7), created_28: createdWithin(ofAll, 28) },
    ...{ created_28_family: createdWithin(ofFamily, 28), created_91_product: createdWithin(ofProduct, 91) },
    finished_7: finishedWithin(ofAll, 7).length,
    finished_28: finishedWithin(ofAll, 28).length,
    finished_91: finishedWithin(ofAll, 91).length,
    finished_91_family: finishedWithin(ofFamily, 91).length,
    // Nothing finished in four weeks is no pace at all.
    cover: finishedWithin(ofAll, 28).length === 0 ? NaN : (28 * ofAll.open.length) / finishedWithin(ofAll, 28).length,
    since_product_created: since(
      at,
      ofProduct.created.map(({ created }) => created),
    ),
    since_product_finished: since(at, ofProduct.finished.map(finishOf)),
    ...{ wip_first: wip[0], wip_middle: wip[1], wip_last: wip[2] },
    ...{ lead_product_5: median(slowLeads(ofProduct, 5)), lead_product_20: median(slowLeads(ofProduct, 20)) },
    ...{ lead_product: median(slowLeads(ofProduct)), lead_family_20: median(slowLeads(ofFamily, 20)) },
    ...{ lead_family: median(slowLeads(ofFamily)), lead_line_50: median(slowLeads(ofLine, 50)) },
    ...{ lead_all_28: leadWithin(ofAll, 28), lead_all_91: leadWithin(ofAll, 91) },
    product_finished: ofProduct.finished.length,
    errors_product_20: slowErrorRate(ofProduct, 20, 1),
    errors_product_500: slowErrorRate(ofProduct, 500, 1),
    errors_family_50: slowErrorRate(ofFamily, 50, 1),
    errors_line_100: slowErrorRate(ofLine, 100, 1),
    errors_all_300: slowErrorRate(ofAll, 300, 1),
    severe_family_50: slowErrorRate(ofFamily, 50, 2),
    severe_all_300: slowErrorRate(ofAll, 300, 2),
    product: product?.id ?? NaN,
    family: line === undefined ? NaN : codeOf(second === undefined ? line : `${line} ${second}`),
    line: line === undefined ? NaN : codeOf(line),
    days_to_transport: order.due === undefined ? NaN : (order.due - at) / DAY,
  };
}

describe('the features of an order', () => {
  it('are those that a look through all that was recorded before gives', () => {
    const past = mixedPast(3, 400);
    // Asked at the creations, on which much else happens, and within the days between them.
    const asked = past.orders
      .filter((_, index) => index % 2 === 0)
      .flatMap((order) => [order, { ...order, created: order.created + 13 * 3600 }])
      .sort((one, other) => one.created - other.created);
    const replay = new Replay(past);
    const groupsAt = slowGrouper(past);
    const wrong = asked.flatMap((order) => {
      const view = replay.view(order.created, order.product, order.due);
      const expected: Record<string, number> = slowFeatures(past, order, groupsAt(order.created, order.product));
      expect(Object.keys(expected).length).toBe(ORDER_FEATURES.length);
      return ORDER_FEATURES.filter(({ name, of }) => !isSame(of(view), expected[name])).map(
        ({ name, of }) => `order ${order.id}: ${name} is ${of(view)}, not ${expected[name]}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('have the transport date only where it is asked for, since it may have been set later', () => {
    expect(CREATION_FEATURES.map(({ name }) => name)).not.toContain('days_to_transport');
    expect(TRANSPORT_FEATURES).toEqual([...CREATION_FEATURES, expect.objectContaining({ name: 'days_to_transport' })]);
  });

  it('are numbers but for product, family and line, whose codes mean nothing but same or different', () => {
    const codes = TRANSPORT_FEATURES.filter(({ isCategory }) => isCategory).map(({ name }) => name);
    expect(codes).toEqual(['product', 'family', 'line']);
  });
});

it('gives a text the same code on every machine', () => {
  // Test vectors of FNV-1a with 32 bits.
  expect(['', 'a', 'foobar'].map(codeOf)).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});
