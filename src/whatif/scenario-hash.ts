import { createHash } from 'node:crypto';
import { ENGINE_VERSION } from './model/data-version';
import type { NormalRequest } from './requests/normal-request';

/** Names an answer: everything that it follows from. */
export function scenarioHash(dataVersion: string, request: NormalRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([dataVersion, ENGINE_VERSION, request]))
    .digest('hex');
}
