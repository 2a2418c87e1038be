import { UnrecoverableError } from 'bullmq';
import type { FollowUpService } from '../analytics/follow-up.service';
import { WorkbookRefusedError } from './ingestion.errors';
import { IngestionProcessor } from './ingestion.processor';
import type { IngestionService } from './ingestion.service';
import type { IngestionQueries } from './queries/ingestion.queries';

const CONTEXT = { jobId: 'ingestion-load-7', attempt: 1, signal: new AbortController().signal };

function processor(status: string | undefined, run: IngestionService['run']) {
  const service = { run: jest.fn(run) };
  const queries = { findProgress: () => Promise.resolve(status === undefined ? undefined : { run_id: 7, status }) };
  const followUp = { ask: jest.fn(() => Promise.resolve()) };
  const subject = new IngestionProcessor(
    service as unknown as IngestionService,
    queries as unknown as IngestionQueries,
    followUp as unknown as FollowUpService,
  );
  return { service, subject, followUp };
}

const report = { status: 'COMPLETED' } as Awaited<ReturnType<IngestionService['run']>>;

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

  it('fails for good when nobody recorded the run', async () => {
    const { subject } = processor(undefined, () => Promise.resolve(report));
    await expect(subject.process({ runId: 7 }, CONTEXT)).rejects.toBeInstanceOf(UnrecoverableError);
  });
});
