import { compareWithOpenApi, ENDPOINTS, NOT_MEASURED } from './endpoints';
import type { Samples } from './samples';

const SAMPLES: Samples = {
  ofId: '1205',
  produtoId: 77,
  faseId: 12,
  runId: 1,
  until: '2025-12-11',
  daysBefore30: '2025-11-11',
  daysBefore365: '2024-12-11',
};

describe('the table of endpoints', () => {
  it('names each line once, so that no EXPLAIN file overwrites another', () => {
    const names = ENDPOINTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves no placeholder in a path', () => {
    for (const { path } of ENDPOINTS) expect(path(SAMPLES)).not.toMatch(/[{}]|undefined/);
  });

  it('asks for no path twice', () => {
    const paths = ENDPOINTS.map(({ path }) => path(SAMPLES));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('measures nothing that it says it leaves out', () => {
    for (const { route } of ENDPOINTS) expect(NOT_MEASURED).not.toHaveProperty([route]);
  });
});

describe('compareWithOpenApi', () => {
  it('tells a documented path that nobody measures, and a line without a documented path', () => {
    const measured = ENDPOINTS.slice(1).map(({ route }) => route);
    const documented = [...measured, ...Object.keys(NOT_MEASURED), '/api/new'].filter(
      (route) => route !== '/api/health',
    );
    expect(compareWithOpenApi(documented)).toEqual({ missing: ['/api/new'], unknown: ['/api/health'] });
  });
});
