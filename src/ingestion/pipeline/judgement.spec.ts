import { SHEETS, type Entity } from '@libs/workbook';
import { CountMismatchError } from '../ingestion.errors';
import { Judgement, requireAllStaged } from './judgement';
import type { RunState, SheetPart } from './run-state';
import { accountWith, answeredRun, type Answer } from './testing/answered-run';

const ENTITIES = SHEETS.map(({ entity }) => entity);

/** Of a sheet's visit, the profile of columns of whole numbers: how many rows had one, and the distinct ones. */
function visit(
  entity: Entity,
  { rows, count = rows, distinct = rows, kind = 'exact' }: Record<string, number> & { kind?: string },
) {
  const { columns } = SHEETS.find((sheet) => sheet.entity === entity)!;
  const numbers = { count, distinct: { kind, values: Array.from({ length: distinct }, (_, i) => i) } };
  // Beside the key every column holds one number in all rows, so that no other can pass for it.
  const same = { count, distinct: { kind, values: [1] } };
  return { profile: { rows, columns: columns.map((_, i) => ({ numbers: i === 0 ? numbers : same })) } };
}

const NONE = { staged: 0, duplicates: 0, quarantined: 0, kept: 0 };

function judged(answer: (statement: string) => Answer = () => [NONE], over: Partial<RunState> = {}) {
  const visited = new Map(ENTITIES.map((entity, index) => [index, visit(entity, { rows: 2, distinct: 1 })]));
  const run = answeredRun(answer, { visited: visited as unknown as RunState['visited'], ...over });
  return { ...run, judgement: new Judgement(run.state) };
}

it('judges a sheet once those that it refers to are judged, in whatever order they arrive', async () => {
  const { judgement, asked } = judged();
  for (const entity of [...ENTITIES].reverse()) judgement.arrive(entity);
  await judgement.finish();
  const order = asked.flatMap(({ statement }) => /^count_staged (.*)/.exec(statement)?.[1] ?? []);
  expect([...order].sort()).toEqual([...ENTITIES].sort());
  // Phases name orders and phase types; whom they name comes first.
  expect(order.indexOf('fases_ordem_fabrico')).toBeGreaterThan(order.indexOf('ordens_fabrico'));
  expect(order.indexOf('fases_ordem_fabrico')).toBeGreaterThan(order.indexOf('fases_catalogo'));
  expect(order.indexOf('erros_ordem_fabrico')).toBeGreaterThan(order.indexOf('ordens_fabrico'));
});

it('does not wait for sheets that a sheet does not refer to', async () => {
  const { judgement, asked } = judged();
  judgement.arrive('fases_catalogo');
  await judgement.finish().catch(() => undefined);
  expect(asked.at(-1)?.statement).toBe('count_staged fases_catalogo');
});

it('marks duplicates first and then what names nothing that is kept, with the reason of each column', async () => {
  const { judgement, asked } = judged();
  for (const entity of ['fases_catalogo', 'ordens_fabrico', 'fases_ordem_fabrico'] as const) judgement.arrive(entity);
  await judgement.finish().catch(() => undefined);
  const phases = asked.filter(({ statement }) => statement.endsWith(' fases_ordem_fabrico'));
  expect(phases.map(({ statement }) => statement.split(' ')[0])).toEqual([
    'analyze_staging', 'mark_duplicates', 'reject_unknown_reference', 'reject_unknown_reference', 'count_staged',
  ]); // prettier-ignore
  expect(phases[2].values).toEqual(['UNKNOWN_ORDER', 'FaseOf_OfId', 'order']);
  expect(phases[3].values).toEqual(['UNKNOWN_PHASE', 'FaseOf_FaseId', 'phase type']);
});

it('enters into the account what staging holds of the sheet', async () => {
  const { judgement, state } = judged(() => [{ staged: 10, duplicates: 1, quarantined: 2, kept: 7 }]);
  judgement.arrive('modelos');
  await judgement.finish().catch(() => undefined);
  expect(state.accounts.get('modelos')).toEqual(accountWith('modelos', { duplicates: 1, quarantined: 2 }));
  expect(state.kept.get('modelos')).toBe(7);
  expect(state.staged.get('modelos')).toBe(10);
  expect(state.kept.has('funcionarios')).toBe(false);
});

