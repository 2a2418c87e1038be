/** Who may import whom: docs/architecture.md has the same table in words. */
const domain = (self, allowed) => ({
  name: `src-${self}`,
  severity: 'error',
  comment: `${self} imports only the layers below it`,
  from: { path: `^src/${self}/` },
  to: { path: '^src/', pathNot: `^src/(${[self, ...allowed].join('|')})(/|\\.)` },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'libs-are-pure',
      severity: 'error',
      comment: 'libs hold engines: no Nest, no database, nothing of src',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|migrations|test|scripts)/|node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|express)(/|$)' },
    },
    {
      name: 'libs-by-their-door',
      severity: 'error',
      comment: 'outside a lib only its index.ts may be imported',
      from: { path: '^(src|test|scripts|migrations)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'libs-by-their-door-between-libs',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      comment: 'code moves, migrations do not',
      from: { path: '^migrations/' },
      to: { path: '^(src|libs|test|scripts)/' },
    },
    domain('config', ['common']),
    domain('common', ['config']),
    domain('observability', ['config', 'common']),
    domain('database', ['config', 'common']),
    domain('queue', ['config', 'common', 'database']),
    domain('published', ['config', 'common', 'database']),
    domain('auth', ['config', 'common', 'database']),
    domain('ingestion', ['config', 'common', 'observability', 'database', 'queue', 'auth']),
    domain('prodplan', ['config', 'common', 'observability', 'database', 'published', 'queue', 'auth']),
    domain('ops', ['config', 'common', 'observability', 'database', 'published', 'queue', 'auth', 'ingestion']),
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      from: { path: '^(src|libs|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
