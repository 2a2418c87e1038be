import {
  foldName,
  matchHeaders,
  matchSheets,
  MappingError,
  missingHeaders,
  nearestName,
  parseMappingFile,
  SHEETS,
  sheetOf,
} from './index';

const ALL = SHEETS.map((sheet) => sheet.sheet);
const headers = (names: readonly string[], row = 1): { row: number; cells: { column: number; text: string }[] } => ({
  row,
  cells: names.map((text, i) => ({ column: i + 1, text })),
});
const fases = sheetOf('fases_catalogo');
const FASES = fases.columns.map((column) => column.header);

function thrown(work: () => unknown): MappingError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(MappingError);
    return error as MappingError;
  }
  throw new Error('nothing was thrown');
}

describe('names', () => {
  it('folds case, accents, underscores and blanks', () => {
    expect(foldName(' Fase_De Produção ')).toBe('fasedeproducao');
  });

  it('finds the nearest of several names, and none among none', () => {
    expect(nearestName('FaseOf_Fim', ['FaseOf_Inicio', 'Fase_Of_Final', 'X'])).toBe('Fase_Of_Final');
    expect(nearestName('FaseOf_Fim', [])).toBeUndefined();
  });
});

describe('matchSheets', () => {
  it('finds sheets in any order and by another spelling', () => {
    const names = [...ALL].reverse().map((name) => (name === 'OrdensFabrico' ? 'ORDENS_FABRICO' : name));
    const { sheets, warnings } = matchSheets(names);
    expect(warnings).toEqual([]);
    for (const { entity, parts } of sheets) expect(foldName(names[parts[0]])).toBe(foldName(sheetOf(entity).sheet));
  });

  it('prefers the exact name over another spelling of it', () => {
    const { sheets, warnings } = matchSheets(['fases', ...ALL]);
    expect(sheets.find((sheet) => sheet.entity === 'fases_catalogo')?.parts).toEqual([1 + ALL.indexOf('Fases')]);
    expect(warnings).toEqual(['Sheet "fases" is unknown and was not read.']);
  });

  it('reads continuation sheets in the order of their numbers, also where Excel cut the name', () => {
    const cut = 'FuncionariosFaseOrdemFabric (2)';
    expect(cut).toHaveLength(31);
    const names = ['FasesOrdemFabrico (3)', ...ALL, 'FasesOrdemFabrico (2)', cut];
    const { sheets, warnings } = matchSheets(names);
    const parts = (entity: string): string[] | undefined =>
      sheets.find((sheet) => sheet.entity === entity)?.parts.map((index) => names[index]);
    expect(parts('fases_ordem_fabrico')).toEqual([
      'FasesOrdemFabrico',
      'FasesOrdemFabrico (2)',
      'FasesOrdemFabrico (3)',
    ]);
    expect(parts('funcionarios_fase_ordem_fabrico')).toEqual(['FuncionariosFaseOrdemFabrico', cut]);
    expect(warnings).toEqual([]);
  });

  it('refuses a series with a missing part instead of loading half of it', () => {
    const error = thrown(() => matchSheets([...ALL, 'FasesOrdemFabrico (3)']));
    expect(error.code).toBe('HEADER_AMBIGUOUS');
    expect(error.message).toContain('FasesOrdemFabrico (3)');
  });

  it('warns of a sheet it does not know', () => {
    expect(matchSheets([...ALL, 'Moldes']).warnings).toEqual(['Sheet "Moldes" is unknown and was not read.']);
  });

  it('names every missing sheet and the nearest one found', () => {
    const error = thrown(() =>
      matchSheets(['Modelo', ...ALL.filter((name) => name !== 'Modelos' && name !== 'Fases')]),
    );
    expect(error.code).toBe('SHEET_MISSING');
    expect(error.message).toBe(
      'The workbook lacks the sheets "Fases" (nearest found: "Modelo"), "Modelos" (nearest found: "Modelo").',
    );
  });

  it('accepts the names of a mapping file', () => {
    const aliases = parseMappingFile('{"Modelos": {"aliases": ["Produtos"]}}');
    const names = ALL.map((name) => (name === 'Modelos' ? 'Produtos' : name));
    expect(matchSheets(names, aliases).sheets).toHaveLength(9);
  });
});

describe('matchHeaders', () => {
  it('takes columns in any order and lists the unknown ones', () => {
    const match = matchHeaders(fases, headers(['Extra', ...[...FASES].reverse()]));
    expect(match?.columns).toEqual([6, 5, 4, 3, 2]);
    expect(match?.extras).toEqual([{ column: 1, header: 'Extra' }]);
    expect(match?.warnings).toEqual(['Sheet "Fases": column "Extra" is unknown and was not loaded.']);
  });

  it('resolves the renamed header of the later export by its alias, and says so', () => {
    const match = matchHeaders(
      fases,
      headers(FASES.map((name) => (name === 'Fase_DeProducao' ? 'Fase_Producao' : name))),
    );
    expect(match?.columns).toEqual([1, 2, 3, 4, 5]);
    expect(match?.warnings).toEqual(['Sheet "Fases": header "Fase_Producao" was read as "Fase_DeProducao".']);
  });

  it('accepts another case, accents and no underscores', () => {
    const match = matchHeaders(fases, headers(FASES.map((name) => name.replace('_', '').toUpperCase())));
    expect(match?.columns).toEqual([1, 2, 3, 4, 5]);
  });

  it('does not guess between two columns of one name', () => {
    expect(thrown(() => matchHeaders(fases, headers([...FASES, 'Fase_Id']))).code).toBe('HEADER_AMBIGUOUS');
  });

  it('names each missing header and the nearest one found, in the row that comes closest', () => {
    const error = missingHeaders(fases, [
      headers(['Factory export'], 1),
      headers(['Fase_Id', 'Fase_Nome', 'Fase_Sequencia', 'Fase_DeProd', 'Fase_Automatica'], 3),
    ]);
    expect(error.code).toBe('HEADER_MISSING');
    expect(error.message).toBe(
      'Sheet "Fases" lacks the header "Fase_DeProducao" (nearest found: "Fase_DeProd") in row 3.',
    );
  });

  it('says so when there is no row at all', () => {
    expect(missingHeaders(fases, []).message).toContain('"Fase_Id" (nearest found: none)');
  });
});

describe('parseMappingFile', () => {
  it('names the entry it does not understand', () => {
    expect(thrown(() => parseMappingFile('{')).place).toBe('whole file');
    expect(thrown(() => parseMappingFile('{"Nope": {}}')).place).toBe('Nope');
    expect(thrown(() => parseMappingFile('{"Fases": {"columns": {"X": ["Y"]}}}')).place).toBe('Fases.columns.X');
    expect(thrown(() => parseMappingFile('{"Fases": {"aliases": "Y"}}')).place).toBe('Fases.aliases');
    expect(thrown(() => parseMappingFile('[]')).place).toBe('whole file');
  });
});