describe('duplicates are looked for', () => {
  const isLookedFor = async (entity: Entity, seen: object, parts?: SheetPart[]): Promise<boolean> => {
    const index = ENTITIES.indexOf(entity);
    const { judgement, asked } = judged(() => [NONE], {
      visited: new Map([[index, seen]]) as unknown as RunState['visited'],
      ...(parts ? { parts } : {}),
    });
    judgement.arrive(entity);
    await judgement.finish().catch(() => undefined);
    return asked.some(({ statement }) => statement === `mark_duplicates ${entity}`);
  };

  it('not where every row has a key of its own', async () => {
    expect(await isLookedFor('modelos', visit('modelos', { rows: 3 }))).toBe(false);
  });

  it.each([
    ['a key stands twice', { rows: 3, distinct: 2 }],
    ['a row has no key that is a whole number', { rows: 3, count: 2 }],
    ['a key is missing and another stands twice as far as is known', { rows: 3, count: 2, distinct: 2 }],
    ['keys were too many to keep', { rows: 3, kind: 'sketch' }],
  ])('where %s', async (_, seen) => {
    expect(await isLookedFor('modelos', visit('modelos', seen as never))).toBe(true);
  });

  it('where no key is a whole number', async () => {
    const { profile } = visit('modelos', { rows: 3 });
    const texts = { profile: { ...profile, columns: profile.columns.map(() => ({})) } };
    expect(await isLookedFor('modelos', texts)).toBe(true);
  });

  it('where the key is a pair of columns or all of them', async () => {
    expect(await isLookedFor('funcionarios_fases_aptos', visit('funcionarios_fases_aptos', { rows: 3 }))).toBe(true);
    expect(await isLookedFor('erros_ordem_fabrico', visit('erros_ordem_fabrico', { rows: 3 }))).toBe(true);
  });

  it('where the sheet goes on in another, which may repeat a key', async () => {
    const part = (ordinal: number, index: number): SheetPart => ({
      entity: 'modelos', ordinal, index, name: `Modelos ${ordinal}`, bytes: 1, part: '',
    }); // prettier-ignore
    const index = ENTITIES.indexOf('modelos');
    expect(await isLookedFor('modelos', visit('modelos', { rows: 3 }), [part(0, index), part(1, 20)])).toBe(true);
  });
});

it('names the sheets that never arrived', async () => {
  const { judgement } = judged();
  for (const entity of ENTITIES) if (entity !== 'modelos' && entity !== 'funcionarios') judgement.arrive(entity);
  // Three more name models or workers, and cannot be judged without them.
  await expect(judgement.finish()).rejects.toThrow(
    'not judged: Modelos, Funcionarios, FuncionariosFasesAptos, FasesStandardModelos, FuncionariosFaseOrdemFabrico',
  );
});

it('asks nothing more once it is stopped, not even of the sheet in hand', async () => {
  const { judgement, asked } = judged((statement) => {
    if (statement === 'analyze_staging funcionarios_fases_aptos') void judgement.stop();
    return [NONE];
  });
  for (const entity of ['funcionarios', 'fases_catalogo', 'funcionarios_fases_aptos'] as const)
    judgement.arrive(entity);
  await judgement.finish().catch(() => undefined);
  const workers = asked.filter(({ statement }) => statement.startsWith('reject_unknown_reference'));
  expect(workers).toEqual([]);
  const before = asked.length;
  judgement.arrive('modelos');
  await judgement.finish().catch(() => undefined);
  expect(asked).toHaveLength(before);
});

it('tells by finish what the database refused, and ends quietly by stop', async () => {
  const refusal = (): never => {
    throw new Error('no room');
  };
  const { judgement } = judged(refusal);
  judgement.arrive('modelos');
  await expect(judgement.finish()).rejects.toThrow('no room');
  await expect(judgement.stop()).resolves.toBeUndefined();
});

it('is over, once stopped, only when the statement in hand is', async () => {
  let answered = false;
  const { state } = judged();
  const query = async (): Promise<object> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    answered = true;
    return { rows: [NONE] };
  };
  const judgement = new Judgement({ ...state, client: { query } } as unknown as RunState);
  judgement.arrive('modelos');
  // The statement is asked in the next turn.
  await Promise.resolve();
  await judgement.stop();
  expect(answered).toBe(true);
});

describe('requireAllStaged', () => {
  const accounts = new Map(ENTITIES.map((entity) => [entity, accountWith(entity, { extracted: 5 })]));
  const { state } = answeredRun(() => undefined, { accounts });

  it('takes sheets of which every row has arrived', () => {
    expect(() => requireAllStaged(state, () => 5)).not.toThrow();
  });

  it('refuses rows lost, and rows too many, naming the sheet and both counts', () => {
    const found = (entity: Entity): number => (entity === 'modelos' ? 4 : entity === 'funcionarios' ? 6 : 5);
    let error: unknown;
    try {
      requireAllStaged(state, found);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CountMismatchError);
    expect((error as CountMismatchError).mismatches).toEqual([
      { sheet: 'Modelos', what: 'staged', expected: 5, found: 4 },
      { sheet: 'Funcionarios', what: 'staged', expected: 5, found: 6 },
    ]);
  });
});
