import { SHEETS } from '@libs/workbook';
import { COLUMN_MEANINGS } from './column-meanings';
import type { Inspection } from './inspection';
import { mergeParts } from './merge-parts';
import { isKeyColumn } from './relationship-definitions';
import { relationships } from './relationships';
import { renderDataDictionary } from './render-dictionary';
import { renderProfileReport, renderRelationshipsReport } from './render-json';
import { SheetProfiler } from './sheet-profiler';

/** Two orders of products 7 and 8, of which Modelos knows 7; one order unfinished; a sheet that nobody knows. */
function inspection(extraHeader = 'Cor', sample?: boolean): Inspection {
  const orders = new SheetProfiler(
    ['Of_Id', 'Of_DataAcabamento', 'Of_ProdutoId', extraHeader].map((name) => ({
      name,
      trackKeys: isKeyColumn('OrdensFabrico', name),
    })),
  );
  orders.row();
  orders.number(0, 1);
  orders.date(1, 1_765_457_400);
  orders.number(2, 7);
  orders.text(3, 'azul');
  orders.row();
  orders.number(0, 2);
  orders.number(2, 8);
  orders.text(3, 'azul');
  const models = new SheetProfiler([{ name: 'Produto_Id', trackKeys: true }]);
  models.row();
  models.number(0, 7);
  const moulds = new SheetProfiler([{ name: 'A', trackKeys: false }]);
  const profiles = [
    mergeParts('OrdensFabrico', [orders.finish()]),
    mergeParts('Modelos', [models.finish()]),
    mergeParts('Moldes', [moulds.finish()]),
  ];
  return {
    workbook: { name: 'Folha_IA.xlsx', bytes: 1234567, sample },
    sheets: profiles.map((profile) => ({ profile, parts: [profile.sheet] })),
    relationships: relationships(profiles),
    warnings: ['Sheet "Moldes" is unknown and was not read.'],
  };
}

