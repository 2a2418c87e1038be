import { JOBS } from './jobs';
import { SCHEDULES } from './schedules';

it('gives every job an id that depends on its payload alone and that BullMQ accepts (no colon)', () => {
  const job = JOBS['ingestion.load'];
  expect(job.jobId({ runId: 12 })).toBe('ingestion-load-12');
  expect(job.jobId({ runId: 12 })).not.toContain(':');
});

it('tells what follows one run from what follows another, from a repair and from the schedule', () => {
  const job = JOBS['analytics.compute-aggregates'];
  expect(job.jobId({})).toBe('compute-aggregates');
  expect(job.jobId({ runId: 3 })).toBe('compute-aggregates-3');
  expect(job.jobId({ repairedAt: 5 })).toBe('compute-aggregates-repair-5');
});

it('schedules each job at most once', () => {
  expect(new Set(SCHEDULES.map(({ job }) => job)).size).toBe(SCHEDULES.length);
});
