import { Agent, request } from 'node:http';
import type { FuzzRequest } from './request-arbitrary';

export interface Answer {
  status: number;
  type: string;
  text: string;
}

/** A request that takes longer hangs. */
const PATIENCE_MS = 30_000;

class StaleConnectionError extends Error {}

export class Sender {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly origin: URL,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

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
            }),
          );
        },
      );
      // The socket's own timeout begins anew with every byte that comes.
      const hangs = setTimeout(() => {
        reject(new Error(`no whole answer in ${this.patienceMs / 1000} s`));
        sent.destroy();
      }, this.patienceMs);
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
        reject(closed && sent.reusedSocket ? new StaleConnectionError() : error);
      });
      sent.on('close', () => clearTimeout(hangs));
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
