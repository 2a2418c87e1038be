import { QueryInteger } from '../../common/query-params';

export class RiskQueueQuery {
  @QueryInteger({ description: 'Orders at most.', minimum: 1, maximum: 1000, default: 50 })
  limit?: number;

  @QueryInteger({ description: 'The same as limit.', minimum: 1, maximum: 1000 })
  top_n?: number;
}
