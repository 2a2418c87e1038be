import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
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
  stop_grace_period?: string;
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

/** What the image sets, which the file does not. */
const imageEnvironment = { NODE_ENV: /^ENV .*\bNODE_ENV=(\w+)/m.exec(read('Dockerfile'))?.[1] };

/** The part of the Compose Specification that this file uses: a key or a form beside these is a mistake. */
const strings = { type: 'array', items: { type: 'string' }, minItems: 1 };
const duration = { type: 'string', pattern: '^([0-9]+(ms|s|m|h))+$' };
const healthcheck = {
  type: 'object',
  additionalProperties: false,
  properties: {
    disable: { const: true },
    test: { type: 'array', items: { type: 'string' }, contains: { enum: ['CMD', 'CMD-SHELL'] }, minItems: 2 },
    interval: duration,
    timeout: duration,
    retries: { type: 'integer', minimum: 1 },
  },
  oneOf: [{ required: ['disable'] }, { required: ['test'] }],
};
const service = {
  type: 'object',
  additionalProperties: false,
  properties: {
    image: { type: 'string', pattern: '^[a-z0-9/]+:[\\w.-]+$' },
    build: { const: '.' },
    command: strings,
    // Not a number and not true: Compose would refuse the one and write the other as it likes.
    environment: { type: 'object', additionalProperties: { type: 'string' } },
    init: { type: 'boolean' },
    stop_grace_period: duration,
    ports: { type: 'array', items: { type: 'string', pattern: '^([\\d.]+:)?\\d+:\\d+$' } },
    volumes: { type: 'array', items: { type: 'string', pattern: '^[\\w./-]+:/[\\w./-]+(:ro)?$' } },
    depends_on: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['condition'],
        properties: { condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } },
      },
    },
    healthcheck,
  },
  oneOf: [{ required: ['image'] }, { required: ['build'] }],
};
const schema = {
  type: 'object',
  additionalProperties: false,
  patternProperties: { '^x-': {} },
  properties: {
    services: { type: 'object', additionalProperties: service },
    volumes: { type: 'object', additionalProperties: { type: 'null' } },
  },
};

