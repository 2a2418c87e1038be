import { SHEETS, type Entity } from '@libs/workbook';
import { MassAbsenceError } from '../../ingestion.errors';
import type { PublishedLoad, RunState } from '../run-state';
import { accountWith, answeredRun, type Answer } from '../testing/answered-run';
import { mergeStep } from './merge.step';

const ENTITIES = SHEETS.map(({ entity }) => entity);

interface Stored {
  /** Rows of core, and of these absent from the workbook. */
  core?: Partial<Record<Entity, number>>;
  absent?: Partial<Record<Entity, number>>;
  changes?: Partial<Record<Entity, { to_insert: number; to_update: number; unchanged: number }>>;
  withdrawn?: Partial<Record<Entity, number>>;
  server?: number;
}

const NO_CHANGES = { to_insert: 0, to_update: 0, unchanged: 0 };

/** A run over a core of so many rows, published by run 3 under other settings, so that nothing derived is looked at. */
function merging(stored: Stored, over: Partial<RunState> = {}) {
  const answer = (statement: string): Answer => {
    const [name, entity] = statement.split(' ') as [string, Entity];
    if (name === 'count_core') return [{ rows: stored.core?.[entity] ?? 0 }];
    if (name === 'count_absent') return [{ absent: stored.absent?.[entity] ?? 0 }];
    if (name === 'count_changes') return [stored.changes?.[entity] ?? NO_CHANGES];
    if (name === 'merge_insert') return stored.changes?.[entity]?.to_insert ?? 0;
    if (name === 'merge_update') return stored.changes?.[entity]?.to_update ?? 0;
    if (name === 'withdraw')
      return [{ absent: stored.absent?.[entity] ?? 0, withdrawn: stored.withdrawn?.[entity] ?? 0 }];
    if (name === 'begin_bulk_load') return [{ definitions: [] }];
    return statement.includes('server_version_num') ? [{ num: stored.server ?? 180_000, text: '18' }] : undefined;
  };
  const published = { runId: 3, sample: false, settingsHash: 'as before' } as PublishedLoad;
  return answeredRun(answer, { published, kept: new Map([['modelos', 4], ['funcionarios', 5]]), ...over }); // prettier-ignore
}

const run = (state: RunState): Promise<object> => mergeStep.run(state, () => undefined);
const names = (asked: readonly { statement: string }[], name: string): string[] =>
  asked.flatMap(({ statement }) => (statement.startsWith(`${name} `) ? [statement.slice(name.length + 1)] : []));

describe('rows that the workbook no longer has', () => {
  const limits = { core: { modelos: 50 } };

  it('are taken away up to the limit, and the account says how many', async () => {
    // a tenth of 50
    const { state } = merging({ ...limits, absent: { modelos: 5 }, withdrawn: { modelos: 2 } });
    expect(await run(state)).toEqual({ rowsIn: 9, rowsOut: 7, rowsRejected: 0 });
    expect(state.accounts.get('modelos')).toEqual(accountWith('modelos', { absent: 5, withdrawn: 2 }));
  });

  it('are refused beyond it, by the names of all such sheets, before anything is written', async () => {
    const core = { modelos: 50, funcionarios: 10, ordens_fabrico: 100 };
    const { state, asked } = merging({ core, absent: { modelos: 6, funcionarios: 2, ordens_fabrico: 10 } });
    const refused = run(state);
    await expect(refused).rejects.toThrow(MassAbsenceError);
    await expect(refused).rejects.toThrow(
      'Modelos lacks 6 of 50 rows; Funcionarios lacks 2 of 10 rows: more than 10 %',
    );
    expect(names(asked, 'withdraw')).toEqual([]);
    expect(names(asked, 'create_changes')).toEqual([]);
  });

  it('are taken away beyond it where that sheet was named, and only there', async () => {
    const order = { runId: 7, allowMassAbsence: ['Modelos'] } as unknown as RunState['order'];
    const named = merging({ ...limits, absent: { modelos: 50 } }, { order });
    await run(named.state);
    expect(named.state.accounts.get('modelos')?.absent).toBe(50);
    const other = merging({ core: { funcionarios: 50 }, absent: { funcionarios: 50 } }, { order });
    await expect(run(other.state)).rejects.toThrow(MassAbsenceError);
  });

  it('may be all where real data replace a sample, which is said', async () => {
    const published = { runId: 3, sample: true, settingsHash: '' } as PublishedLoad;
    const { state } = merging({ ...limits, absent: { modelos: 50 } }, { published });
    await run(state);
    expect(state.warnings).toEqual(['This load replaced sample data by real data.']);
    const sample = merging({ ...limits, absent: { modelos: 50 } }, { published, sample: true });
    await expect(run(sample.state)).rejects.toThrow(MassAbsenceError);
    expect(sample.state.warnings).toEqual([]);
  });

  it('go in the opposite order to that in which rows come, so that nothing names what is gone', async () => {
    const { state, asked } = merging(limits);
    await run(state);
    const come = names(asked, 'create_changes');
    expect(names(asked, 'withdraw')).toEqual([...come].reverse());
    expect([...come].sort()).toEqual([...ENTITIES].sort());
    expect(come.slice(-2)).toEqual(['erros_ordem_fabrico', 'fases_ordem_fabrico']);
    expect(asked.find(({ statement }) => statement.startsWith('withdraw'))?.values).toEqual([7, state.loadedAt]);
  });
});

