import { startTestApp, type TestApp } from './app';
import { TcpRelay } from './tcp-relay';

/** The product behind a relay, through which its database can be taken away and given back. */
export async function startRelayedApp(): Promise<{ product: TestApp; relay: TcpRelay }> {
  let relay: TcpRelay | undefined;
  const product = await startTestApp({
    env: async ({ databaseUrl = '' }) => {
      relay = await TcpRelay.before(databaseUrl);
      return { databaseUrl: relay.through(databaseUrl) };
    },
  });
  if (relay === undefined) throw new Error('the product was started without its database');
  return { product, relay };
}
