import { JOBS } from './jobs';

it('gives every job an id that depends on its payload alone and that BullMQ accepts (no colon)', () => {
  const job = JOBS['ingestion.load'];
  expect(job.jobId({ runId: 12 })).toBe('ingestion-load-12');
  expect(job.jobId({ runId: 12 })).not.toContain(':');
});
