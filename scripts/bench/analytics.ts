/**
 * Measures what the aggregates cost: computed from nothing, and after a load that changed 1 % of the phases.
 *
 * Run: npm run bench:analytics -- FILE | --url postgresql://… [--runs N] [--out FILE]
 *
 * The tables are written in transactions that are rolled back: a database given by --url stays as it was, but for the
 * views, which are refreshed.
 */
import { writeFileSync } from 'node:fs';
import type { Client } from 'pg';
import type { Derivation } from '../../src/analytics/derivation';
import { DERIVATIONS } from '../../src/analytics/derivations';
import {
  afterChange,
  change,
  computeAll,
  derivationRun,
  loadSession,
  readAsOf,
  rolledBack,
  timed,
  touch,
} from './aggregates-cost';
import { median } from './figures';
import { parseAnalyticsOptions } from './api/options';
import { describeSource, withLoaded } from './api/loaded';
import { describeMachine, loadAverage } from './machine';
import { table } from './markdown';
import { runBench } from './run-bench';

const VIEWS = [
  'mv_order_leadtime_by_model',
  'mv_phase_durations_by_model',
  'mv_quality_by_phase',
  'mv_wip_by_phase_current',
];

runBench(async (workDir, signal) => {
  const { source, runs, out } = parseAnalyticsOptions(process.argv);
  const loadBefore = loadAverage();
  await withLoaded({ source, workDir, signal, log: (line) => console.error(`  ${line}`) }, async (loaded) => {
    const client = await loadSession(loaded.url);
    try {
      const full: number[] = [];
      const changed: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        full.push(await rolledBack(client, () => computeAll(client, signal)));
        changed.push(await rolledBack(client, () => afterChange(client, signal)));
      }
      const views: [string, number][] = [];
      for (const view of VIEWS) {
        const refresh = `REFRESH MATERIALIZED VIEW CONCURRENTLY analytics.${view}`;
        views.push([view, await timed(() => client.query(refresh))]);
      }
      const each = await rolledBack(client, () => everyDerivation(client, signal));
      const share = median(changed) / median(full);
      const text = [
        '# The aggregates',
        `${new Date().toISOString().slice(0, 10)}. ${await describeSource(source)}. ${describeMachine(loaded.serverVersion, loadBefore)}`,
        `Medians of ${runs} runs, seconds. Written by \`npm run bench:analytics\`; nothing else is in these figures: the list of
what a load touches is made once for all derivations and belongs to its merge step; what errors say of phases is stored by
the derivation \`quality\`, whatever this one needs.`,
        table(
          ['what', 'seconds', 'of the whole'],
          [
            ['computed from nothing', median(full).toFixed(3), '100 %'],
            [
              'after 1 % of the phases changed (target: under 10 %)',
              median(changed).toFixed(3),
              `${(100 * share).toFixed(1)} %`,
            ],
          ],
        ),
        'After every measured change the tables were compared with a computation from nothing: equal, row by row.',
        `All that a load derives, one run each; what is computed in a thread beside the others is waited for at once. What is not kept by
differences depends on the data clock or on all rows at once: [decisions/derivations.md](../decisions/derivations.md).`,
        table(
          ['derivation', 'from nothing', 'after 1 % changed'],
          each.map(([name, whole, part]) => [`\`${name}\``, whole.toFixed(3), part.toFixed(3)]),
        ),
        'The views, refreshed by a job after the publish:',
        table(
          ['view', 'seconds'],
          views.map(([view, seconds]) => [`\`${view}\``, seconds.toFixed(3)]),
        ),
      ].join('\n\n');
      console.log(text);
      if (out !== undefined) writeFileSync(out, `${text}\n`);
    } finally {
      await client.end();
    }
  });
});

/** Of each derivation: its time from nothing and after the change, what goes on beside the others awaited at once. */
async function everyDerivation(client: Client, signal: AbortSignal): Promise<[string, number, number][]> {
  await touch(client);
  const run = derivationRun(client, signal);
  const before = new Map<string, number>();
  for (const derivation of DERIVATIONS) {
    before.set(derivation.name, await timed(async () => derivation.beforeMerge?.(run)));
  }
  await change(client);
  const asOf = await readAsOf(client);
  const derive = (derivation: Derivation, fromNothing: boolean): Promise<number> =>
    timed(async () => (await derivation.derive({ ...run, asOf, fromNothing, isFirst: fromNothing }))?.());
  const changed: [string, number][] = [];
  for (const derivation of DERIVATIONS) {
    changed.push([derivation.name, before.get(derivation.name)! + (await derive(derivation, false))]);
  }
  const rows: [string, number, number][] = [];
  for (const [position, derivation] of DERIVATIONS.entries()) {
    rows.push([derivation.name, await derive(derivation, true), changed[position][1]]);
  }
  return rows;
}
