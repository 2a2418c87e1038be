import { SHEETS } from '@libs/workbook';
import type { Inspection } from './inspection';
import { mergeParts } from './merge-parts';
import { relationships } from './relationships';
import { renderDataDictionary } from './render-dictionary';
import type { SheetProfile } from './sheet-profile';
import { SheetProfiler } from './sheet-profiler';

function sheet(name: string, columns: Readonly<Record<string, readonly string[]>>): SheetProfile {
  const profiler = new SheetProfiler(Object.keys(columns).map((header) => ({ name: header, trackKeys: false })));
  Object.values(columns).forEach((values, column) => values.forEach((value) => profiler.text(column, value)));
  return mergeParts(name, [{ ...profiler.finish(), rows: Object.values(columns)[0].length }]);
}

function inspection(profiles: readonly SheetProfile[], more: Partial<Inspection> = {}): Inspection {
  return {
    workbook: { name: 'Folha.xlsx', bytes: 1234567 },
    sheets: profiles.map((profile) => ({ profile, parts: [profile.sheet] })),
    relationships: relationships(profiles),
    warnings: [],
    ...more,
  };
}

/** What stands between blank lines. */
const blocks = (text: string): string[] => text.replace(/\n$/, '').split('\n\n');

const ERRORS = sheet('OrdemFabricoErros', { Erro_Descricao: ['a', 'b'] });
const ASSIGNMENTS = sheet('FuncionariosFaseOrdemFabrico', { FuncionarioFaseOf_Chefe: ['1'] });
const MOULDS = sheet('Moldes', { A: ['x', 'x', 'y', 'y', 'z', 'z', 'w', 'w'], B: [] });

