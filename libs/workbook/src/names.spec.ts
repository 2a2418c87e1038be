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
const without = (sheet: string): string[] => ALL.filter((name) => name !== sheet);
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

  it('counts every letter of a name, and takes the first of two that are as near', () => {
    expect(nearestName('abc', ['xyz', 'abd', 'abc'])).toBe('abc');
    expect(nearestName('abc', ['abx', 'aby'])).toBe('abx');
  });

  it('compares of names without end the first eighty letters', () => {
    const [x80, y40] = ['x'.repeat(80), 'y'.repeat(40)];
    // All letters compared, the second would be the nearer in both: 40 letters apart instead of 41, and 1 instead of 40.
    expect(nearestName(x80 + y40, [x80.slice(1), 'x'.repeat(40) + y40])).toBe(x80.slice(1));
    expect(nearestName(x80, [x80 + y40, x80.slice(1)])).toBe(x80 + y40);
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
    // Also where the exact name is the first of all.
    const first = matchSheets(['Fases', ...without('Fases'), 'fases']);
    expect(first.sheets.find((sheet) => sheet.entity === 'fases_catalogo')?.parts).toEqual([0]);
  });

  it('does not guess between two spellings of which none is exact, nor between two aliases', () => {
    const spelt = thrown(() => matchSheets([...without('Fases'), 'FASES', 'fa_ses', 'Outra']));
    expect(spelt).toMatchObject({ code: 'HEADER_AMBIGUOUS', place: 'Fases' });
    expect(spelt.message).toBe('Several sheets answer to "Fases": "FASES", "fa_ses".');
    const aliases = parseMappingFile('{"Modelos": {"aliases": ["Produtos", "Artigos"]}}');
    const named = thrown(() => matchSheets([...without('Modelos'), 'artigos', 'Produtos'], aliases));
    expect(named).toMatchObject({ code: 'HEADER_AMBIGUOUS', place: 'Modelos' });
    expect(named.message).toBe('Several sheets answer to "Modelos": "artigos", "Produtos".');
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

  it.each([
    ['aliases', '{"Fases": {"aliases": ["Tudo"]}, "Modelos": {"aliases": ["tudo"]}}', ['Tudo']],
    ['the alias of another', '{"Modelos": {"aliases": ["Fases"]}}', ['Fases']],
  ])('does not read one sheet as two, by %s', (_, text, others) => {
    const names = [...without('Fases').filter((name) => name !== 'Modelos'), ...others];
    const error = thrown(() => matchSheets(names, parseMappingFile(text)));
    expect(error).toMatchObject({ code: 'HEADER_AMBIGUOUS', place: others[0] });
    expect(error.message).toBe(`Sheet "${others[0]}" answers to "Fases" and to "Modelos".`);
  });

  it('does not take one sheet for the cut continuation of two', () => {
    const aliases = parseMappingFile(
      '{"Funcionarios": {"aliases": ["Pessoal da fábrica do norte 1"]}, "Fases": {"aliases": ["Pessoal da fábrica do norte 12"]}}',
    );
    const names = [
      'Pessoal da fábrica do norte 1',
      'Pessoal da fábrica do norte 12',
      'Pessoal da fábrica do norte (2)',
    ];
    expect(names[2]).toHaveLength(31);
    const others = without('Fases').filter((name) => name !== 'Funcionarios');
    const error = thrown(() => matchSheets([...others, ...names], aliases));
    expect(error).toMatchObject({ code: 'HEADER_AMBIGUOUS', place: names[2] });
  });

  it('orders continuations by number, not by text, with or without a blank before it', () => {
    const numbers = [10, 9, 8, 7, 6, 5, 4, 3];
    const names = [...ALL, ...numbers.map((number) => `Fases (${number})`), 'FASES(2)'];
    const parts = matchSheets(names).sheets.find((sheet) => sheet.entity === 'fases_catalogo')?.parts;
    expect(parts?.map((index) => names[index])).toEqual([
      'Fases',
      'FASES(2)',
      ...[...numbers].reverse().map((number) => `Fases (${number})`),
    ]);
  });

  it.each([
    ['the first part is the sheet itself', 'Fases (1)'],
    ['the number does not end it', 'Fases (2) antigo'],
    ['it is cut though Excel had room for more', 'FuncionariosFaseOrdem (2)'],
    ['Excel filled it with another name', 'FuncionariosFaseMontagemFab (2)'],
    ['what is left of the base could be that of many', `${'Funcion'.padEnd(27, '_')} (2)`],
    ['nothing is left of the base', `${'_'.repeat(27)} (2)`],
  ])('takes no sheet for a continuation where %s', (_, name) => {
    expect(matchSheets([...ALL, name]).warnings).toEqual([`Sheet "${name}" is unknown and was not read.`]);
  });

  it.each([
    ['a missing part', ['FasesOrdemFabrico (3)'], 'FasesOrdemFabrico (3)', 2],
    ['a part that stands twice', ['FasesOrdemFabrico (2)', 'FasesOrdemFabrico(2)'], 'FasesOrdemFabrico(2)', 3],
  ])('refuses a series with %s instead of loading half of it', (_, continuations, place, part) => {
    const error = thrown(() => matchSheets([...ALL, ...continuations]));
    expect(error).toMatchObject({ code: 'HEADER_AMBIGUOUS', place });
    expect(error.message).toContain(`Sheet "${place}" continues "FasesOrdemFabrico", but part ${part} is missing`);
  });

  it('warns of a sheet it does not know', () => {
    expect(matchSheets([...ALL, 'Moldes']).warnings).toEqual(['Sheet "Moldes" is unknown and was not read.']);
  });

  it('names every missing sheet and the nearest one found', () => {
    const error = thrown(() =>
      matchSheets(['Modelo', ...ALL.filter((name) => name !== 'Modelos' && name !== 'Fases')]),
    );
    // An inspection takes the names of the missing sheets from the place.
    expect(error).toMatchObject({ code: 'SHEET_MISSING', place: 'Fases, Modelos' });
    expect(error.message).toBe(
      'The workbook lacks the sheets "Fases" (nearest found: "Modelo"), "Modelos" (nearest found: "Modelo").',
    );
  });

  it('says of a single missing sheet, and of no other sheet that could be it, what is so', () => {
    const error = thrown(() => matchSheets(without('Fases')));
    expect(error.message).toBe('The workbook lacks the sheet "Fases" (nearest found: none).');
  });

  it('accepts the names of a mapping file', () => {
    const aliases = parseMappingFile('{"Modelos": {"aliases": ["Produtos"]}}');
    const names = ALL.map((name) => (name === 'Modelos' ? 'Produtos' : name));
    expect(matchSheets(names, aliases).sheets).toHaveLength(9);
    expect(() => matchSheets(names)).toThrow(MappingError);
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
    const error = thrown(() => matchHeaders(fases, headers([...FASES, 'Fase_Id'])));
    expect(error).toMatchObject({ code: 'HEADER_AMBIGUOUS', place: 'Fases.Fase_Id' });
  });

  it('prefers the exact header over another spelling of it', () => {
    const match = matchHeaders(fases, headers(['fase_id', ...FASES]));
    expect(match?.columns).toEqual([2, 3, 4, 5, 6]);
    expect(match?.extras).toEqual([{ column: 1, header: 'fase_id' }]);
  });

  it('takes no column without a text for an unknown one', () => {
    const match = matchHeaders(fases, headers([...FASES, '', '  ']));
    expect(match).toEqual({ columns: [1, 2, 3, 4, 5], extras: [], warnings: [] });
  });

  it('accepts the headers of a mapping file, for its own sheet alone', () => {
    const renamed = headers(FASES.map((name) => (name === 'Fase_Nome' ? 'Designação' : name)));
    const aliases = parseMappingFile('{"Fases": {"columns": {"Fase_Nome": ["designacao"]}}}');
    expect(matchHeaders(fases, renamed, aliases)?.columns).toEqual([1, 2, 3, 4, 5]);
    expect(matchHeaders(fases, renamed)).toBeUndefined();
    const others = parseMappingFile('{"Modelos": {"columns": {"Produto_Nome": ["designacao"]}}}');
    expect(matchHeaders(fases, renamed, others)).toBeUndefined();
  });
});

