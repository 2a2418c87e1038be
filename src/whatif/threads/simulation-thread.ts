import { parentPort } from 'node:worker_threads';
import type { FactoryModel } from '@libs/factory-model';
import type { NormalRequest } from '../requests/normal-request';
import { Answers, type ComputedAnswer } from './compute-answer';

/** A question to a thread. */
export interface ThreadQuestion {
  /** Names the model; its text comes along when the thread does not hold it. */
  readonly dataVersion: string;
  readonly model?: string;
  readonly factoryTz: string;
  readonly request: NormalRequest;
}

/** What it answers: JSON, or what went wrong. */
export type ThreadReply = { answer: ComputedAnswer } | { failure: string };

let held: { dataVersion: string; answers: Answers } | undefined;

/* Runs in a worker thread for as long as the process: holds the last model, and answers one question after the other. */
parentPort?.on('message', ({ dataVersion, model, factoryTz, request }: ThreadQuestion) => {
  try {
    if (model !== undefined) {
      held = { dataVersion, answers: new Answers(JSON.parse(model) as FactoryModel, factoryTz) };
    }
    if (held?.dataVersion !== dataVersion) throw new Error('The thread does not hold the model asked about.');
    parentPort!.postMessage({ answer: held.answers.answer(request) } satisfies ThreadReply);
  } catch (error) {
    parentPort!.postMessage({ failure: (error as Error).stack ?? String(error) } satisfies ThreadReply);
  }
});
