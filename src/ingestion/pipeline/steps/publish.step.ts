import { performance } from 'node:perf_hooks';
import { factoryZone } from '@libs/factory-time';
import { sqlFile } from '../../../database/sql-file';
import { changesOfOrders } from '../order-changes';
import { buildReport } from '../report';
import type { Findings } from '../run-store';
import { onRun, type SheetHashes, type Step } from '../run-state';

const INSERT_SHEET_RUNS = sqlFile(__dirname, '../sql/insert_sheet_runs.sql');
const INSERT_STEPS = sqlFile(__dirname, '../sql/insert_steps.sql');
const INSERT_MATCH_RATES = sqlFile(__dirname, '../sql/insert_match_rates.sql');
const COUNT_REJECTS = sqlFile(__dirname, '../sql/count_rejects.sql');
const COUNT_ISSUES = sqlFile(__dirname, '../sql/count_issues.sql');
const COMPLETE_RUN = sqlFile(__dirname, '../sql/complete_run.sql');
const BUMP_VERSION = sqlFile(__dirname, '../sql/bump_version.sql');

/** Writes the run's account and turns the readers to the new data; visible when the transaction commits. */
export const publishStep: Step = {
  name: 'publish',
  weight: 1,
  async run(state) {
    const started = performance.now();
    const { runId } = state.order;
    await state.beside?.evidence;
    const accounts = [...state.accounts.values()];
    await onRun(state, INSERT_SHEET_RUNS, [
      runId,
      accounts.map((account) => account.sheet),
      accounts.map((account) => account.extracted),
      accounts.map((account) => account.inserted),
      accounts.map((account) => account.updated),
      accounts.map((account) => account.unchanged),
      accounts.map((account) => account.duplicates),
      accounts.map((account) => account.quarantined),
      accounts.map((account) => account.absent),
      accounts.map((account) => account.withdrawn),
      accounts.map((account) => account.seconds),
    ]);
    const { matchRates } = state;
    await onRun(state, INSERT_MATCH_RATES, [
      runId,
      matchRates.map((rate) => rate.name),
      matchRates.map((rate) => rate.matches),
      matchRates.map((rate) => rate.total),
      matchRates.map((rate) => rate.rate),
      matchRates.map((rate) => rate.threshold),
      matchRates.map((rate) => rate.status),
    ]);
    const repeats = state.sameAs === undefined ? undefined : state.published;
    const evidence = repeats?.evidenceRunId ?? runId;
    const rejects = await onRun<Findings['rejects'][number]>(state, COUNT_REJECTS, [evidence]);
    const issues = await onRun<Findings['issues'][number]>(state, COUNT_ISSUES, [evidence]);
    const hashes: SheetHashes =
      repeats?.sheetHashes ??
      Object.fromEntries(
        state.parts.map((part) => {
          const { csvSha256, layoutSha256, cellsSha256 } = state.visited.get(part.index)!;
          return [part.name, { csv: csvSha256, layout: layoutSha256, cells: cellsSha256 }];
        }),
      );
    const bySheet = (kind: keyof SheetHashes[string]): string =>
      JSON.stringify(Object.fromEntries(Object.entries(hashes).map(([sheet, hash]) => [sheet, hash[kind]])));
    const sum = (pick: (account: (typeof accounts)[number]) => number): number =>
      accounts.reduce((total, account) => total + pick(account), 0);
    const changes = await changesOfOrders(state);
    const rows = sum((account) => account.inserted + account.updated + account.unchanged);
    const seconds = (performance.now() - started) / 1000;
    const steps = [...state.steps, { name: publishStep.name, rowsIn: rows, rowsOut: rows, rowsRejected: 0, seconds }];
    await onRun(state, INSERT_STEPS, [
      runId,
      steps.map((step) => step.name),
      steps.map((step) => step.rowsIn),
      steps.map((step) => step.rowsOut),
      steps.map((step) => step.rowsRejected),
      steps.map((step) => step.seconds),
    ]);

    const finishedAt = state.clock.now();
    const zone = factoryZone(state.settings.factoryTz);
    const report = buildReport(state, {
      status: 'COMPLETED',
      finishedAt,
      rejects: rejects.rows,
      issues: issues.rows,
      steps,
      seconds: (performance.now() - state.began) / 1000,
      changes,
      formatTime: (at) => zone.formatIso(at.getTime()),
    });
    await onRun(state, COMPLETE_RUN, [
      runId,
      finishedAt,
      state.asOf,
      state.sample,
      evidence === runId ? null : evidence,
      bySheet('csv'),
      bySheet('layout'),
      bySheet('cells'),
      JSON.stringify(state.partFingerprints),
      state.settings.hash,
      sum((account) => account.extracted),
      sum((account) => account.extracted),
      sum((account) => account.inserted + account.updated),
      sum((account) => account.quarantined),
      JSON.stringify(report),
    ]);
    await onRun(state, BUMP_VERSION, [runId, finishedAt]);
    return { rowsIn: rows, rowsOut: rows, rowsRejected: 0 };
  },
};