describe('missingHeaders', () => {
  const errorOf = (...rows: readonly string[][]): MappingError => {
    const candidates = rows.map((row, i) => headers(row, i + 1));
    return missingHeaders(fases, candidates);
  };
  const said = (...rows: readonly string[][]): string => errorOf(...rows).message;
  const missing = (...found: readonly string[]): string[] => FASES.filter((name) => !found.includes(name));

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
    const error = missingHeaders(fases, []);
    const all = FASES.map((name) => `"${name}" (nearest found: none)`).join(', ');
    expect(error.message).toBe(`Sheet "Fases" lacks the headers ${all}.`);
    expect(error.place).toBe(`Fases: ${FASES.join(', ')}`);
  });

  it('goes by the row that lacks the fewest headers, wherever it stands and however long the others are', () => {
    const short = FASES.slice(1);
    const long = ['a', 'b', 'c', 'd', 'e', 'f', 'Fase_Id'];
    for (const rows of [
      [short, long],
      [long, short],
    ]) {
      expect(errorOf(...rows).place).toBe('Fases: Fase_Id');
      expect(said(...rows)).toContain(`in row ${rows.indexOf(short) + 1}.`);
    }
  });

  it('goes by the longest of the rows that lack as many, and by the first of those', () => {
    expect(said(['Fábrica'], ['a', 'b'], ['c', 'd'], ['e'])).toContain(' in row 2.');
    expect(said(['Fábrica', '2025'], ['a'])).toContain(' in row 1.');
    expect(said([], [])).toContain(' in row 1.');
  });

  it('does not miss a header that stands under an alias, of the definition or of a mapping file', () => {
    const row = headers(['Fase_Producao', 'Designação']);
    expect(missingHeaders(fases, [row]).place).toBe(`Fases: ${missing('Fase_DeProducao').join(', ')}`);
    const aliases = parseMappingFile('{"Fases": {"columns": {"Fase_Nome": ["designacao"]}}}');
    const both = missing('Fase_DeProducao', 'Fase_Nome').join(', ');
    expect(missingHeaders(fases, [row], aliases).place).toBe(`Fases: ${both}`);
  });

  it('never suggests a column that is another header already', () => {
    const row = missing('Fase_DeProducao');
    expect(said([...row, 'X'])).toContain('"Fase_DeProducao" (nearest found: "X") in row 1');
    expect(said(row)).toContain('"Fase_DeProducao" (nearest found: none) in row 1');
  });
});

