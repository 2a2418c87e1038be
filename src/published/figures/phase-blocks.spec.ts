import { figuresOf, type PhaseBlock } from './phase-blocks';

/** As analytics.phase_period has it; every duration of whole minutes below 65536 in two bytes, the others in four. */
function block(phases: Record<number, { executions: number; returns: number; seconds: number[] }>): PhaseBlock {
  const heads: Buffer[] = [];
  const durations: Buffer[] = [];
  for (const [id, { executions, returns, seconds }] of Object.entries(phases)) {
    const isShort = (value: number): boolean => value % 60 === 0 && value < 65_536 * 60;
    const short = seconds.filter(isShort);
    const long = seconds.filter((value) => !isShort(value));
    const head = Buffer.alloc(24);
    head.writeBigInt64BE(BigInt(id));
    [executions, returns, short.length, long.length].forEach((value, place) => head.writeInt32BE(value, 8 + 4 * place));
    heads.push(head);
    for (const value of short) {
      const bytes = Buffer.alloc(2);
      bytes.writeInt16BE(value / 60 - 2 ** 15);
      durations.push(bytes);
    }
    for (const value of long) {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(value - 2 ** 31);
      durations.push(bytes);
    }
  }
  return { phases: Buffer.concat(heads), durations: Buffer.concat(durations).toString('base64') };
}

describe('figures of blocks', () => {
  it('are none of no blocks, and counts alone where nothing has a duration', () => {
    expect(figuresOf([])).toEqual([]);
    expect(figuresOf([block({ 3: { executions: 2, returns: 1, seconds: [] } })])).toEqual([
      {
        fase_id: 3,
        executions: 2,
        returns: 1,
        executions_with_duration: 0,
        duration_p50_seconds: null,
        duration_p90_seconds: null,
      },
    ]);
  });

  it('are of all durations of a phase type together, in whatever unit and block they are written', () => {
    const figures = figuresOf([
      block({
        2: { executions: 4, returns: 0, seconds: [60, 65_535 * 60, 65_536 * 60, 90] },
        5_000_000_000: { executions: 1, returns: 1, seconds: [120] },
      }),
      block({ 2: { executions: 3, returns: 2, seconds: [2 ** 32 - 1, 1] } }),
    ]);
    // Sorted: 1, 60, 90, 3932100, 3932160, 4294967295: the 2.5th is half-way from 90 to 3932100, the 4.5th from 3932160 on.
    expect(figures).toEqual([
      {
        fase_id: 2,
        executions: 7,
        returns: 2,
        executions_with_duration: 6,
        duration_p50_seconds: 1_966_095,
        duration_p90_seconds: (3_932_160 + 4_294_967_295) / 2,
      },
      {
        fase_id: 5_000_000_000,
        executions: 1,
        returns: 1,
        executions_with_duration: 1,
        duration_p50_seconds: 120,
        duration_p90_seconds: 120,
      },
    ]);
  });

  it('are those of their own blocks alone, whatever was asked for before', () => {
    const large = block({ 1: { executions: 100, returns: 0, seconds: Array.from({ length: 100 }, () => 7) } });
    const small = block({ 1: { executions: 1, returns: 0, seconds: [600] } });
    const alone = figuresOf([small]);
    figuresOf([large]);
    expect(figuresOf([small])).toEqual(alone);
    expect(alone[0].duration_p50_seconds).toBe(600);
  });
});
