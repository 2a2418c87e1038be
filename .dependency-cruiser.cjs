/** Who may import whom: the table is scripts/check/import-table.cjs, in words docs/architecture.md. Types count as imports. */
const { SRC, LIBS, FACADES, CLI_ALSO } = require('./scripts/check/import-table.cjs');

const SPEC = '\\.spec\\.ts$';
const anyOf = (names) => `(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})`;

const srcRule = ([self, allowed]) => ({
  name: `src-${self}`,
  severity: 'error',
  comment: `${self} imports only: ${allowed.join(', ') || 'nothing of src'}`,
  from: { path: `^src/${self}/` },
  to: { path: '^src/', pathNot: `^src/${anyOf([self, ...allowed])}/` },
});

const libRule = ([self, allowed]) => ({
  name: `libs-${self}`,
  severity: 'error',
  comment: `the library ${self} imports only: ${allowed.join(', ') || 'no other library'}`,
  from: { path: `^libs/${self}/`, pathNot: SPEC },
  to: { path: '^libs/', pathNot: `^libs/${anyOf([self, ...allowed])}/` },
});

const facadeRule = ([module, files]) => ({
  name: `facade-${module}`,
  severity: 'error',
  comment: `outside ${module} only its facade may be named: ${files.join(', ')}`,
  from: { path: '^src/', pathNot: `^src/(${module}|cli)/` },
  to: { path: `^src/${module}/`, pathNot: `^src/${module}/${anyOf(files)}\\.ts$` },
});

const cliMay = [
  ...Object.entries(FACADES).flatMap(([module, files]) => files.map((file) => `${module}/${file}`)),
  ...CLI_ALSO,
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'two injected classes in a cycle crash at load',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(SRC).map(srcRule),
    ...Object.entries(LIBS).map(libRule),
    ...Object.entries(FACADES).map(facadeRule),
    {
      name: 'facade-for-cli',
      severity: 'error',
      comment: 'the command line names facades and what it assembles a load from',
      from: { path: '^src/cli/' },
      to: { path: `^src/${anyOf(Object.keys(FACADES))}/`, pathNot: `^src/${anyOf(cliMay)}\\.ts$` },
    },
    {
      name: 'folders-are-in-the-table',
      severity: 'error',
      comment: 'a new folder of src or libs gets its line in scripts/check/import-table.cjs first',
      from: {},
      to: {
        path: '^(src|libs)/[^/]+/',
        pathNot: [`^src/${anyOf(Object.keys(SRC))}/`, `^libs/${anyOf(Object.keys(LIBS))}/`],
      },
    },
    {
      name: 'entries-on-top',
      severity: 'error',
      comment: 'app.module and the entries are imported by nothing below them',
      from: { path: '^(src|libs|migrations)/', pathNot: '^src/main\\.ts$' },
      to: { path: '^src/([^/]+\\.ts$|cli/main\\.ts$)' },
    },
    {
      name: 'libs-are-pure',
      severity: 'error',
      comment: 'libs hold engines: nothing of src, and nothing installed',
      from: { path: '^libs/', pathNot: SPEC },
      to: { path: '^(src|migrations|test|scripts)/|node_modules/' },
    },
    {
      name: 'libs-by-their-door',
      severity: 'error',
      comment: 'outside a lib only its index.ts may be imported; test/ may also use what a lib offers for testing',
      from: { path: '^(src|scripts|migrations|test)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/[^/]+/src/testing/' },
    },
    {
      name: 'libs-by-their-door-between-libs',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: ['^libs/$1/', '^libs/[^/]+/src/testing/'] },
    },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      comment: 'code moves, migrations do not',
      from: { path: '^migrations/' },
      to: { path: '^(src|libs|test|scripts)/' },
    },
    {
      name: 'loading-knows-no-http',
      severity: 'error',
      comment: 'the pipeline, the inspection and the queries serve the command line too',
      from: { path: '^src/ingestion/(pipeline|inspect|queries)/' },
      to: { path: '^src/(ingestion/http|auth)/|node_modules/(express|multer|@nestjs/(swagger|platform-express))/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      comment: 'what runs needs nothing of the tests and scripts, and nothing that only tests install',
      from: { path: '^(src|libs|migrations)/', pathNot: [SPEC, '^libs/[^/]+/src/testing/'] },
      to: { path: `^(test|scripts)/|^libs/[^/]+/src/testing/|${SPEC}` },
    },
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      comment: 'types are erased; what is loaded must be installed with the product',
      from: { path: '^(src|libs|migrations)/', pathNot: [SPEC, '^libs/[^/]+/src/testing/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'an import that is not found is checked by no rule',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
