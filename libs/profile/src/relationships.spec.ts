import fc from 'fast-check';
import { SHEETS } from '@libs/workbook';
import { mergeParts } from './merge-parts';
import { RELATIONSHIPS, isKeyColumn } from './relationship-definitions';
import { relationships, type Relationship } from './relationships';
import type { ColumnProfile, SheetProfile } from './sheet-profile';
import { SheetProfiler } from './sheet-profiler';

type Value = number | string | null;

/** A sheet with one column, or several of equal length. */
function sheet(name: string, columns: Readonly<Record<string, readonly Value[]>>): SheetProfile {
  const headers = Object.keys(columns);
  const profiler = new SheetProfiler(headers.map((header) => ({ name: header, trackKeys: isKeyColumn(name, header) })));
  const rows = Math.max(0, ...headers.map((header) => columns[header].length));
  for (let row = 0; row < rows; row += 1) {
    profiler.row();
    headers.forEach((header, i) => {
      const value = columns[header][row];
      if (typeof value === 'number') profiler.number(i, value);
      else if (typeof value === 'string') profiler.text(i, value);
    });
  }
  return mergeParts(name, [profiler.finish()]);
}

function named(name: string, profiles: readonly SheetProfile[]): Relationship {
  const found = relationships(profiles).relationships.find((relationship) => relationship.name === name);
  if (!found) throw new Error(`no relationship ${name}`);
  return found;
}

const assignments = (ids: readonly Value[]): SheetProfile =>
  sheet('FuncionariosFaseOrdemFabrico', { FuncionarioFaseOf_FaseOfId: ids });
const phases = (ids: readonly Value[]): SheetProfile => sheet('FasesOrdemFabrico', { FaseOf_Id: ids });
const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i + 1);

