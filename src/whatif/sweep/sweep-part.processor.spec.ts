import { JOBS } from '../../queue/jobs';
import { SweepPartProcessor } from './sweep-part.processor';
import type { SweepsService } from './sweeps.service';

const PART = { sweepId: 7, first: 10, end: 20 };
const LAST = JOBS['whatif.sweep-part'].attempts;
const fail = jest.fn<Promise<void>, [number, string]>(() => Promise.resolve());
const processor = new SweepPartProcessor({
  runPart: () => Promise.reject(new Error('the database is away')),
  fail,
} as unknown as SweepsService);

beforeEach(() => fail.mockClear());

describe('a part of a sweep that goes wrong', () => {
  it('is tried again while it has tries left, and the sweep goes on', async () => {
    const context = { jobId: '', attempt: LAST - 1, signal: new AbortController().signal };
    await expect(processor.process(PART, context)).rejects.toThrow('the database is away');
    expect(fail).not.toHaveBeenCalled();
  });

  it('ends its sweep at the last try', async () => {
    const context = { jobId: '', attempt: LAST, signal: new AbortController().signal };
    await expect(processor.process(PART, context)).rejects.toThrow('the database is away');
    expect(fail).toHaveBeenCalledWith(7, 'the database is away');
  });

  it('because its process ends is left open for the next start, also at the last try', async () => {
    const context = { jobId: '', attempt: LAST, signal: AbortSignal.abort() };
    expect(await processor.process(PART, context)).toEqual({ simulated: 0 });
    expect(fail).not.toHaveBeenCalled();
  });
});
