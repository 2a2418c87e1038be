import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

/** The one message for "there is no usable PostgreSQL address"; the specification fixes its words. */
export const DATABASE_URL_REQUIRED = 'DATABASE_URL is required. PostgreSQL 15+ only. SQLite is not supported.';

export type Role = 'all' | 'api' | 'worker';
export type ClockMode = 'data' | 'wall';
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
export type NodeEnv = 'development' | 'test' | 'production';

/** Caps on what a workbook may hold; enforced while it is read. */
export interface XlsxCaps {
  /** Size of the file, bytes. */
  maxFileBytes: number;
  /** Entries of the zip directory. */
  maxEntries: number;
  /** Uncompressed bytes per compressed byte of one entry. */
  maxRatio: number;
  /** Uncompressed bytes of all entries together. */
  maxUncompressedBytes: number;
  /** Non-empty cells of all sheets together. */
  maxCells: number;
  /** Characters of one string. */
  maxStringLength: number;
}

/** Requests of one address, and of one key, in a minute at most; 0 for any number. */
export interface RateLimits {
  reads: number;
  /** What works much harder than a lookup. */
  costly: number;
  /** What changes something. */
  writes: number;
}

/** Everything the product may be told from outside. Paths are absolute, sizes are bytes, lists are split. */
export interface Env {
  /** postgresql://… ; undefined means: use the embedded engine. */
  databaseUrl?: string;
  embeddedPostgres: boolean;
  databasePoolSize: number;
  /** Answers that this process reads from the database at once; further ones wait for their turn. */
  databaseReads: number;
  /** postgresql://… of streaming replicas of that database, which answer what follows from published data. */
  databaseReplicaUrls: string[];
  /** redis://… ; undefined means: the queues live in PostgreSQL, the cache in the process. */
  redisUrl?: string;
  cacheEnabled: boolean;
  /** Memory of this process that cached answers may take, bytes. */
  cacheMaxBytes: number;
  host: string;
  port: number;
  role: Role;
  nodeEnv: NodeEnv;
  logLevel: LogLevel;
  /** http://host:port of an OTLP receiver; undefined: nothing is traced. */
  otlpEndpoint?: string;
  otelServiceName: string;
  dataDir: string;
  /** Free bytes of DATA_DIR's disk below which the process is not ready. */
  diskFreeMinBytes: number;
  folhaIaPath: string;
  mappingFile?: string;
  /** A key from the environment, beside those in the database. */
  apiKey?: string;
  /** Whether a key is asked for by what changes or costs. */
  requireApiKey: boolean;
  /** Whether reading asks for a key too. */
  requireReadKey: boolean;
  auditRetentionDays: number;
  rateLimit: RateLimits;
  /** Express's `trust proxy`: which proxies' word about the caller's address is believed. */
  trustProxy: false | number | string[];
  requestTimeoutSeconds: number;
  /** How long a process that is asked to end says so (503 from /health/ready) and still takes requests. */
  shutdownNoticeSeconds: number;
  /** How long requests and jobs that have begun may then go on by themselves. */
  shutdownDrainSeconds: number;
  /** Whether models are trained anew every night. */
  mlTrainNightly: boolean;
  corsOrigins: string[];
  factoryTz: 'Europe/Lisbon';
  clock: ClockMode;
  dormantDays: number;
  terminalPhases: string[];
  /** Share of a sheet (0..1) that may be absent from a new workbook before the load stops. */
  massAbsenceLimit: number;
  readThreads: number;
  partitionMonthsAhead: number;
  /** Threads of this process that simulate scenarios. */
  whatifThreads: number;
  /** Scenarios that may wait for one; beyond, 429. */
  whatifQueueLimit: number;
  uploadMaxBytes: number;
  /** Days that an uploaded workbook is kept; 0: for ever. */
  uploadRetentionDays: number;
  xlsx: XlsxCaps;
}

/** Thrown by readEnv: one error for all that is wrong, each line naming variable, value and remedy. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : ['The configuration has problems:', ...problems].join('\n- '));
    this.name = 'ConfigurationError';
  }
}

const MIB = 1024 * 1024;
/** Keys that stand in public documents: the specification's and the frontend's. */
const PUBLISHED_KEYS = ['dev-key-change-in-production', 'dev-key'];
const TERMINAL_PHASES = [
  'Entregue',
  'Embalado',
  'Armazem',
  'Armazem 2ª escolha',
  'Em Uso',
  'Para Abate',
  'Abatido',
  'Lixo',
  'Reutilizado',
];

