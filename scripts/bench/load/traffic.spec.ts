import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drivePages } from './traffic';

describe('the traffic of the pages', () => {
  it('counts what is never answered also in a time shorter than its patience', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/answered') response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const { byName, timeouts, errors } = await drivePages({
        origin: `http://127.0.0.1:${port}`,
        apiKey: 'key',
        requests: ['/answered', '/never'].map((path) => ({ name: path, method: 'GET', path })),
        connections: 1,
        seconds: 2,
        signal: new AbortController().signal,
      });
      expect(byName.get('/answered')?.milliseconds.length).toBeGreaterThan(0);
      expect(byName.get('/never')?.milliseconds).toEqual([]);
      expect({ timeouts, errors }).toEqual({ timeouts: 1, errors: 0 });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
