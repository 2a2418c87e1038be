import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { drainHttp } from './drain-http';

let server: Server;
let agent: Agent;
/** What the server was asked and has not answered. */
let asked: ServerResponse[];

beforeEach(async () => {
  asked = [];
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  server = createServer((_request, response) => asked.push(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

/** Resolves with the answer, or with the code of the error. */
function ask(): Promise<IncomingMessage | string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', agent }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer));
    }).once('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });
}

async function untilAsked(count: number): Promise<void> {
  while (asked.length < count) await new Promise((resolve) => setImmediate(resolve));
}

it('answers what has begun, lets go of its kept connection, and is closed then', async () => {
  const answer = ask();
  await untilAsked(1);
  let isClosed = false;
  const drained = drainHttp(server, 60_000).then(() => (isClosed = true));
  expect(server.listening).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isClosed).toBe(false);
  asked[0].end('done');
  expect(await answer).toMatchObject({ statusCode: 200 });
  await drained;
});

it('tells who asks on a connection that was kept that the answer is its last', async () => {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (bytes: Buffer) => (received += bytes.toString()));
  socket.write('GET /1 HTTP/1.1\r\nHost: x\r\n\r\n');
  await untilAsked(1);
  const drained = drainHttp(server, 60_000);
  socket.write('GET /2 HTTP/1.1\r\nHost: x\r\n\r\n');
  await untilAsked(2);
  for (const response of asked) response.end();
  await Promise.all([once(socket, 'end'), drained]);
  const [first, second] = received.split('HTTP/1.1 200 OK').slice(1);
  expect(first).toContain('Connection: keep-alive');
  expect(second).toContain('Connection: close');
});

it('cuts off what is not answered in time', async () => {
  const answer = ask();
  await untilAsked(1);
  await drainHttp(server, 30);
  expect(await answer).toBe('ECONNRESET');
});

it('is done at once where nothing listens', async () => {
  await drainHttp(createServer(), 60_000);
});
