import { join } from 'node:path';
import type { Endpoint } from './endpoints';
import { startProduct, type Product, type ProductOptions } from './product';
import type { Samples } from './samples';
import type { CapturedRequest, Statement } from './statement';

const PRELOAD = join(__dirname, 'capture-preload.js');

/** What one endpoint answers, and what it asks the database for that. */
export interface Captured {
  endpoint: Endpoint;
  path: string;
  body: string;
  statements: Statement[];
}

/**
 * Asks every endpoint one after the other, the cache off, in a product that tells its statements. The second of two
 * requests counts: what only the first one does (opening a connection, looking up a type) is no part of an answer.
 * @throws Error naming every endpoint that does not answer 200 with the same JSON twice.
 */
export async function captureAll(
  endpoints: readonly Endpoint[],
  samples: Samples,
  options: Omit<ProductOptions, 'cacheEnabled' | 'preload'>,
): Promise<Captured[]> {
  const product = await startProduct({ ...options, cacheEnabled: false, preload: PRELOAD });
  try {
    const all: Captured[] = [];
    const faults: string[] = [];
    for (const endpoint of endpoints) {
      try {
        all.push(await captureOne(product, endpoint, samples));
      } catch (error) {
        faults.push((error as Error).message);
      }
    }
    if (faults.length > 0) throw new Error(`Nothing is measured, since these do not answer:\n${faults.join('\n')}`);
    return all;
  } finally {
    await product.service.stop();
  }
}

async function captureOne(product: Product, endpoint: Endpoint, samples: Samples): Promise<Captured> {
  const path = endpoint.path(samples);
  const first = await ask(product, path);
  const second = await ask(product, path);
  if (!endpoint.isLive && first.body !== second.body) throw new Error(`GET ${path}: two answers that differ`);
  return { endpoint, path, ...second };
}

async function ask(product: Product, path: string): Promise<{ body: string; statements: Statement[] }> {
  const told = new Promise<CapturedRequest>((resolve, reject) => {
    const onMessage = (message: CapturedRequest): void => {
      if (message.url !== path) return;
      product.service.child.off('message', onMessage);
      clearTimeout(timeout);
      resolve(message);
    };
    const timeout = setTimeout(() => reject(new Error(`GET ${path}: no statements were told`)), 30_000);
    product.service.child.on('message', onMessage);
  });
  // Awaited below; a request that fails first must not leave it unheard.
  told.catch(() => undefined);
  const response = await fetch(`${product.origin}${path}`);
  const body = await response.text();
  const { statements } = await told;
  if (response.status !== 200) throw new Error(`GET ${path}: ${response.status} ${body.slice(0, 200)}`);
  JSON.parse(body);
  return { body, statements };
}
