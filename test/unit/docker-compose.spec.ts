import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { envVariableNames, readEnv } from '../../src/config/env';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: Record<string, unknown>;
}

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** As Compose does when nobody sets a variable: ${NAME:-default} is default, put in after the YAML is read. */
const interpolate = (_key: unknown, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1') : value;

const compose = parse(read('docker-compose.yml'), interpolate, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { services } = compose;
const product = ['migrate', 'api', 'worker'] as const;

// No Docker engine runs these tests: what can be wrong without one is checked here.
describe('docker-compose.yml', () => {
  it('has the services of the product', () => {
    expect(Object.keys(services)).toEqual(['db', 'redis', 'migrate', 'api', 'worker']);
    expect(services.db.image).toBe('postgres:15-alpine');
    expect(services.redis.image).toBe('redis:7-alpine');
  });

  it('waits for the database as the specification says', () => {
    expect(services.db.healthcheck).toEqual({
      test: ['CMD-SHELL', 'pg_isready -U nelo_user -d nelo_db -h localhost'],
      interval: '2s',
      timeout: '2s',
      retries: 60,
    });
  });

  it.each(product)('gives %s only variables the product knows, with values it accepts', (name) => {
    const environment = services[name].environment ?? {};
    expect(Object.keys(environment).filter((variable) => !envVariableNames().includes(variable))).toEqual([]);
    expect(readEnv(environment).nodeEnv).toBe('development');
  });

  it('runs the API and the worker in their roles', () => {
    expect(readEnv(services.api.environment ?? {}).role).toBe('api');
    expect(readEnv(services.worker.environment ?? {}).role).toBe('worker');
  });

  it.each(product)('connects %s to the database and the Redis of this file', (name) => {
    const { databaseUrl, redisUrl } = readEnv(services[name].environment ?? {});
    const database = new URL(databaseUrl ?? '');
    const db = services.db.environment ?? {};
    expect([database.username, database.password, database.pathname.slice(1)]).toEqual([
      db.POSTGRES_USER,
      db.POSTGRES_PASSWORD,
      db.POSTGRES_DB,
    ]);
    expect(services[database.hostname].ports).toContain(`127.0.0.1:${database.port}:${database.port}`);
    const redis = new URL(redisUrl ?? '');
    expect(services[redis.hostname].ports).toContain(`127.0.0.1:${redis.port}:${redis.port}`);
  });

  it('publishes the port the API listens on, on all addresses of its container', () => {
    const { port, host } = readEnv(services.api.environment ?? {});
    expect(services.api.ports).toEqual([`${port}:${port}`]);
    expect(host).toBe('0.0.0.0');
    expect(read('Dockerfile')).toContain(`EXPOSE ${port}\n`);
  });

  it('waits only for services that exist and can say they are ready', () => {
    for (const service of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(services[name]).toBeDefined();
        if (condition === 'service_healthy') expect(services[name].healthcheck).toBeDefined();
      }
    }
    expect(services.api.depends_on).toEqual(services.worker.depends_on);
    expect(services.api.depends_on?.migrate.condition).toBe('service_completed_successfully');
  });

  it('mounts declared volumes, and of the host only the workbook, not to be written', () => {
    const mounts = Object.values(services).flatMap((service) => service.volumes ?? []);
    for (const mount of mounts) {
      const [source] = mount.split(':');
      if (source.startsWith('.')) expect(mount).toBe('./data/raw:/data/raw:ro');
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const programs = [dockerfile.match(/CMD \["node", "(.*)"\]/)?.[1] ?? '', services.migrate.command?.[1] ?? ''];

  it('copies files that exist and that .dockerignore lets through', () => {
    const ignored = read('.dockerignore').trim().split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*)$/gm)].flatMap((match) =>
      match[1].split(' ').slice(0, -1),
    );
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) {
      expect(existsSync(join(root, path))).toBe(true);
      expect(ignored).not.toContain(path.replace('./', ''));
    }
  });

  it.each(programs)('starts %s, which the build makes', (program) => {
    expect(program).toMatch(/^dist\/src\/.*\.js$/);
    expect(existsSync(join(root, program.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('runs as an unprivileged user on Node 24', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1])).toEqual([
      'node:24-bookworm-slim',
      'node:24-bookworm-slim',
    ]);
  });
});
