import { JobProcessor } from './base.processor';
import { JOB_NAMES, JobName } from './jobs';

/**
 * The one handler of each job.
 * @throws Error listing every job with none or more than one.
 */
export function handlersByJob(processors: readonly JobProcessor[]): Map<JobName, JobProcessor> {
  const handlers = new Map<JobName, JobProcessor>();
  const problems: string[] = [];
  for (const job of JOB_NAMES) {
    const found = processors.filter((processor) => processor.job === job);
    const names = found.map((processor) => processor.constructor.name).join(', ');
    if (found.length === 1) handlers.set(job, found[0]);
    else problems.push(found.length === 0 ? `${job} has no handler` : `${job} has ${found.length} handlers: ${names}`);
  }
  if (problems.length > 0) throw new Error(`Every job needs exactly one handler: ${problems.join('; ')}.`);
  return handlers;
}
