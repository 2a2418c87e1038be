import { join } from 'node:path';
import type { BareSettings } from '../bare-handler';
import { Service } from './product';

const BARE_HANDLER = join(__dirname, '../bare-handler.js');

/** Starts the bare handler in a process of its own. */
export async function startBare(
  settings: BareSettings,
  options: { env: NodeJS.ProcessEnv; cwd: string; signal: AbortSignal },
): Promise<{ origin: string; service: Service }> {
  const service = Service.start({ program: BARE_HANDLER, ...options, env: { ...options.env, NODE_ENV: 'production' } });
  let port: number | undefined;
  service.child.once('message', (told) => (port = told as number));
  service.child.send(settings);
  await service.waitUntil(() => Promise.resolve(port !== undefined));
  return { origin: `http://127.0.0.1:${port}`, service };
}
