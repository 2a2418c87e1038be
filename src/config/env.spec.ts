import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, DATABASE_URL_REQUIRED, envVariableNames, readEnv } from './env';

const REQUIRED = 'DATABASE_URL is required. PostgreSQL 15+ only. SQLite is not supported.';

describe('readEnv', () => {
  it('has the defaults of the specification', () => {
    expect(readEnv({})).toMatchObject({
      databaseUrl: undefined,
      embeddedPostgres: true,
      redisUrl: undefined,
      port: 8000,
      role: 'all',
      dataDir: resolve('data'),
      folhaIaPath: resolve('data/raw/Folha_IA.xlsx'),
      apiKey: undefined,
      requireApiKey: false,
      corsOrigins: ['http://localhost:5174', 'http://localhost:3000'],
      factoryTz: 'Europe/Lisbon',
      clock: 'data',
      dormantDays: 180,
      massAbsenceLimit: 0.05,
    });
  });

  it('counts nine terminal phases, as definitions.md does', () => {
    expect(readEnv({}).terminalPhases).toHaveLength(9);
    expect(readEnv({}).terminalPhases).toContain('Armazem 2ª escolha');
  });

  it.each([
    ['no URL and no embedded engine', { EMBEDDED_POSTGRES: 'false' }],
    ['SQLite', { DATABASE_URL: 'sqlite:///prodplan.db' }],
    ['MySQL', { DATABASE_URL: 'mysql://root@localhost/x' }],
    ['a bare path', { DATABASE_URL: './prodplan.db' }],
    ['SQLite although the embedded engine could serve', { DATABASE_URL: 'sqlite://x', EMBEDDED_POSTGRES: 'true' }],
    ['SQLite beside other mistakes', { DATABASE_URL: 'sqlite://x', PORT: 'eight' }],
  ])('stops with exactly the message of the specification: %s', (_case, source) => {
    expect(DATABASE_URL_REQUIRED).toBe(REQUIRED);
    expect(() => readEnv(source)).toThrow(new ConfigurationError([REQUIRED]));
  });

  it.each(['postgres://u:p@h:5432/d', 'postgresql://u:p@h/d?sslmode=require'])('takes %s as it is', (url) => {
    expect(readEnv({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it("takes the owner's SQLAlchemy address", () => {
    expect(readEnv({ DATABASE_URL: 'postgresql+psycopg2://u:p@h/d' }).databaseUrl).toBe('postgresql://u:p@h/d');
  });

  it('takes an empty value for none, as compose files pass it', () => {
    expect(readEnv({ DATABASE_URL: '', REDIS_URL: ' ', PORT: '' })).toMatchObject({
      databaseUrl: undefined,
      redisUrl: undefined,
      port: 8000,
    });
  });

  it('tells everything that is wrong at once, with variable, value and remedy', () => {
    const source = { PORT: '70000', CLOCK: 'sundial', MASS_ABSENCE_LIMIT: '5%', REDIS_URL: 'localhost', ROLE: 'api' };
    expect(() => readEnv(source)).toThrow(
      [
        'The configuration has problems:',
        'PORT=70000: write a whole number from 0 to 65535.',
        'CLOCK=sundial: write one of: data, wall.',
        'MASS_ABSENCE_LIMIT=5%: write a number from 0 to 1, such as 0.05.',
        'REDIS_URL=localhost: write redis://host:port/db, or leave it out to keep queues in PostgreSQL.',
      ].join('\n- '),
    );
  });

  it.each([
    ['true', true],
    ['1', true],
    ['No', false],
    ['off', false],
  ])('reads REQUIRE_API_KEY=%s', (text, value) => {
    expect(readEnv({ REQUIRE_API_KEY: text, API_KEY: 'k' }).requireApiKey).toBe(value);
  });

  it('asks for keys in production by itself, cannot be told not to, and takes no published one', () => {
    const production = { NODE_ENV: 'production' };
    expect(readEnv(production).requireApiKey).toBe(true);
    expect(() => readEnv({ ...production, REQUIRE_API_KEY: 'false' })).toThrow(
      'REQUIRE_API_KEY=false: production asks for keys',
    );
    for (const key of ['dev-key-change-in-production', 'dev-key']) {
      expect(() => readEnv({ ...production, API_KEY: key })).toThrow('choose a key of your own in production');
      expect(readEnv({ REQUIRE_API_KEY: 'true', API_KEY: key }).apiKey).toBe(key);
    }
  });

  it('asks for a key to read only where one is asked for anyway', () => {
    expect(() => readEnv({ REQUIRE_READ_KEY: 'true' })).toThrow('set REQUIRE_API_KEY=true too');
    expect(readEnv({ REQUIRE_READ_KEY: 'true', REQUIRE_API_KEY: 'true' }).requireReadKey).toBe(true);
  });

  it('refuses an origin with a path, which no browser ever sends', () => {
    expect(() => readEnv({ CORS_ORIGINS: 'http://a:1,http://b/app' })).toThrow('CORS_ORIGINS=http://b/app');
  });
});

describe('replicas', () => {
  const DATABASE_URL = 'postgresql://u:p@primary/d';

  it('are as many addresses as there are commas', () => {
    const DATABASE_REPLICA_URLS = 'postgresql://u:p@one/d, postgres://u:p@two:5433/d';
    expect(readEnv({ DATABASE_URL, DATABASE_REPLICA_URLS }).databaseReplicaUrls).toEqual([
      'postgresql://u:p@one/d',
      'postgres://u:p@two:5433/d',
    ]);
    expect(readEnv({ DATABASE_URL }).databaseReplicaUrls).toEqual([]);
  });

  it('with a wrong address are refused by its place, since it may hold a password', () => {
    const wrong = () =>
      readEnv({ DATABASE_URL, DATABASE_REPLICA_URLS: 'postgresql://u:p@one/d,mysql://u:secret@two/d' });
    expect(wrong).toThrow(/DATABASE_REPLICA_URLS=address 2: write postgresql:/);
    expect(wrong).not.toThrow(/secret/);
  });

  it('need a primary that is named', () => {
    expect(() => readEnv({ DATABASE_REPLICA_URLS: 'postgresql://u:p@one/d' })).toThrow(/set DATABASE_URL too/);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(resolve(__dirname, '../../.env.example'), 'utf8').trimEnd().split('\n').slice(2);
  const pairs = lines.flatMap((line, index) => {
    const match = /^#? ?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
    return match ? [{ name: match[1], value: match[2], comment: lines[index - 1] }] : [];
  });

  it('lists every variable in the order it is read, and no other', () => {
    expect(pairs.map((pair) => pair.name)).toEqual(envVariableNames());
  });

  it('explains each with one line above it, and holds nothing else', () => {
    expect(lines).toHaveLength(pairs.length * 2);
    for (const { comment } of pairs) expect(comment).toMatch(/^# [A-Za-z].*[.]$/);
  });

  it('shows the default wherever there is one', () => {
    const shown = Object.fromEntries(pairs.map((pair) => [pair.name, pair.value]));
    // These have no default, or one that depends on the machine: the file shows an example.
    for (const name of [
      'DATABASE_URL',
      'DATABASE_REPLICA_URLS',
      'REDIS_URL',
      'MAPPING_FILE',
      'API_KEY',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ])
      delete shown[name];
    const { readThreads, databaseReads } = readEnv({});
    expect(readThreads).toBeGreaterThan(0);
    expect(databaseReads).toBeGreaterThanOrEqual(4);
    const ofMachine = { READ_THREADS: String(readThreads), DATABASE_READS: String(databaseReads) };
    expect(readEnv({ ...shown, ...ofMachine })).toEqual(readEnv({}));
  });
});
