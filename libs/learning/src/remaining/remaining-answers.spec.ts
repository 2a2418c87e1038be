import { corrected } from '../conformal';
import { rowOf } from '../matrix';
import { pinballLoss, type Quantiles } from '../measures/regression';
import type { Artefact } from '../models/artefact';
import { quantilesOf } from '../models/model';
import { correctionAt } from '../rolling';
import { mixedOrders } from '../testing/slow-looks';
import { slowMean } from '../testing/slow-past';
import { LOOK_FEATURES } from './look-features';
import { isAsleep, lookTable } from './looks';
import { answerRemaining, watchedFrom } from './remaining-answers';

const DAY = 86_400;
const DORMANT = 60 * DAY;

/** Says some days up to an age of ten days, and others above it. */
const steps = (young: number, old: number) => ({
  base: 0,
  trees: [
    {
      feature: [LOOK_FEATURES.findIndex(({ name }) => name === 'age'), -1, -1],
      ...{ threshold: [10, 0, 0], missingLeft: [0, 0, 0], left: [1, -1, -1], right: [2, -1, -1] },
      value: [0, young, old],
    },
  ],
});
const artefact = (trainBefore: number, factor = 1): Artefact => ({
  ...{ task: 'remaining', features: LOOK_FEATURES, ranges: [], background: [], baseline: 'comparable_orders' },
  trainBefore,
  model: {
    network: {
      encoder: { numbers: [], categories: [] },
      embeddings: [],
      layers: [
        {
          weights: { rows: 0, columns: 3, values: new Float32Array() },
          bias: Float32Array.of(Math.log1p(15 * factor), 0, 0),
        },
      ],
    },
    trees: [steps(8, 2), steps(20, 9), steps(30, 25)].map(({ trees }) => ({ base: 0, trees })),
  },
});

// Two orders a day for a year and more, of which about fifty are in process at a time.
const orders = mixedOrders(4, 900, 2);
const NOW = 20_440 * DAY;
const LOOKS = Array.from({ length: 14 }, (_, look) => NOW - 28 * look * DAY).reverse();

/** What a whole table of the looks says: the model's answer to each row, and which rows judge it. */
function slowTable({ model, trainBefore }: Artefact) {
  const table = lookTable(orders, LOOKS, DORMANT);
  const rows = [...table.begun.keys()];
  const predictions = rows.map((row) => quantilesOf(model, rowOf(table.features, row)));
  const finishOf = (order: number) => orders[order].finished ?? Infinity;
  const judged = [...new Set(table.order)]
    .filter((order) => finishOf(order) >= trainBefore && finishOf(order) < NOW)
    .sort((one, other) => finishOf(one) - finishOf(other) || one - other)
    .slice(-500);
  const judging = new Set(judged);
  const lossOf = (answers: readonly Quantiles[]) =>
    slowMean(
      rows
        .filter((row) => judging.has(table.order[row]))
        .map((row) => {
          const { p10, p50, p90 } = answers[row];
          const days = table.remaining[row];
          return slowMean([pinballLoss(p10, days, 0.1), pinballLoss(p50, days, 0.5), pinballLoss(p90, days, 0.9)]);
        }),
    );
  return { table, rows, predictions, judging, loss: lossOf(predictions), comparable: lossOf(table.comparable) };
}

describe('answers about the orders in process', () => {
  it.each([
    // More than 500 orders were finished since, or fewer.
    [20_000, true],
    [20_300, false],
  ])('are corrected and judged by what came of those seen before, learned until day %d', (day, areMore) => {
    const own = artefact(day * DAY);
    const { table, rows, predictions, loss, comparable, judging } = slowTable(own);
    const { answers, lately } = answerRemaining(own, orders, NOW, DORMANT);
    const watched = {
      ...{ predictions, begun: table.begun, ended: table.ended },
      isAsleep: (row: number, moment: number) => isAsleep(table, row, moment),
    };
    const correction = correctionAt(watched, own.trainBefore, NOW);
    expect(correction.outcomes).toBeGreaterThan(50);
    const present = rows.filter((row) => table.begun[row] === NOW);
    expect(present.length).toBeGreaterThan(20);
    expect(answers).toEqual(new Map(present.map((row) => [table.order[row], corrected(predictions[row], correction)])));
    // Of the orders finished since, the 500 finished last judge.
    expect(judging.size === 500).toBe(areMore);
    expect(lately.wins).toBe(loss <= comparable);
    for (const told of [loss.toFixed(3), comparable.toFixed(3), ` ${judging.size} `]) {
      expect(lately.reason).toContain(told);
    }
  });

  it('lose to comparable orders when the model is far off', () => {
    expect(answerRemaining(artefact(20_000 * DAY, 100), orders, NOW, DORMANT).lately.wins).toBe(false);
  });
});

it('looks back a year, every four weeks', () => {
  expect(watchedFrom(NOW)).toBe(LOOKS[0]);
  expect((NOW - watchedFrom(NOW)) / DAY).toBe(13 * 28);
});
