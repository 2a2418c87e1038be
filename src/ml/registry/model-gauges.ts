import { Injectable } from '@nestjs/common';
import { Metrics } from '../../common/metrics';
import { PublishedData } from '../../published/published-data';
import { MODEL_NAMES } from '../models';
import { ModelRegistry } from './model-registry';

const METHODS = ['model', 'baseline'] as const;

/** Which models answer, read when Prometheus asks. */
@Injectable()
export class ModelGauges {
  constructor(metrics: Metrics, registry: ModelRegistry, published: PublishedData) {
    metrics.gauges(
      'models',
      {
        inUse: {
          name: 'ml_model_in_use',
          help: '1 for what answers in the name of a model, a trained version or its baseline; 0 for the other.',
          labelNames: ['model', 'method'],
        },
        version: {
          name: 'ml_model_version',
          help: 'The version of a model that answers; absent while its baseline does.',
          labelNames: ['model'],
        },
      },
      async () => {
        const present = await published.current();
        if (present === undefined) return { inUse: [], version: [] };
        const rows = await registry.list();
        const found = MODEL_NAMES.map((model) => ({
          model,
          serving: rows.find(
            (row) =>
              row.model_name === model &&
              row.status === 'CHAMPION' &&
              row.sample === present.sample &&
              row.serving_problem === null,
          ),
        }));
        return {
          inUse: found.flatMap(({ model, serving }) =>
            METHODS.map((method) => ({
              labels: { model, method },
              value: Number((method === 'model') === (serving !== undefined)),
            })),
          ),
          version: found.flatMap(({ model, serving }) =>
            serving === undefined ? [] : [{ labels: { model }, value: serving.version }],
          ),
        };
      },
    );
  }
}
