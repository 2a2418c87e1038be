import { type BatchSink, LineBatches } from './line-batches';

/** Remembers what came, and what was written of it. */
class Sink implements BatchSink {
  readonly batches: string[] = [];
  readonly calls: string[] = [];
  write(batch: string): void {
    this.batches.push(batch);
    this.calls.push('write');
  }
  flush(): void {
    this.calls.push('flush');
  }
  flushSync(): void {
    this.calls.push('flushSync');
  }
}

describe('lines of a log', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('wait a tenth of a second for others, and are written with them in their order', () => {
    const sink = new Sink();
    const output = new LineBatches(sink);
    output.write('one\n');
    jest.advanceTimersByTime(60);
    output.write('two\n');
    jest.advanceTimersByTime(39);
    expect(sink.calls).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(sink.batches).toEqual(['one\ntwo\n']);
    expect(sink.calls).toEqual(['write', 'flush']);
    output.write('three\n');
    jest.advanceTimersByTime(100);
    expect(sink.batches).toEqual(['one\ntwo\n', 'three\n']);
    jest.advanceTimersByTime(1000);
    expect(sink.calls).toEqual(['write', 'flush', 'write', 'flush']);
  });

  it('wait no longer once there are 32 Ki characters of them', () => {
    const sink = new Sink();
    const output = new LineBatches(sink);
    output.write('x'.repeat(32_767));
    expect(sink.calls).toEqual([]);
    output.write('y');
    expect(sink.calls).toEqual(['write', 'flush']);
    expect(sink.batches[0]).toHaveLength(32_768);
    // None is left over for the clock.
    jest.advanceTimersByTime(1000);
    expect(sink.calls).toEqual(['write', 'flush']);
  });

  it('are written before a process ends, with what the sink still has', () => {
    const sink = new Sink();
    const output = new LineBatches(sink);
    output.write('last\n');
    output.flushSync();
    expect(sink.batches).toEqual(['last\n']);
    expect(sink.calls).toEqual(['write', 'flushSync']);
    output.flushSync();
    expect(sink.calls).toEqual(['write', 'flushSync', 'flushSync']);
    expect(sink.batches).toHaveLength(1);
  });
});
