import { likeliestRisks, type RiskCounts } from './risk-counts';

const EVERY = { limit: 100 };
const risksOf = (counts: RiskCounts[], choice: { produto?: number; culpada?: number }) =>
  likeliestRisks(counts, { ...EVERY, ...choice }).risks;

/** As analytics.risk_month has it. */
function counted(
  orders: number,
  products: [number, number][],
  culprits: [number, number][],
  pairs: [number, number, number, number, number][],
): RiskCounts {
  const packed = (ids: number, rows: readonly (readonly number[])[]): Buffer =>
    Buffer.concat(
      rows.map((row) => {
        const bytes = Buffer.alloc(8 * ids + 4 * (row.length - ids));
        row.forEach((value, place) => {
          if (place < ids) bytes.writeBigInt64BE(BigInt(value), 8 * place);
          else bytes.writeInt32BE(value, 8 * ids + 4 * (place - ids));
        });
        return bytes;
      }),
    );
  return { orders, products: packed(1, products), culprits: packed(1, culprits), pairs: packed(2, pairs) };
}

describe('risks of counted orders', () => {
  // Of phase type 3: 4 of 40 orders, a rate of 0.1; product 7 has 3 of 10, and 5,000,000,000 has 1 of 20.
  const january = counted(
    25,
    [
      [7, 6],
      [5_000_000_000, 15],
    ],
    [[3, 2]],
    [
      [7, 3, 1, 2, 5],
      [5_000_000_000, 3, 1, 1, 1],
    ],
  );
  const february = counted(
    15,
    [
      [7, 4],
      [5_000_000_000, 5],
    ],
    [
      [3, 2],
      [4, 1],
    ],
    [
      [7, 3, 2, 2, 4],
      [7, 4, 1, 1, 3],
    ],
  );

  it('are put together from the months, each shrunk towards the rate of its phase type, the likeliest first', () => {
    expect(risksOf([january, february], {})).toEqual([
      {
        produto_id: 7,
        fase_culpada_id: 3,
        orders: 10,
        orders_with_errors: 3,
        errors: 4,
        gravidade_total: 9,
        // (3 + 20 * 4 / 40) / (10 + 20)
        risk_score: 5 / 30,
      },
      {
        produto_id: 5_000_000_000,
        fase_culpada_id: 3,
        orders: 20,
        orders_with_errors: 1,
        errors: 1,
        gravidade_total: 1,
        // (1 + 20 * 4 / 40) / (20 + 20)
        risk_score: 3 / 40,
      },
      {
        produto_id: 7,
        fase_culpada_id: 4,
        orders: 10,
        orders_with_errors: 1,
        errors: 1,
        gravidade_total: 3,
        // (1 + 20 * 1 / 40) / (10 + 20)
        risk_score: 1.5 / 30,
      },
    ]);
  });

  it('are of one product or phase type where that is asked for, with the rates of all', () => {
    const all = risksOf([january, february], {});
    expect(risksOf([january, february], { produto: 7 })).toEqual([all[0], all[2]]);
    expect(risksOf([january, february], { culpada: 3 })).toEqual([all[0], all[1]]);
    expect(risksOf([january, february], { produto: 7, culpada: 4 })).toEqual([all[2]]);
    expect(risksOf([january, february], { produto: 8 })).toEqual([]);
  });

  it('are the first of all where so many are asked for, with the number of all', () => {
    const every = likeliestRisks([january, february], { limit: 100 });
    for (let limit = 1; limit <= 4; limit += 1) {
      expect(likeliestRisks([january, february], { limit })).toEqual({
        risks: every.risks.slice(0, limit),
        total: 3,
      });
    }
    expect(likeliestRisks([january, february], { produto: 7, limit: 1 })).toEqual({
      risks: [every.risks[0]],
      total: 2,
    });
  });

  it('are none of nothing, and those that are equally likely come by their numbers', () => {
    expect(risksOf([], {})).toEqual([]);
    const equal = counted(
      2,
      [
        [2, 1],
        [1, 1],
      ],
      [
        [9, 2],
        [8, 2],
      ],
      [
        [2, 9, 1, 1, 1],
        [1, 9, 1, 1, 1],
        [1, 8, 1, 1, 1],
      ],
    );
    expect(risksOf([equal], {}).map(({ produto_id, fase_culpada_id }) => [produto_id, fase_culpada_id])).toEqual([
      [1, 8],
      [1, 9],
      [2, 9],
    ]);
  });
});
