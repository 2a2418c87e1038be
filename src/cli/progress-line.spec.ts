import type { RunProgress } from '../ingestion/queries/run-report';
import { ProgressLine } from './progress-line';

function screen(isTTY: boolean, columns = 100) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

function progress(step: string, percent: number, rows = 0, rate = 0): RunProgress {
  return { run_id: 1, step, percent, rows, rows_per_second: rate, at: '2025-07-01T10:00:00Z' };
}

describe('the progress of a load', () => {
  it('is one line drawn anew on a terminal, with the time that is left', () => {
    const terminal = screen(true);
    let now = 0;
    const line = new ProgressLine(terminal, () => now);
    now = 10_000;
    line.show(progress('extract', 25, 300_000, 30_000.4));
    line.clear();
    expect(terminal.written).toEqual([
      // a quarter of 16 characters is 4; 10 s for 25 % leave 30 s for 75 %
      '\r\u001b[K[====            ]  25.0 %  ETA 0:30  extract  300,000 rows, 30,000 rows/s',
      '\r\u001b[K',
    ]);
  });

  it('never wraps, on however narrow a terminal', () => {
    const terminal = screen(true, 40);
    new ProgressLine(terminal, () => 0).show(progress('extract', 50, 300_000, 30_000));
    expect(terminal.written[0].slice('\r\u001b[K'.length)).toHaveLength(39);
  });

  it('is plain lines elsewhere: one a step and one for every tenth', () => {
    const log = screen(false);
    const line = new ProgressLine(log, () => 0);
    for (const percent of [0, 4, 9.9, 10, 15, 20.1]) line.show(progress('extract', percent, 1000 * percent, 500));
    line.show(progress('merge', 21));
    line.clear();
    expect(log.written).toEqual([
      '  0.0 %  extract\n',
      ' 10.0 %  extract  10,000 rows, 500 rows/s\n',
      ' 20.1 %  extract  20,100 rows, 500 rows/s\n',
      ' 21.0 %  merge\n',
    ]);
  });
});
