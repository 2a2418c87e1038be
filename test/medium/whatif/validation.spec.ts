import { SIMULATION_ENGINE_VERSION } from '@libs/simulation';
import type { EngineValidationDto } from '../../../src/whatif/validation/validation.dto';
import { ValidationService } from '../../../src/whatif/validation/validation.service';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';

let product: IngestionApp;
beforeAll(async () => {
  product = await startIngestionApp();
});
afterAll(() => product.close());

describe('GET /api/whatif/validation', () => {
  it('shows computed beside expected without any data, while other requests are answered', async () => {
    let isDone = false;
    const asked = [1, 2].map(() => get<EngineValidationDto>(`${product.url}/api/whatif/validation`));
    const both = Promise.all(asked).finally(() => {
      isDone = true;
    });
    // It takes seconds; a loop that computed would not answer before.
    expect((await get(`${product.url}/api/health`)).status).toBe(200);
    expect(isDone).toBe(false);
    const [first, second] = await both;
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ engine_version: SIMULATION_ENGINE_VERSION, passed: true });
    expect(first.body.checks).toContainEqual({
      group: 'job_shop',
      name: 'ft10 FIFO',
      measure: expect.any(String),
      computed: 1184,
      expected: 1184,
      tolerance: 0,
      deviation: 0,
      passed: true,
      source: expect.any(String),
    });
    expect(new Set(first.body.checks.map(({ group }) => group))).toEqual(
      new Set(['job_shop', 'queueing', 'invariant']),
    );
    expect(second.body).toEqual(first.body);
  });

  it('is kept: the same answer without computing it again', async () => {
    const service = product.app.get<{ compute(): Promise<EngineValidationDto> }>(ValidationService);
    const compute = jest.spyOn(service, 'compute');
    expect((await get<EngineValidationDto>(`${product.url}/api/whatif/validation`)).body.passed).toBe(true);
    expect(compute).not.toHaveBeenCalled();
    compute.mockRestore();
  });
});