describe('relationships', () => {
  it('are all of the specification, between columns that the sheet definitions know', () => {
    const known = SHEETS.flatMap(({ sheet: name, columns }) => columns.map(({ header }) => `${name}.${header}`));
    for (const { from, to } of RELATIONSHIPS) {
      expect(known).toContain(`${from.sheet}.${from.column}`);
      expect(known).toContain(`${to.sheet}.${to.column}`);
    }
    expect(RELATIONSHIPS.map(({ from, to }) => `${from.column} ${to.column}`)).toEqual([
      'Of_ProdutoId Produto_Id',
      'Of_FaseId Fase_Id',
      'FaseOf_OfId Of_Id',
      'FaseOf_FaseId Fase_Id',
      'FuncionarioFaseOf_FaseOfId FaseOf_Id',
      'FuncionarioFaseOf_FuncionarioId Funcionario_Id',
      'Erro_OfId Of_Id',
      'Erro_FaseAvaliacao Fase_Id',
      'Erro_FaseOfAvaliacao FaseOf_Id',
      'Erro_FaseOfCulpada FaseOf_Id',
      'FuncionarioFase_FuncionarioId Funcionario_Id',
      'FuncionarioFase_FaseId Fase_Id',
      'ProdutoFase_ProdutoId Produto_Id',
      'ProdutoFase_FaseId Fase_Id',
    ]);
  });

  it('count distinct values, not rows, and name the orphans', () => {
    // Distinct references 1, 2, 3, 50, 40: of these 1, 2 and 3 exist. Orphan rows: 50 twice, 40 once.
    const { rate, status, counts } = named('employee_productivity', [
      assignments([1, 1, 1, 2, 3, '3', 50, 40, 50, null, 'NONE', 1.5]),
      phases([1, 2, 3, 4, 4]),
    ]);
    expect(rate).toBe(3 / 5);
    expect(status).toBe('off');
    expect(counts).toEqual({
      distinct: 5,
      matches: 3,
      orphans: 2,
      rows: 9,
      orphanRows: 3,
      nullRows: 1,
      // NONE and 1.5
      unreadableRows: 2,
      keys: 4,
      unreferencedKeys: 1,
      topOrphans: [
        { value: 50, count: 2 },
        { value: 40, count: 1 },
      ],
      firstOrphans: [
        { value: 40, count: 1 },
        { value: 50, count: 2 },
      ],
    });
  });

  it.each([
    // 9 of 10 = 0.90 is not below 0.90
    ['employee_productivity', 10, 9, 'ok'],
    // 899 of 1,000
    ['employee_productivity', 1000, 899, 'off'],
    ['employee_productivity', 10, 10, 'ok'],
    // 19 of 20 = 0.95 is not below 0.95
    ['produto_join', 20, 19, 'ok'],
    // 949 of 1,000
    ['produto_join', 1000, 949, 'degraded'],
  ])('gate %s with %d references of which %d exist: %s', (name, references, existing, status) => {
    const profiles =
      name === 'produto_join'
        ? [
            sheet('OrdensFabrico', { Of_ProdutoId: range(references) }),
            sheet('Modelos', { Produto_Id: range(existing) }),
          ]
        : [assignments(range(references)), phases(range(existing))];
    expect(named(name, profiles).status).toBe(status);
  });

  it('without gate stay ok at any rate', () => {
    const profiles = [sheet('OrdensFabrico', { Of_FaseId: [1, 2, 3] }), sheet('Fases', { Fase_Id: [9] })];
    expect(named('order_current_phase', profiles)).toMatchObject({ rate: 0, status: 'ok', threshold: null });
  });

  it('have no rate where there is no reference, and no counts where a sheet or column is missing', () => {
    expect(named('employee_productivity', [assignments([null, null]), phases([1])])).toMatchObject({
      rate: null,
      status: 'no_data',
      counts: { distinct: 0, nullRows: 2 },
    });
    const missing = { rate: null, status: 'not_in_workbook', threshold: 0.9 };
    expect(named('employee_productivity', [assignments([1])])).toMatchObject(missing);
    expect(named('employee_productivity', [phases([1])])).toMatchObject(missing);
    expect(
      named('employee_productivity', [assignments([1]), sheet('FasesOrdemFabrico', { Other: [1] })]),
    ).toMatchObject(missing);
  });

  it('are not counted where a column holds more distinct values than are kept, or was not profiled as a key', () => {
    /** The profile as it is where its only column's values were given up, or where no key was asked for. */
    const without = (profile: SheetProfile, key: ColumnProfile['key']): SheetProfile => ({
      ...profile,
      columns: [{ ...profile.columns[0], key }],
    });
    const [from, to] = [assignments([1]), phases([1])];
    const given = { unreadableRows: 0 };
    for (const profiles of [
      [without(from, given), to],
      [from, without(to, given)],
    ]) {
      const found = named('employee_productivity', profiles);
      expect(found).toMatchObject({ status: 'too_many', rate: null, threshold: 0.9 });
      expect(found.counts).toBeUndefined();
    }
    expect(named('employee_productivity', [without(from, undefined), to]).status).toBe('not_in_workbook');
    expect(named('employee_productivity', [from, without(to, undefined)]).status).toBe('not_in_workbook');
  });

  it('name ten orphans at most, of many the ones with the most rows and the smallest', () => {
    // 12 orphans 1 to 12, of which 12 and 5 have two rows.
    const { counts } = named('employee_productivity', [assignments([...range(12), 12, 5, 99]), phases([99])]);
    expect(counts).toMatchObject({ orphans: 12, orphanRows: 14, matches: 1 });
    expect(counts?.topOrphans.map(({ value }) => value)).toEqual([5, 12, 1, 2, 3, 4, 6, 7, 8, 9]);
    expect(counts?.firstOrphans.map(({ value }) => value)).toEqual(range(10));
  });

  it('take part in the profile by their columns, and no other column does', () => {
    expect(isKeyColumn('OrdensFabrico', 'Of_Id')).toBe(true);
    expect(isKeyColumn('OrdensFabrico', 'Of_FaseId')).toBe(true);
    // A column of that name in another sheet is another column.
    expect(isKeyColumn('Fases', 'Of_Id')).toBe(false);
    expect(isKeyColumn('OrdensFabrico', 'Of_DataCriacao')).toBe(false);
  });

  it('match as sets of numbers do', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
    fc.assert(
      fc.property(ids, ids, (references, keys) => {
        const { counts } = named('employee_productivity', [assignments(references), phases(keys)]);
        const [from, to] = [new Set(references), new Set(keys)];
        expect(counts).toMatchObject({
          distinct: from.size,
          matches: [...from].filter((id) => to.has(id)).length,
          orphans: [...from].filter((id) => !to.has(id)).length,
          orphanRows: references.filter((id) => !to.has(id)).length,
          rows: references.length,
          unreferencedKeys: [...to].filter((id) => !from.has(id)).length,
        });
      }),
    );
  });
});