// No Docker engine runs these tests: what can be wrong without one is checked here.
describe('docker-compose.yml', () => {
  it('has the services of the product, and those that watch it', () => {
    expect(Object.keys(services)).toEqual(['db', 'redis', 'migrate', 'api', 'worker', 'prometheus', 'grafana']);
    expect(services.db.image).toBe('postgres:15-alpine');
    expect(services.redis.image).toBe('redis:7-alpine');
    expect(services.prometheus.image).toMatch(/^prom\/prometheus:v\d+\.\d+\.\d+$/);
    expect(services.grafana.image).toMatch(/^grafana\/grafana:\d+\.\d+\.\d+$/);
  });

  it('has only keys and forms that Compose knows', () => {
    const validate = new Ajv({ allErrors: true, strictRequired: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
    // The schema catches what it is for.
    for (const wrong of [{ port: ['1:1'] }, { environment: { PORT: 8000 } }, { healthcheck: { test: 'true' } }]) {
      expect(validate({ services: { api: { build: '.', ...wrong } } })).toBe(false);
    }
  });

  it('publishes each port once', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports.map((port) => port.split(':').at(-2)));
    expect(published.sort()).toEqual(['3000', '5432', '6379', '8000', '9090']);
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

  it('mounts declared volumes, and of the host only what exists or is the workbook, not to be written', () => {
    const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes);
    const sources = new Set(mounts.map((mount) => mount.split(':')[0]));
    const named = [...sources].filter((source) => !source.startsWith('.'));
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
    for (const mount of mounts.filter((each) => each.startsWith('.'))) {
      expect(mount).toMatch(/:ro$/);
      const [source] = mount.split(':');
      expect({ source, found: source === './data/raw' || existsSync(join(root, source)) }).toEqual({
        source,
        found: true,
      });
    }
  });

  it('asks the API and the workers whether they are ready, at the port they listen on', () => {
    for (const { healthcheck: check, environment } of [services.api, services.worker]) {
      expect(JSON.stringify(check)).toContain('/health/ready');
      expect(JSON.stringify(check)).toContain(`(process.env.PORT || ${readEnv(environment ?? {}).port})`);
    }
  });

  it('gives processes longer to end than they take', () => {
    const { shutdownNoticeSeconds, shutdownDrainSeconds } = readEnv({
      ...services.api.environment,
      ...imageEnvironment,
    });
    for (const { stop_grace_period } of [services.api, services.worker]) {
      expect(parseInt(stop_grace_period ?? '', 10)).toBeGreaterThan(shutdownNoticeSeconds + shutdownDrainSeconds + 25);
    }
  });
});

describe('what watches the product', () => {
  const prometheus = parse(read('deploy/prometheus/prometheus.yml')) as {
    rule_files: string[];
    scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; type: string; port: number }[] }[];
  };
  const mountOf = ({ volumes = [] }: Service, inside: string): string =>
    volumes.find((mount) => mount.split(':')[1] === inside)?.split(':')[0] ?? '';

  it('scrapes every container of the API and of the workers at the port it listens on', () => {
    const targets = prometheus.scrape_configs.map(({ dns_sd_configs: [{ names, type, port }] }) => ({
      names,
      type,
      port,
    }));
    expect(targets).toEqual(
      (['api', 'worker'] as const).map((name) => ({
        names: [name],
        type: 'A',
        port: readEnv(services[name].environment ?? {}).port,
      })),
    );
  });

  it('watches without Compose what it watches with it', () => {
    const standalone = parse(read('deploy/prometheus/standalone.yml')) as typeof prometheus;
    const jobs = ({ scrape_configs }: typeof prometheus) => scrape_configs.map(({ job_name }) => job_name);
    expect(jobs(standalone)).toEqual(jobs(prometheus));
    expect({ ...standalone, scrape_configs: [] }).toEqual({ ...prometheus, scrape_configs: [] });
  });

  it('finds its configuration where the image looks for it, and its rules beside it', () => {
    const folder = mountOf(services.prometheus, '/etc/prometheus');
    for (const file of ['prometheus.yml', ...prometheus.rule_files]) {
      expect({ file, found: existsSync(join(root, folder, file)) }).toEqual({ file, found: true });
    }
  });

  it('shows dashboards from the folder that the provisioning names, of the Prometheus of this file', () => {
    const { grafana } = services;
    const provisioning = mountOf(grafana, '/etc/grafana/provisioning');
    const provided = parse(read(join(provisioning, 'dashboards/prodplan.yml'))) as {
      providers: { options: { path: string } }[];
    };
    for (const { options } of provided.providers)
      expect(mountOf(grafana, options.path)).toBe('./deploy/grafana/dashboards');
    const sources = parse(read(join(provisioning, 'datasources/prometheus.yml'))) as { datasources: { url: string }[] };
    for (const { url } of sources.datasources) {
      const { hostname, port } = new URL(url.replace('${PROMETHEUS_URL}', grafana.environment?.PROMETHEUS_URL ?? ''));
      expect(services[hostname].ports).toContain(`127.0.0.1:${port}:${port}`);
    }
    const home = grafana.environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
    const [path, file] = [home.slice(0, home.lastIndexOf('/')), home.slice(home.lastIndexOf('/') + 1)];
    expect(existsSync(join(root, mountOf(grafana, path), file))).toBe(true);
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const programs = [dockerfile.match(/^CMD \["node", "(.*)"\]/m)?.[1] ?? '', services.migrate.command?.[1] ?? ''];

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

  it('asks the process for its life at the port it listens on', () => {
    const { port } = readEnv(services.api.environment ?? {});
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).toContain(`'http://127.0.0.1:' + (process.env.PORT || ${port}) + '/health/live'`);
  });

  it('runs as an unprivileged user on Node 24', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1])).toEqual([
      'node:24-bookworm-slim',
      'node:24-bookworm-slim',
    ]);
  });
});
