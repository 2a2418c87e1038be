import { performance } from 'node:perf_hooks';
import type { RunState, Step, StepProgress, StepRecord } from './run-state';
import { SESSION } from './session';
import { inspectStep } from './steps/inspect.step';
import { extractStep } from './steps/extract.step';
import { loadStep } from './steps/load.step';
import { validateStep } from './steps/validate.step';
import { mergeStep } from './steps/merge.step';
import { backfillStep } from './steps/backfill.step';
import { reconcileStep } from './steps/reconcile.step';
import { deriveStep } from './steps/derive.step';
import { validateCountsStep } from './steps/validate-counts.step';
import { publishStep } from './steps/publish.step';

/**
 * A load, in order. What stands in PREPARE touches staging and the run's own records only and may be repeated at will;
 * what stands in PUBLISH happens in one transaction on the run's own connection, so that readers see all of it or
 * nothing, and a process that dies in the middle leaves the published data as they were.
 */
const PREPARE: readonly Step[] = [inspectStep, extractStep, loadStep, validateStep];
const PUBLISH: readonly Step[] = [mergeStep, backfillStep, reconcileStep, deriveStep, validateCountsStep, publishStep];

/** Steps that are left out when the workbook repeats the published data. */
const ONLY_FOR_NEW_CONTENT: ReadonlySet<Step> = new Set([
  extractStep,
  loadStep,
  validateStep,
  mergeStep,
  backfillStep,
  deriveStep,
]);

export type OnProgress = (step: string, percent: number, rows: number | undefined) => void;

/** Told of every step that was done. */
export type OnStep = (step: StepRecord) => void;

/** Runs all steps; afterwards the run is published, or an error says why nothing changed. */
export async function runPipeline(state: RunState, onProgress: OnProgress, onStep: OnStep): Promise<void> {
  const total = [...PREPARE, ...PUBLISH].reduce((sum, step) => sum + step.weight, 0);
  let done = 0;
  const runStep = async (step: Step): Promise<void> => {
    if (!(state.sameAs !== undefined && ONLY_FOR_NEW_CONTENT.has(step))) {
      state.signal.throwIfAborted();
      const started = performance.now();
      const progress: StepProgress = (fraction, rows) =>
        onProgress(step.name, (100 * (done + step.weight * Math.min(1, fraction))) / total, rows);
      progress(0);
      const outcome = await step.run(state, progress);
      const record = { name: step.name, ...outcome, seconds: (performance.now() - started) / 1000 };
      state.steps.push(record);
      onStep(record);
    }
    done += step.weight;
  };

  for (const setting of SESSION) await state.client.query(setting);
  try {
    for (const step of PREPARE) await runStep(step);
  } finally {
    // Whatever came of it, what follows has the connection to itself.
    await state.judgement?.stop();
  }
  await state.client.query('BEGIN');
  try {
    for (const step of PUBLISH) await runStep(step);
    state.signal.throwIfAborted();
    await state.client.query('COMMIT');
  } catch (error) {
    // On a lost connection there is nothing left to roll back; the first error is the one to tell.
    await state.client.query('ROLLBACK').catch(() => undefined);
    // Whoever clears up after the run must find its evidence written or not, never being written.
    await state.beside?.all;
    throw error;
  }
}
