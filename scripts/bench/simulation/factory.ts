import { resolve } from 'node:path';
import pg from 'pg';
import type { FactoryModel } from '@libs/factory-model';
import { Answers } from '../../../src/whatif/threads/compute-answer';
import type { NormalRequest } from '../../../src/whatif/requests/normal-request';
import { describeSource } from '../api/loaded';
import { withEngine } from '../engine';
import { growthExponent, median } from '../figures';
import { table } from '../markdown';
import type { Section, SectionContext } from './section';

const ZONE = 'Europe/Lisbon';
const TIMES = [1, 4, 16];
const ANSWER_LIMIT_MS = 300;
const SWEEP_POINTS = 100;

/** A whole answer (baseline, scenario, comparison) on the factory of the workbook or database given; left out without. */
export const factorySection: Section = async (context) => {
  const { isQuick, source } = context;
  if (source === undefined) return undefined;
  const model = await modelOf(source, context);
  const rounds = isQuick ? 3 : 15;
  const grown = TIMES.map((times) => {
    const large = { ...model, orders: copies(model, times) };
    const millis = median(
      Array.from({ length: rounds }, () => timed(() => new Answers(large, ZONE).answer(scenario()))),
    );
    return { times, orders: large.orders.length, millis };
  });
  const answers = new Answers(model, ZONE);
  const sweep = timed(() => {
    for (let point = 0; point < SWEEP_POINTS; point++) answers.answer(scenario(model, point));
  });
  const exponent = growthExponent(grown.map(({ orders, millis }) => ({ x: orders, y: millis })));
  const expected = growthExponent(grown.map(({ orders }) => ({ x: orders, y: orders * Math.log(orders) })));
  const [{ millis }] = grown;
  return {
    title: 'The whole factory',
    blocks: [
      `${await describeSource(source)}: ${model.orders.length} active orders, ${model.phases.length} phase types. Medians of ${rounds} answers, each with its own baseline.`,
      table(
        ['orders', ...grown.map(({ times, orders }) => `${times}x: ${orders}`)],
        [['baseline, scenario and comparison, ms', ...grown.map((each) => each.millis.toFixed(1))]],
      ),
      `${SWEEP_POINTS} scenarios in one thread: ${(sweep / 1000).toFixed(2)} s. The model is read before, and the capacities stay what they are while the orders grow.`,
    ],
    verdicts: [
      {
        target: `a full factory answer under ${ANSWER_LIMIT_MS} ms beyond loading its state`,
        found: `${millis.toFixed(1)} ms for ${model.orders.length} orders`,
        isReached: millis < ANSWER_LIMIT_MS,
      },
      {
        target: 'a full answer grows at most as n log n with the orders',
        found: `exponent ${exponent.toFixed(2)}, n log n has ${expected.toFixed(2)}`,
        isReached: exponent <= expected + 0.05,
      },
    ],
  };
};

/** The model that the product makes of the data, as it stores it. */
async function modelOf(
  source: NonNullable<SectionContext['source']>,
  { workDir, signal }: SectionContext,
): Promise<FactoryModel> {
  if ('databaseUrl' in source) return readModel(source.databaseUrl);
  return withEngine(workDir, signal, async (engine) => {
    await engine.cli(['ingest', resolve(source.file), '--json']);
    await engine.cli(['whatif-backtest']);
    return readModel(engine.url);
  });
}

async function readModel(connectionString: string): Promise<FactoryModel> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ model: string }>(
      'SELECT model FROM analytics.whatif_model ORDER BY version DESC LIMIT 1',
    );
    if (rows.length === 0) throw new Error('No model is stored there: npm run cli -- whatif-backtest makes one.');
    return JSON.parse(rows[0].model) as FactoryModel;
  } finally {
    await client.end();
  }
}

/** The same orders several times over, with numbers of their own. */
function copies({ orders }: FactoryModel, times: number): FactoryModel['orders'] {
  return Array.from({ length: times }, (_, copy) =>
    orders.map((order) => ({ ...order, ofId: order.ofId + copy * 1e8 })),
  )
    .flat()
    .sort((one, other) => one.created - other.created || one.ofId - other.ofId);
}

/** EDD, with one more server at some phase. */
function scenario(model?: FactoryModel, point = 0): NormalRequest {
  const phases = model?.phases.filter(({ free }) => free === null) ?? [];
  const phase = phases[point % Math.max(1, phases.length)];
  return {
    ...{ kind: 'simulate', priority_rule: 'EDD', seed: 1, coef: [], closed_days: [], extra_shifts: [], outages: [] },
    capacity: phases.length === 0 ? [] : [{ fase_id: phase.id, n_funcionarios: phase.capacity + 1 }],
    ...{ urgent: [], order_filter: null, arrivals_days: 0, stochastic: null, warnings: [] },
  };
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