describe('DATA_DICTIONARY.md', () => {
  const text = (): string => renderDataDictionary(inspection());

  it('says of each column what it means, becomes and holds', () => {
    expect(text()).toContain('| Of_Id | of_id | order (ordem de fabrico) | whole number | 0 | 2 | 1 to 2 |  |');
    expect(text()).toContain(
      '| Of_DataAcabamento | of_data_acabamento | order finished | date | 1 (50.0 %) | 1 | 2025-12-11 12:50:00 to 2025-12-11 12:50:00 |  |',
    );
    expect(text()).toContain('| Cor |  |  | text | 0 | 1 | 4 to 4 characters | azul (2) |');
    expect(text()).toContain('Loaded into `core.ordens_fabrico`. Natural key: Of_Id.');
    expect(text()).toContain('3 sheets, 3 data rows');
  });

  it('names required columns that the workbook lacks and sheets that the product does not know', () => {
    expect(text()).toContain('| Of_DataCriacao | of_data_criacao | order created | missing | | | | |');
    expect(text()).toMatch(/## Moldes\n\nNot known to the product/);
    expect(text()).toContain('- Sheet "Moldes" is unknown and was not read.');
  });

  it('shows the relationships with rate, threshold and verdict', () => {
    expect(text()).toContain(
      '| OrdensFabrico.Of_ProdutoId → Modelos.Produto_Id | 2 | 1 | 50.0 % | 95.0 % | degraded | 1 | 1 |',
    );
  });

  it('cannot be broken by what a header holds', () => {
    const line = renderDataDictionary(inspection('x|y\n## z <b>'))
      .split('\n')
      .find((candidate) => candidate.includes('azul'));
    expect(line).toBe('| x\\|y \\#\\# z &lt;b\\> |  |  | text | 0 | 1 | 4 to 4 characters | azul (2) |');
  });

  it('knows a meaning of every column that is loaded', () => {
    const headers = SHEETS.flatMap(({ columns }) => columns.map(({ header }) => header));
    expect([...COLUMN_MEANINGS.keys()].sort()).toEqual(headers.sort());
  });
});

it('mark generated rows in every report, and real ones in none', () => {
  const renderers = [renderDataDictionary, renderProfileReport, renderRelationshipsReport];
  const marked = /"sample": true|Sample: these rows were generated/;
  for (const render of renderers) {
    expect(render(inspection('Cor', true))).toMatch(marked);
    expect(render(inspection('Cor', false))).not.toMatch(marked);
    expect(render(inspection('Cor'))).not.toMatch(marked);
  }
});

describe('the JSON reports', () => {
  it('describe columns with exact figures under stable keys', () => {
    const report = JSON.parse(renderProfileReport(inspection()));
    expect(Object.keys(report)).toEqual(['workbook', 'rows', 'estimate_standard_error', 'sheets', 'warnings']);
    expect(report.rows).toBe(3);
    expect(report.sheets[0].columns.slice(1, 3)).toEqual([
      {
        column: 'Of_DataAcabamento',
        nulls: 1,
        null_rate: 0.5,
        types: { date: 1 },
        distinct: 1,
        distinct_is: 'exact',
        date: { min: '2025-12-11T12:50:00', max: '2025-12-11T12:50:00' },
        top_values: [],
      },
      {
        column: 'Of_ProdutoId',
        nulls: 0,
        null_rate: 0,
        types: { number: 2 },
        distinct: 2,
        distinct_is: 'exact',
        number: { min: 7, max: 8, zeros: 0, fractions: 0 },
        top_values: [],
      },
    ]);
  });

  it('say of the workbook what it is, and of each sheet in which it stands', () => {
    const { workbook, sheets, ...rest } = inspection();
    const report = JSON.parse(
      renderProfileReport({
        ...rest,
        workbook: { ...workbook, sha256: 'abc' },
        sheets: [{ ...sheets[0], parts: ['Ordens', 'Ordens (2)'] }],
      }),
    );
    expect(report.workbook).toEqual({ name: 'Folha_IA.xlsx', bytes: 1234567, sha256: 'abc', sample: false });
    expect(report.sheets[0]).toMatchObject({ sheet: 'OrdensFabrico', parts: ['Ordens', 'Ordens (2)'], rows: 2 });
    // 1.04 / 64
    expect(report.estimate_standard_error).toBe(0.01625);
    expect(report.warnings).toEqual(rest.warnings);
  });

  it('describe texts, estimates and rates, these to six decimals', () => {
    const base = inspection();
    const [{ profile, parts }] = base.sheets;
    const colour = { ...profile.columns[3], nullRate: 2 / 3, exact: false, topValues: undefined };
    const sheets = [{ profile: { ...profile, columns: [colour] }, parts }];
    const report = JSON.parse(renderProfileReport({ ...base, sheets }));
    expect(report.sheets[0].columns).toEqual([
      {
        column: 'Cor',
        nulls: 0,
        null_rate: 0.666667,
        types: { text: 2 },
        distinct: 1,
        distinct_is: 'estimate',
        text: { min_length: 4, max_length: 4, read_as_numbers: 0, read_as_dates: 0 },
      },
    ]);
  });

  it('are indented text that ends its last line', () => {
    for (const text of [renderProfileReport(inspection()), renderRelationshipsReport(inspection())]) {
      expect(text).toMatch(/^\{\n {2}"workbook": \{\n {4}"name"/);
      expect(text.endsWith('\n}\n')).toBe(true);
    }
  });

  it('describe relationships with their orphans', () => {
    const report = JSON.parse(renderRelationshipsReport(inspection()));
    expect(report.relationships).toHaveLength(14);
    expect(report.relationships[0]).toEqual({
      name: 'produto_join',
      from: 'OrdensFabrico.Of_ProdutoId',
      to: 'Modelos.Produto_Id',
      status: 'degraded',
      rate: 0.5,
      threshold: 0.95,
      distinct: 2,
      matches: 1,
      orphans: 1,
      rows: 2,
      orphan_rows: 1,
      null_rows: 0,
      unreadable_rows: 0,
      keys: 1,
      unreferenced_keys: 0,
      top_orphans: [{ value: 8, rows: 1 }],
      first_orphans: [{ value: 8, rows: 1 }],
    });
    expect(report.relationships[1]).toEqual({
      name: 'order_current_phase',
      from: 'OrdensFabrico.Of_FaseId',
      to: 'Fases.Fase_Id',
      status: 'not_in_workbook',
      rate: null,
      threshold: null,
    });
  });

  it('are the same bytes for the same workbook', () => {
    expect(renderProfileReport(inspection())).toBe(renderProfileReport(inspection()));
    expect(renderRelationshipsReport(inspection())).toBe(renderRelationshipsReport(inspection()));
  });
});
