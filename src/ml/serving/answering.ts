import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Injectable, Logger } from '@nestjs/common';
import {
  ArtefactError,
  decodeArtefact,
  leastLoss,
  type LearningSet,
  measureClassification,
  measureRegression,
} from '@libs/learning';
import { featuresOf, learningSetOf, type OrderModel } from '../models';
import { type Champion, ModelRegistry } from '../registry/model-registry';
import type { KnownPast } from './known-past';
import { type ServedModel, servedModel } from './served-model';

/** Who answers, and why. */
export interface Answerer {
  readonly method: 'model' | 'baseline';
  readonly reason: string;
  /** The version that answers, or that would if it could. */
  readonly version?: number;
  readonly model?: ServedModel;
  /** The rows that the answer rests on. */
  readonly set: LearningSet;
  /** The baseline that is compared with, or answers. */
  readonly baseline: string;
}

interface Kept {
  readonly key: string;
  readonly answerer: Promise<Answerer>;
}

const LATEST = 500;

/** Decides for each model who answers: its champion, or the baseline where that is missing, damaged or lately worse. */
@Injectable()
export class Answering {
  private readonly logger = new Logger(Answering.name);
  private readonly kept = new Map<OrderModel, Kept>();

  constructor(private readonly registry: ModelRegistry) {}

  async answererOf(model: OrderModel, known: KnownPast): Promise<Answerer> {
    const champion = await this.registry.champion(model, known.published.sample);
    // A file that was changed or taken away is noticed at the next question.
    const state =
      champion === undefined ? 'none' : `${champion.version} ${await stateOf(this.registry.fileOf(champion))}`;
    const key = `${known.published.version} ${state}`;
    const kept = this.kept.get(model);
    if (kept?.key === key) return kept.answerer;
    const answerer = this.decide(model, known, champion);
    this.kept.set(model, { key, answerer });
    answerer.catch(() => this.kept.delete(model));
    return answerer;
  }

  private async decide(model: OrderModel, known: KnownPast, champion: Champion | undefined): Promise<Answerer> {
    const set = learningSetOf(model, known.table);
    const fallback = (reason: string): Answerer => ({
      method: 'baseline',
      reason,
      set,
      baseline: bestBaseline(set),
      ...(champion === undefined ? {} : { version: champion.version }),
    });
    if (champion === undefined) return fallback('No trained model has beaten the baseline yet.');
    try {
      const served = await this.load(model, champion, set, known.now);
      await this.note(model, champion, served.lately.wins ? null : served.lately.reason);
      if (!served.lately.wins) return fallback(`The model is not used: ${served.lately.reason}.`);
      return {
        method: 'model',
        reason: `The model beat the baseline on its validation period and since: ${served.lately.reason}.`,
        version: champion.version,
        model: served,
        set,
        baseline: served.artefact.baseline,
      };
    } catch (error) {
      if (!(error instanceof ArtefactError)) throw error;
      await this.note(model, champion, error.message);
      return fallback(`The model is not used: ${error.message}.`);
    }
  }

  private async note(model: OrderModel, { version, serving_problem }: Champion, problem: string | null): Promise<void> {
    if (serving_problem === problem) return;
    if (problem !== null) this.logger.error(`model ${model}-${version} does not answer: ${problem}`);
    await this.registry.markProblem(model, version, problem);
  }

  private async load(model: OrderModel, champion: Champion, set: LearningSet, now: number): Promise<ServedModel> {
    const file = this.registry.fileOf(champion);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      throw new ArtefactError(`the file ${champion.artefact_path} cannot be read`);
    }
    if (createHash('sha256').update(text).digest('hex') !== champion.artefact_sha256) {
      throw new ArtefactError(
        `the file ${champion.artefact_path} is not the one that was written: its checksum differs`,
      );
    }
    return servedModel(decodeArtefact(text, featuresOf(model)), set, now);
  }
}

/** Size and time of a file's last change, or that it is not there. */
async function stateOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? 'missing' : `${found.size} ${found.mtimeMs}`;
}

/** The baseline that did best on the orders finished last. */
function bestBaseline(set: LearningSet): string {
  const latest = Array.from(set.ended.keys())
    .filter((row) => !Number.isNaN(set.ended[row]))
    .sort((one, other) => set.ended[one] - set.ended[other])
    .slice(-LATEST);
  if (set.kind === 'duration') {
    return leastLoss(
      set.baselines.map(({ name, answers }) => {
        const known = latest.filter((row) => answers[row] !== undefined);
        const measures = measureRegression(
          known.flatMap((row) => answers[row] ?? []),
          known.map((row) => set.outcome[row]),
        );
        return { name, loss: measures.pinball };
      }),
    ).name;
  }
  return leastLoss(
    set.baselines.map(({ name, answers }) => {
      const known = latest.filter((row) => answers[row] !== undefined);
      const measures = measureClassification(
        known.map((row) => answers[row] ?? NaN),
        known.map((row) => set.outcome[row]),
      );
      return { name, loss: measures.brier };
    }),
  ).name;
}