interface IntegerRange {
  min: number;
  max: number;
}

const REQUESTS: IntegerRange = { min: 0, max: 1_000_000_000 };

/**
 * Reads variables one by one, remembering the names asked for (the order of .env.example) and what was wrong.
 * An empty value counts as not set: compose files and shells pass empty strings for variables nobody gave.
 */
class EnvReader {
  readonly names: string[] = [];
  readonly problems: string[] = [];

  constructor(private readonly source: NodeJS.ProcessEnv) {}

  optional(name: string): string | undefined {
    this.names.push(name);
    const value = this.source[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** A value that another one's default depends on, before its own turn. */
  peek(name: string): string | undefined {
    return this.source[name]?.trim();
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  path(name: string, fallback: string): string {
    return resolve(this.text(name, fallback));
  }

  optionalPath(name: string): string | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : resolve(value);
  }

  list(name: string, fallback: readonly string[]): string[] {
    const items = this.optional(name)
      ?.split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return items ?? [...fallback];
  }

  /** Addresses of PostgreSQL servers; a comma of a password is written %2C. A wrong one is named by its place: it holds a password. */
  postgresUrls(name: string): string[] {
    return this.list(name, []).flatMap((item, place) => {
      const url = postgresUrl(item);
      if (url === undefined)
        this.refuse(name, `address ${place + 1}`, 'write postgresql://user:password@host:port/database');
      return url ?? [];
    });
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    if (/^(true|1|yes|on)$/i.test(value)) return true;
    if (/^(false|0|no|off)$/i.test(value)) return false;
    this.refuse(name, value, 'write true or false');
    return fallback;
  }

  /** How many proxies stand in front, or which: addresses, networks, or loopback, linklocal, uniquelocal. */
  proxies(name: string): false | number | string[] {
    const value = this.optional(name);
    if (value === undefined || /^(false|0|no|off)$/i.test(value)) return false;
    if (/^[1-9]\d?$/.test(value)) return Number(value);
    const items = value.split(',').map((item) => item.trim());
    const named = (item: string): boolean => {
      const [address, bits, ...more] = item.split('/');
      const most = isIP(address) === 6 ? 128 : 32;
      return (
        isIP(address) > 0 && more.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
      );
    };
    if (items.every((item) => /^(loopback|linklocal|uniquelocal)$/.test(item) || named(item))) return items;
    this.refuse(name, value, 'write how many proxies stand in front, or their addresses such as 10.0.0.0/8,loopback');
    return false;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const found = allowed.find((item) => item === value);
    if (found === undefined) this.refuse(name, value, `write one of: ${allowed.join(', ')}`);
    return found ?? fallback;
  }

  integer(name: string, range: IntegerRange, fallback: number): number {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= range.min && number <= range.max) return number;
    this.refuse(name, value, `write a whole number from ${range.min} to ${range.max}`);
    return fallback;
  }

  fraction(name: string, fallback: number): number {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (/^\d*\.?\d+$/.test(value) && number <= 1) return number;
    this.refuse(name, value, 'write a number from 0 to 1, such as 0.05');
    return fallback;
  }

  refuse(name: string, value: string, remedy: string): void {
    this.problems.push(`${name}=${value}: ${remedy}.`);
  }
}

/** The URL as node-postgres takes it, or undefined when it is not PostgreSQL's. The SQLAlchemy alias is the owner's. */
function postgresUrl(value: string): string | undefined {
  const url = value.replace(/^postgresql\+psycopg2:\/\//i, 'postgresql://');
  return /^postgres(ql)?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

function readWith(env: EnvReader): Env {
  const isProduction = env.peek('NODE_ENV') === 'production';
  const givenUrl = env.optional('DATABASE_URL');
  const databaseUrl = givenUrl === undefined ? undefined : postgresUrl(givenUrl);
  const embeddedPostgres = env.boolean('EMBEDDED_POSTGRES', true);
  // Alone and first: without a database nothing else matters, and the specification fixes the whole message.
  if (databaseUrl === undefined && (givenUrl !== undefined || !embeddedPostgres)) {
    throw new ConfigurationError([DATABASE_URL_REQUIRED]);
  }
  const values: Env = {
    databaseUrl,
    embeddedPostgres,
    databasePoolSize: env.integer('DATABASE_POOL_SIZE', { min: 2, max: 200 }, 10),
    databaseReads: env.integer('DATABASE_READS', { min: 1, max: 200 }, Math.max(4, 2 * availableParallelism())),
    databaseReplicaUrls: env.postgresUrls('DATABASE_REPLICA_URLS'),
    redisUrl: env.optional('REDIS_URL'),
    cacheEnabled: env.boolean('CACHE_ENABLED', true),
    cacheMaxBytes: env.integer('CACHE_MAX_BYTES', { min: 1, max: 64 * 1024 * MIB }, 64 * MIB),
    host: env.text('HOST', '127.0.0.1'),
    port: env.integer('PORT', { min: 0, max: 65535 }, 8000),
    role: env.oneOf('ROLE', ['all', 'api', 'worker'], 'all'),
    nodeEnv: env.oneOf('NODE_ENV', ['development', 'test', 'production'], 'development'),
    logLevel: env.oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    otlpEndpoint: env.optional('OTEL_EXPORTER_OTLP_ENDPOINT'),
    otelServiceName: env.text('OTEL_SERVICE_NAME', 'prodplan'),
    dataDir: env.path('DATA_DIR', './data'),
    diskFreeMinBytes: env.integer('DISK_FREE_MIN_BYTES', { min: 0, max: 1024 * 1024 * MIB }, 256 * MIB),
    folhaIaPath: env.path('FOLHA_IA_PATH', './data/raw/Folha_IA.xlsx'),
    mappingFile: env.optionalPath('MAPPING_FILE'),
    apiKey: env.optional('API_KEY'),
    requireApiKey: env.boolean('REQUIRE_API_KEY', isProduction),
    requireReadKey: env.boolean('REQUIRE_READ_KEY', false),
    auditRetentionDays: env.integer('AUDIT_RETENTION_DAYS', { min: 1, max: 36500 }, 365),
    rateLimit: {
      reads: env.integer('RATE_LIMIT_READS', REQUESTS, isProduction ? 1_200 : 600_000),
      costly: env.integer('RATE_LIMIT_COSTLY', REQUESTS, isProduction ? 120 : 60_000),
      writes: env.integer('RATE_LIMIT_WRITES', REQUESTS, isProduction ? 60 : 6_000),
    },
    trustProxy: env.proxies('TRUST_PROXY'),
    requestTimeoutSeconds: env.integer('REQUEST_TIMEOUT_SECONDS', { min: 1, max: 3_600 }, 60),
    shutdownNoticeSeconds: env.integer('SHUTDOWN_NOTICE_SECONDS', { min: 0, max: 3_600 }, isProduction ? 5 : 0),
    shutdownDrainSeconds: env.integer('SHUTDOWN_DRAIN_SECONDS', { min: 0, max: 86_400 }, isProduction ? 20 : 0),
    mlTrainNightly: env.boolean('ML_TRAIN_NIGHTLY', false),
    corsOrigins: env.list('CORS_ORIGINS', ['http://localhost:5174', 'http://localhost:3000']),
    factoryTz: env.oneOf('FACTORY_TZ', ['Europe/Lisbon'], 'Europe/Lisbon'),
    clock: env.oneOf('CLOCK', ['data', 'wall'], 'data'),
    dormantDays: env.integer('DORMANT_DAYS', { min: 1, max: 36500 }, 180),
    terminalPhases: env.list('TERMINAL_PHASES', TERMINAL_PHASES),
    massAbsenceLimit: env.fraction('MASS_ABSENCE_LIMIT', 0.05),
    readThreads: env.integer('READ_THREADS', { min: 1, max: 64 }, Math.min(4, availableParallelism())),
    partitionMonthsAhead: env.integer('PARTITION_MONTHS_AHEAD', { min: 0, max: 120 }, 6),
    whatifThreads: env.integer('WHATIF_THREADS', { min: 1, max: 64 }, Math.min(2, availableParallelism())),
    whatifQueueLimit: env.integer('WHATIF_QUEUE_LIMIT', { min: 1, max: 10_000 }, 32),
    uploadMaxBytes: env.integer('UPLOAD_MAX_BYTES', { min: 1, max: 64 * 1024 * MIB }, 1024 * MIB),
    uploadRetentionDays: env.integer('UPLOAD_RETENTION_DAYS', { min: 0, max: 36_500 }, 30),
    xlsx: {
      maxFileBytes: env.integer('XLSX_MAX_FILE_BYTES', { min: 1, max: 64 * 1024 * MIB }, 1024 * MIB),
      maxEntries: env.integer('XLSX_MAX_ENTRIES', { min: 1, max: 1_000_000 }, 10_000),
      maxRatio: env.integer('XLSX_MAX_RATIO', { min: 1, max: 100_000 }, 500),
      maxUncompressedBytes: env.integer(
        'XLSX_MAX_UNCOMPRESSED_BYTES',
        { min: 1, max: 1024 * 1024 * MIB },
        8 * 1024 * MIB,
      ),
      maxCells: env.integer('XLSX_MAX_CELLS', { min: 1, max: 10_000_000_000 }, 250_000_000),
      maxStringLength: env.integer('XLSX_MAX_STRING_LENGTH', { min: 1, max: 256 * MIB }, 32_767),
    },
  };
  checkTogether(values, env);
  return values;
}

function checkTogether(values: Env, env: EnvReader): void {
  if (values.redisUrl !== undefined && !/^rediss?:\/\//i.test(values.redisUrl)) {
    env.refuse(
      'REDIS_URL',
      values.redisUrl,
      'write redis://host:port/db, or leave it out to keep queues in PostgreSQL',
    );
  }
  if (values.databaseReplicaUrls.length > 0 && values.databaseUrl === undefined) {
    env.refuse('DATABASE_REPLICA_URLS', 'set', 'set DATABASE_URL too: the embedded engine has no replicas');
  }
  if (values.otlpEndpoint !== undefined && !/^https?:\/\/[^/]/i.test(values.otlpEndpoint)) {
    env.refuse('OTEL_EXPORTER_OTLP_ENDPOINT', values.otlpEndpoint, 'write http://host:4318, or leave it out');
  }
  for (const origin of values.corsOrigins) {
    if (origin !== '*' && !/^https?:\/\/[^/]+$/.test(origin)) {
      env.refuse('CORS_ORIGINS', origin, 'write origins such as http://localhost:5174, separated by commas');
    }
  }
  if (values.requireReadKey && !values.requireApiKey) {
    env.refuse('REQUIRE_READ_KEY', 'true', 'set REQUIRE_API_KEY=true too, or leave it out');
  }
  if (values.nodeEnv !== 'production') return;
  if (!values.requireApiKey) {
    env.refuse('REQUIRE_API_KEY', 'false', 'production asks for keys: leave it out, or leave NODE_ENV=production out');
  }
  if (values.apiKey !== undefined && PUBLISHED_KEYS.includes(values.apiKey)) {
    env.refuse('API_KEY', values.apiKey, 'choose a key of your own in production, or leave it out and create keys');
  }
}

/**
 * Validates the variables and returns them typed.
 * @throws ConfigurationError naming every variable that is wrong, its value and the remedy; its message is exactly
 * DATABASE_URL_REQUIRED when there is no PostgreSQL to use.
 */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const reader = new EnvReader(source);
  const values = readWith(reader);
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems);
  return values;
}

/**
 * The environment of this process, validated. A file .env in the current folder fills in what is not set; not in tests,
 * which must not depend on what a developer keeps there.
 */
export function loadEnv(): Env {
  loadEnvFile();
  return readEnv(process.env);
}

/** The same for what needs no database: whether one is configured, and which, is not asked. */
export function loadEnvWithoutDatabase(): Env {
  loadEnvFile();
  return readEnv({ ...process.env, DATABASE_URL: undefined, EMBEDDED_POSTGRES: undefined });
}

function loadEnvFile(): void {
  // Node's --env-file-if-exists would do, but tells on stderr, at every start, that there is no such file.
  if (process.env.NODE_ENV !== 'test' && existsSync('.env')) process.loadEnvFile('.env');
}

/** Every variable readEnv knows, in reading order: what .env.example has to list. */
export function envVariableNames(): string[] {
  const reader = new EnvReader({});
  readWith(reader);
  return reader.names;
}

/** The environment for a program that this one starts, with more added: it finds what the shell would find. */
export function childEnvironment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}
