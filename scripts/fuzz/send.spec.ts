import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FuzzRequest } from './request-arbitrary';
import { Sender } from './send';

const ASKED = { operation: { method: 'POST' }, target: '/', headers: {}, hasKey: true } as unknown as FuzzRequest;
const PATIENCE_MS = 200;

describe('the sender', () => {
  let server: Server;
  let sender: Sender;

  async function serve(listener: RequestListener): Promise<void> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    sender = new Sender(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), PATIENCE_MS);
  }
  afterEach(async () => {
    sender.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('gives the whole answer', async () => {
    await serve((_, response) => response.writeHead(202, { 'content-type': 'text/plain' }).end('done'));
    expect(await sender.send(ASKED)).toEqual({ status: 202, type: 'text/plain', text: 'done' });
  });

  it('waits no longer for an answer that comes byte by byte', async () => {
    await serve((_, response) => {
      const dribble = setInterval(() => response.write('x'), PATIENCE_MS / 10);
      response.on('close', () => clearInterval(dribble));
    });
    await expect(sender.send(ASKED)).rejects.toThrow('no whole answer in 0.2 s');
  });

  it('takes a broken connection for no refusal, however large the body', async () => {
    await serve((request) => request.socket.resetAndDestroy());
    const body = 'x'.repeat(3_000_000);
    await expect(sender.send({ ...ASKED, body })).rejects.toThrow(/ECONNRESET|EPIPE|hang up/);
  });
});
