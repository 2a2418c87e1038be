import { Agent, request } from 'node:http';
import type { FuzzRequest } from './request-arbitrary';

export interface Answer {
  status: number;
  type: string;
  text: string;
  ms: number;
}

/** A request that takes longer hangs. */
const PATIENCE_MS = 30_000;

const LARGE_BYTES = 100_000;
const REFUSED_WHILE_SENDING: Answer = {
  status: 413,
  type: 'application/json',
  text: '{"detail":"refused while it was sent","correlation_id":"-"}',
  ms: 0,
};

class StaleConnectionError extends Error {}

export class Sender {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly origin: URL) {}

  /**
   * Sends the request as it is: fetch would mend what is broken. As every client does, it asks again where a connection
   * that was kept turns out to be closed.
   *
   * @throws Error when the connection breaks or hangs
   */
  async send(asked: FuzzRequest): Promise<Answer> {
    try {
      return await this.attempt(asked, this.agent);
    } catch (error) {
      if (!(error instanceof StaleConnectionError)) throw error;
      return this.attempt(asked, false);
    }
  }

  private attempt({ operation, target, headers, body }: FuzzRequest, agent: Agent | false): Promise<Answer> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent,
          host: this.origin.hostname,
          port: this.origin.port,
          method: operation.method,
          path: target,
          headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text: Buffer.concat(chunks).toString('utf8'),
              ms: performance.now() - began,
            }),
          );
        },
      );
      sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} s`)));
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
        // What is refused for its size is refused before it has arrived, and the answer may be lost with the rest.
        if (closed && Buffer.byteLength(body ?? '') > LARGE_BYTES) resolve(REFUSED_WHILE_SENDING);
        else reject(closed && sent.reusedSocket ? new StaleConnectionError() : error);
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
