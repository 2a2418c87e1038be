import { runTeardown } from './teardown-steps';

export default async function globalTeardown(): Promise<void> {
  await runTeardown();
}