describe('a load over published data', () => {
  it('writes what is new and what changed, and counts it with what did not', async () => {
    const changes = { modelos: { to_insert: 2, to_update: 3, unchanged: 45 } };
    const { state, asked } = merging({ core: { modelos: 48 }, changes });
    expect(await run(state)).toEqual({ rowsIn: 9, rowsOut: 5, rowsRejected: 0 });
    expect(state.accounts.get('modelos')).toEqual(accountWith('modelos', { inserted: 2, updated: 3, unchanged: 45 }));
    expect(names(asked, 'merge_insert')).toEqual(['modelos']);
    expect(names(asked, 'merge_update')).toEqual(['modelos']);
    // Only the rows that are new, not all that are kept.
    expect(asked.find(({ statement }) => statement === 'merge_insert modelos')?.text).toContain("change.action = 'I'");
    expect(state.coreWasEmpty).toBe(false);
  });

  it('writes only what is planned: a single new row, a single changed one', async () => {
    const one = { modelos: { ...NO_CHANGES, to_insert: 1 }, funcionarios: { ...NO_CHANGES, to_update: 1 } };
    const { asked, state } = merging({ core: { modelos: 1 }, changes: one });
    await run(state);
    expect(names(asked, 'merge_insert')).toEqual(['modelos']);
    expect(names(asked, 'merge_update')).toEqual(['funcionarios']);
  });
});

describe('a first load', () => {
  it('inserts every sheet without comparing, and takes nothing away', async () => {
    const changes = { modelos: { ...NO_CHANGES, to_insert: 4 } };
    const { state, asked } = merging({ changes }, { published: undefined });
    expect(await run(state)).toEqual({ rowsIn: 9, rowsOut: 4, rowsRejected: 0 });
    expect(state.accounts.get('modelos')).toEqual(accountWith('modelos', { inserted: 4 }));
    expect(names(asked, 'merge_insert')).toHaveLength(9);
    // The assignments, which are many, get their indexes after their rows; the others are read meanwhile.
    const bulk = asked.filter(({ statement }) => statement.startsWith('begin_bulk_load'));
    expect(bulk.map(({ values }) => values)).toEqual([['core.funcionarios_fase_ordem_fabrico', true]]);
    expect([...names(asked, 'create_changes'), ...names(asked, 'withdraw'), ...names(asked, 'count_absent')]).toEqual(
      [],
    );
    expect(state.coreWasEmpty).toBe(true);
  });

  it('puts in place what was built aside, and inserts the other sheets', async () => {
    const beside = { months: Promise.resolve(70), errors: Promise.resolve(8) } as unknown as RunState['beside'];
    const months = [{ month: '2025-11-01', present: false, regular: true }];
    const { state, asked } = merging({}, { published: undefined, beside, months });
    await run(state);
    expect(state.accounts.get('fases_ordem_fabrico')?.inserted).toBe(70);
    expect(state.accounts.get('erros_ordem_fabrico')?.inserted).toBe(8);
    expect(names(asked, 'merge_insert')).toHaveLength(7);
    const finish = (name: string): unknown => asked.find(({ statement }) => statement.startsWith(name))?.values;
    expect(finish('finish_phase_build')).toEqual([['2025-11-01']]);
    expect(finish('finish_hash_build')).toEqual(['core.erros_ordem_fabrico']);
  });

  it('inserts phases and errors too where nothing was built of them', async () => {
    const beside = {
      months: Promise.resolve(undefined),
      errors: Promise.resolve(undefined),
    } as unknown as RunState['beside'];
    const { state, asked } = merging({}, { published: undefined, beside });
    await run(state);
    expect(names(asked, 'merge_insert')).toHaveLength(9);
    expect(asked.some(({ statement }) => /^finish_(phase|hash)/.test(statement))).toBe(false);
  });
});

describe('statistics', () => {
  const analyzed = async (unchanged: number, server?: number): Promise<string[]> => {
    const changes = { modelos: { to_insert: 4, to_update: 6, unchanged } };
    const { state, asked } = merging({ core: { modelos: 100 }, changes, server });
    await run(state);
    return asked.flatMap(({ statement, text }) =>
      statement.startsWith('analyze_core ') ? [text.match(/^ANALYZE.*/m)![0]] : [],
    );
  };

  it('are made anew of tables of which more than a tenth is new', async () => {
    // 10 of 109
    expect(await analyzed(99)).toEqual(['ANALYZE ONLY core.modelos']);
    expect(await analyzed(100)).toEqual([]);
  });

  it('leave partitions out where the server can, from version 18 on', async () => {
    expect(await analyzed(0, 180_000)).toEqual(['ANALYZE ONLY core.modelos']);
    expect(await analyzed(0, 179_999)).toEqual(['ANALYZE  core.modelos']);
  });
});

it('shows how far it is by the sheets that are written', async () => {
  const shown: number[] = [];
  await mergeStep.run(merging({ core: { modelos: 1 } }).state, (fraction) => shown.push(fraction));
  expect(shown).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
});
