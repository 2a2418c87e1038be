import { JobProcessor } from './base.processor';
import { handlersByJob } from './handler-check';
import { JOB_NAMES } from './jobs';

class First extends JobProcessor<'ingestion.load'> {
  readonly job = 'ingestion.load';
  process = () => Promise.resolve();
}
class Second extends First {}

/** A handler of every job but the load's. */
const OTHERS = JOB_NAMES.filter((name) => name !== 'ingestion.load').map(
  (job) =>
    new (class extends JobProcessor {
      readonly job = job;
      process = () => Promise.resolve();
    })(),
);

describe('handlersByJob', () => {
  it('finds the handler of each job', () => {
    const only = new First();
    expect(handlersByJob([only, ...OTHERS]).get('ingestion.load')).toBe(only);
  });

  it('refuses a job without a handler', () => {
    expect(() => handlersByJob(OTHERS)).toThrow('ingestion.load has no handler');
  });

  it('refuses a job with two handlers and names them', () => {
    expect(() => handlersByJob([new First(), new Second(), ...OTHERS])).toThrow(
      'ingestion.load has 2 handlers: First, Second',
    );
  });
});
