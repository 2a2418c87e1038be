/**
 * Who may import whom. .dependency-cruiser.cjs makes its rules of this, docs/architecture.md shows it, and
 * test/unit/docs-architecture.spec.ts fails when the two differ.
 */
module.exports = {
  /** Folder of src → folders of src it may import beside itself. */
  SRC: {
    config: [],
    common: ['config'],
    observability: ['config', 'common'],
    database: ['config', 'common'],
    auth: ['config', 'common', 'database', 'queue'],
    queue: ['config', 'common', 'database'],
    published: ['config', 'common', 'database'],
    cache: ['config', 'common', 'database', 'published'],
    analytics: ['config', 'common', 'database', 'queue', 'published'],
    ingestion: ['config', 'common', 'database', 'queue', 'auth', 'analytics'],
    prodplan: ['config', 'common', 'database', 'published', 'cache'],
    kpis: ['config', 'common', 'database', 'published', 'cache'],
    quality: ['config', 'common', 'database', 'published', 'cache'],
    smartinventory: ['config', 'common', 'database', 'published', 'cache'],
    whatif: ['config', 'common', 'database', 'published', 'cache', 'auth'],
    ml: ['config', 'common', 'database', 'queue', 'published', 'cache', 'auth'],
    ops: ['config', 'common', 'database', 'queue', 'published', 'cache'],
    cli: [
      'config',
      'common',
      'observability',
      'database',
      'queue',
      'auth',
      'published',
      'analytics',
      'ingestion',
      'ml',
    ],
  },
  /** Library → libraries it may import, through their index.ts. */
  LIBS: {
    bottleneck: [],
    'copy-binary': [],
    'csv-text': [],
    'factory-time': [],
    forecast: [],
    learning: ['forecast', 'random'],
    random: [],
    simulation: ['bottleneck', 'random'],
    xlsx: [],
    'xlsx-writer': ['xlsx'],
    workbook: ['copy-binary', 'csv-text', 'factory-time', 'xlsx'],
    profile: ['workbook', 'xlsx'],
    sample: ['random', 'xlsx', 'xlsx-writer'],
  },
  /** Business module → its files that others may name. What is not listed is its own affair. */
  FACADES: {
    ingestion: [
      'ingestion.module',
      'ingestion.service',
      'ingestion.errors',
      'queries/ingestion.queries',
      'queries/run-report',
    ],
    analytics: ['analytics.module', 'derivation', 'derivations', 'follow-up.service', 'forecast/compute-backtest'],
    prodplan: ['prodplan.module'],
    kpis: ['kpis.module'],
    quality: ['quality.module'],
    smartinventory: ['smartinventory.module'],
    whatif: ['whatif.module'],
    ml: ['ml.module', 'models', 'past/read-past', 'training/card', 'training/run-training'],
    ops: ['ops.module'],
  },
  /** The command line assembles a load without the server around it, and prints what the API answers. */
  CLI_ALSO: [
    'ingestion/held-file',
    'ingestion/pipeline/run-executor',
    'ingestion/pipeline/run-store',
    'ingestion/pipeline/settings',
    'ingestion/inspect/inspect-workbook',
    'ingestion/inspect/write-inspection',
    'ingestion/http/run-views',
  ],
};