describe('parseMappingFile', () => {
  it('holds what the file says of each sheet, and nothing else', () => {
    const text = '{"Fases": {"columns": {"Fase_Id": ["A", "B"], "Fase_Nome": []}}, "Modelos": {"aliases": ["C"]}}';
    const columns = new Map([
      ['Fase_Id', ['A', 'B']],
      ['Fase_Nome', []],
    ]);
    expect(parseMappingFile(text)).toEqual(
      new Map([
        ['Fases', { sheet: [], columns }],
        ['Modelos', { sheet: ['C'], columns: new Map() }],
      ]),
    );
    expect(parseMappingFile('{}')).toEqual(new Map());
  });

  it.each([
    ['{', 'whole file', 'not JSON ('],
    ['[]', 'whole file', 'not an object'],
    ['null', 'whole file', 'not an object'],
    ['"Fases"', 'whole file', 'not an object'],
    ['{"Nope": {}}', 'Nope', 'unknown sheet "Nope"'],
    ['{"Fases": null}', 'Fases', 'a sheet entry must be an object'],
    ['{"Fases": "F"}', 'Fases', 'a sheet entry must be an object'],
    ['{"Fases": ["F"]}', 'Fases', 'a sheet entry must be an object'],
    ['{"Fases": {"sheets": {}}}', 'Fases.sheets', 'unknown key "sheets"'],
    ['{"Fases": {"aliases": "Y"}}', 'Fases.aliases', 'aliases must be a list of texts'],
    ['{"Fases": {"aliases": ["Y", 1]}}', 'Fases.aliases', 'aliases must be a list of texts'],
    ['{"Fases": {"columns": ["Fase_Id"]}}', 'Fases.columns', 'not an object'],
    ['{"Fases": {"columns": {"X": ["Y"]}}}', 'Fases.columns.X', 'unknown header "X" of sheet "Fases"'],
    ['{"Fases": {"columns": {"Fase_Id": "Y"}}}', 'Fases.columns.Fase_Id', 'aliases must be a list of texts'],
    ['{"Fases": {"columns": {"Fase_Id": [null, "Y"]}}}', 'Fases.columns.Fase_Id', 'aliases must be a list of texts'],
  ])('of %s says where it is wrong, what is, and what may stand there', (text, place, what) => {
    const error = thrown(() => parseMappingFile(text));
    expect(error).toMatchObject({ code: 'MAPPING_FILE_INVALID', place });
    expect(error.message).toContain(`Mapping file: ${what}`);
    for (const key of ['"aliases"', '"columns"']) expect(error.remedy).toContain(key);
  });
});
