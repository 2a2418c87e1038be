import { UnrecoverableError } from 'bullmq';
import type { FollowUpService } from '../analytics/follow-up.service';
import { Metrics } from '../common/metrics';
import { RunCancelledError, WorkbookRefusedError } from './ingestion.errors';
import { IngestionProcessor } from './ingestion.processor';
import type { IngestionService } from './ingestion.service';
import type { IngestionQueries } from './queries/ingestion.queries';

const CONTEXT = { jobId: 'ingestion-load-7', attempt: 1, signal: new AbortController().signal };

function processor(status: string | undefined, run: IngestionService['run']) {
  const service = { run: jest.fn(run) };
  const queries = { findProgress: () => Promise.resolve(status === undefined ? undefined : { run_id: 7, status }) };
  const followUp = { ask: jest.fn(() => Promise.resolve()) };
  const metrics = new Metrics();
  const subject = new IngestionProcessor(
    service as unknown as IngestionService,
    queries as unknown as IngestionQueries,
    followUp as unknown as FollowUpService,
    metrics,
  );
  return { service, subject, followUp, metrics };
}

const account = { inserted: 5, updated: 4, unchanged: 3, duplicates: 2, quarantined: 1, absent: 6 };
const report = {
  status: 'COMPLETED',
  sheets: [{ sheet: 'Fases', seconds: 0.25, ...account }],
  rejects: [{ sheet: 'Fases', reason_code: 'NULL_KEY', count: 1 }],
} as unknown as Awaited<ReturnType<IngestionService['run']>>;

describe('the job ingestion.load', () => {
  it('runs the load of the recorded run and can be told to end', async () => {
    const { service, subject } = processor('QUEUED', () => Promise.resolve(report));
    expect(await subject.process({ runId: 7 }, CONTEXT)).toEqual({ runId: 7, status: 'COMPLETED' });
    expect(service.run).toHaveBeenCalledWith(7, { signal: CONTEXT.signal });
  });

  it('asks for what follows a publish, and only then', async () => {
    const published = processor('QUEUED', () => Promise.resolve(report));
    await published.subject.process({ runId: 7 }, CONTEXT);
    expect(published.followUp.ask).toHaveBeenCalledTimes(1);

    const failed = processor('QUEUED', () => Promise.reject(new Error('no')));
    await expect(failed.subject.process({ runId: 7 }, CONTEXT)).rejects.toThrow('no');
    expect(failed.followUp.ask).not.toHaveBeenCalled();
  });

  it.each(['COMPLETED', 'FAILED', 'CANCELLED', 'INTERRUPTED'])('does not run a %s run again', async (status) => {
    const { service, subject } = processor(status, () => Promise.resolve(report));
    expect(await subject.process({ runId: 7 }, CONTEXT)).toEqual({ runId: 7, status });
    expect(service.run).not.toHaveBeenCalled();
  });

  it('fails for good, naming the code: the same workbook would fail the same way', async () => {
    const refusal = new WorkbookRefusedError('XLSX_NOT_ZIP', 'This is no workbook.', 'Export it again.');
    const { subject } = processor('QUEUED', () => Promise.reject(refusal));
    const failure = subject.process({ runId: 7 }, CONTEXT);
    await expect(failure).rejects.toBeInstanceOf(UnrecoverableError);
    await expect(failure).rejects.toThrow('Run 7 did not complete: XLSX_NOT_ZIP: This is no workbook.');
  });

  it('counts a published load: its rows by what became of them, its rejects by reason', async () => {
    const { subject, metrics } = processor('QUEUED', () => Promise.resolve(report));
    await subject.process({ runId: 7 }, CONTEXT);
    const text = await metrics.registry.metrics();
    for (const [status, rows] of Object.entries(account)) {
      expect(text).toContain(`ingestion_rows_total{sheet="Fases",status="${status}"} ${rows}\n`);
    }
    expect(text).toContain('ingestion_duration_seconds_sum{sheet="Fases"} 0.25\n');
    expect(text).toContain('ingestion_rejects_total{sheet="Fases",reason_code="NULL_KEY"} 1\n');
    expect(text).toContain('ingestion_runs_total{status="COMPLETED",error_code="none"} 1\n');
  });

  it.each([
    [new WorkbookRefusedError('XLSX_NOT_ZIP', 'This is no workbook.', 'Export it again.'), 'FAILED', 'XLSX_NOT_ZIP'],
    [new RunCancelledError(7), 'CANCELLED', 'RUN_CANCELLED'],
    [new Error('no'), 'FAILED', 'INTERNAL_ERROR'],
  ])('counts a load that %s ended under its code', async (failure, status, code) => {
    const { subject, metrics } = processor('QUEUED', () => Promise.reject(failure));
    await expect(subject.process({ runId: 7 }, CONTEXT)).rejects.toThrow();
    const text = await metrics.registry.metrics();
    expect(text).toContain(`ingestion_runs_total{status="${status}",error_code="${code}"} 1\n`);
  });

  it('fails for good when nobody recorded the run', async () => {
    const { subject } = processor(undefined, () => Promise.resolve(report));
    await expect(subject.process({ runId: 7 }, CONTEXT)).rejects.toBeInstanceOf(UnrecoverableError);
  });
});