describe('DATA_DICTIONARY.md', () => {
  it('is Markdown: headings, paragraphs and tables each by themselves, all rows of a table as wide as its head', () => {
    const warnings = ['one', 'two'];
    const text = renderDataDictionary(inspection([ERRORS, ASSIGNMENTS, MOULDS], { warnings }));
    expect(text.endsWith('\n')).toBe(true);
    const kinds = blocks(text).map((block) => {
      const lines = block.split('\n');
      if (/^#+ /.test(block)) expect(lines).toHaveLength(1);
      if (!block.startsWith('|')) return /^(#+ |- )?/.exec(block)![0];
      // An escaped bar is none of the table's; there is one more bar than there are cells.
      const widths = lines.map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths)).toEqual(new Set([widths[0]]));
      expect(lines[1]).toMatch(/^(\|-{2,}:?)+\|$/);
      for (const line of lines) expect(line).toMatch(/^\|.*\|$/);
      return '|';
    });
    const ofSheet = ['## ', '', '', '|'];
    const expected = ['# ', '', '', ...ofSheet, ...ofSheet, ...ofSheet, '## ', '', '|', '## ', '- '];
    expect(kinds).toEqual(expected);
    expect(blocks(text).at(-1)).toBe('- one\n- two');
    // A note of its own says that the rows are made up, and changes nothing else.
    const made = (sample: boolean): string[] =>
      blocks(renderDataDictionary(inspection([MOULDS], { workbook: { name: 'Folha.xlsx', bytes: 1, sample } })));
    expect(made(true).filter((_, place) => place !== 2)).toEqual(made(false));
  });

  it('lists every column of a sheet once, those that it lacks after those that it has', () => {
    const columns = (name: string): string[] => {
      const [, section] = renderDataDictionary(inspection([ERRORS, MOULDS])).split(`## ${name}\n`);
      const table = blocks(section).find((block) => block.startsWith('|'))!;
      return table
        .split('\n')
        .slice(2)
        .map((line) => line.split(' | ')[0].replace('| ', ''));
    };
    const { columns: known } = SHEETS.find(({ sheet: name }) => name === 'OrdemFabricoErros')!;
    expect(columns('OrdemFabricoErros')).toEqual(known.map(({ header }) => header));
    expect(known[0].header).toBe('Erro_Descricao');
    expect(columns('Moldes')).toEqual(['A', 'B']);
  });

  it('says of a column that a sheet lacks that it is missing, whatever columns it has', () => {
    const two = sheet('OrdemFabricoErros', { Erro_Descricao: ['a'], Erro_OfId: ['1'] });
    const missing = (profile: SheetProfile): string[] =>
      renderDataDictionary(inspection([profile]))
        .split('\n')
        .filter((line) => line.includes(' | missing | '))
        .map((line) => line.split(' | ')[0].replace('| ', ''));
    const { columns: known } = SHEETS.find(({ sheet: name }) => name === 'OrdemFabricoErros')!;
    expect(missing(two)).toEqual(
      known.map(({ header }) => header).filter((header) => !['Erro_Descricao', 'Erro_OfId'].includes(header)),
    );
  });

  it('has no warnings where there are none', () => {
    expect(blocks(renderDataDictionary(inspection([MOULDS]))).at(-1)).toMatch(/^\|/);
  });

  it('gives the size of the workbook, and its hash where it is known', () => {
    const head = (sha256?: string): string =>
      blocks(renderDataDictionary(inspection([MOULDS], { workbook: { name: 'a*b', bytes: 1234567, sha256 } })))[1];
    expect(head()).toContain(' a\\*b, 1,234,567 bytes:');
    expect(head('00ff')).toContain(' 1,234,567 bytes, SHA-256 00ff:');
  });

  it('names the sheets of the workbook where they are several, or called otherwise', () => {
    const line = (...parts: string[]): string | undefined =>
      blocks(renderDataDictionary(inspection([MOULDS], { sheets: [{ profile: MOULDS, parts }] })))[5];
    expect(line('Moldes')).toBe('8 rows.');
    expect(line('Moldes', 'Moldes (2)')).toBe('8 rows in Moldes, Moldes (2).');
    expect(line('Formas')).toBe('8 rows in Formas.');
  });

  it('names the key of a sheet by its headers, all of them, or that it has none', () => {
    const text = renderDataDictionary(inspection([ERRORS, ASSIGNMENTS]));
    expect(text).toContain(': FuncionarioFaseOf_FaseOfId + FuncionarioFaseOf_FuncionarioId.');
    // Not even the one of its columns that the sheet has.
    const [, errors] = text.split('## OrdemFabricoErros\n\n');
    expect(errors.split('\n')[0]).toMatch(/^Loaded into `core\.erros_ordem_fabrico`(?!.*Erro_).*: \w[^:]*\.$/);
  });

  it('names the three most frequent values, and none where the counts were given up', () => {
    const line = (profile: SheetProfile): string | undefined =>
      renderDataDictionary(inspection([profile]))
        .split('\n')
        .find((candidate) => candidate.startsWith('| A |'));
    // Four values twice each: the first three in their order.
    expect(line(MOULDS)).toBe('| A |  |  | text | 0 | 4 | 1 to 1 characters | w (2), x (2), y (2) |');
    const [column] = MOULDS.columns;
    const given = { ...MOULDS, columns: [{ ...column, distinct: 123_456, exact: false, topValues: undefined }] };
    expect(line(given)).toBe('| A |  |  | text | 0 | ≈ 123,000 | 1 to 1 characters |  |');
  });

  it('leaves the counts of a relationship blank that could not be counted', () => {
    const line = renderDataDictionary(inspection([MOULDS]))
      .split('\n')
      .find((candidate) => candidate.includes('FuncionarioFaseOf_FaseOfId →'));
    expect(line).toBe(
      '| FuncionariosFaseOrdemFabrico.FuncionarioFaseOf_FaseOfId → FasesOrdemFabrico.FaseOf_Id |  |  |  | 90.0 % | not_in_workbook |  |  |',
    );
  });

  it('makes every mark of Markdown harmless, and one line of any white space', () => {
    const [cell] = renderDataDictionary(inspection([sheet('S', { '\\`*[]<>|#~ \n\t x': [] })]))
      .split('\n')
      .filter((line) => line.endsWith(' x |  |  |  | 0 | 0 |  |  |'));
    expect(cell).toContain('| \\\\\\`\\*\\[\\]&lt;\\>\\|\\#\\~ x |');
  });
});
