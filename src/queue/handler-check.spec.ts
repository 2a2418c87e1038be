import { JobProcessor } from './base.processor';
import { handlersByJob } from './handler-check';

class First extends JobProcessor<'ingestion.load'> {
  readonly job = 'ingestion.load';
  process = () => Promise.resolve();
}
class Second extends First {}

describe('handlersByJob', () => {
  it('finds the handler of each job', () => {
    const only = new First();
    expect(handlersByJob([only]).get('ingestion.load')).toBe(only);
  });

  it('refuses a job without a handler', () => {
    expect(() => handlersByJob([])).toThrow('ingestion.load has no handler');
  });

  it('refuses a job with two handlers and names them', () => {
    expect(() => handlersByJob([new First(), new Second()])).toThrow('ingestion.load has 2 handlers: First, Second');
  });
});
