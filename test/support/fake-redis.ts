import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** As much of Redis as a cache asks of it: GET and SET; everything else is answered with OK. Expiry is ignored. */
export class FakeRedis {
  readonly content = new Map<string, string>();
  /** Set: commands are taken and not answered, until `speak`. */
  silent = false;
  private readonly unsaid: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Gives the answers that were held back, in order, and those to come. */
  speak(): void {
    this.silent = false;
    for (const say of this.unsaid.splice(0)) say();
  }

  /** Listens, on the same port after a close. */
  async open(): Promise<void> {
    const server = createServer((socket) => this.serve(socket));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    let pending = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      pending += text;
      for (;;) {
        const command = takeCommand(pending);
        if (command === undefined) return;
        pending = pending.slice(command.length);
        const say = () => void socket.write(this.answer(command.words), 'latin1');
        if (this.silent) this.unsaid.push(say);
        else say();
      }
    });
  }

  private answer([name, key, value]: string[]): string {
    if (name.toUpperCase() === 'SET') this.content.set(key, value);
    if (name.toUpperCase() !== 'GET') return '+OK\r\n';
    const found = this.content.get(key);
    return found === undefined ? '$-1\r\n' : `$${found.length}\r\n${found}\r\n`;
  }
}

/** The first whole command of the text: `*n`, then n times `$length` and as many bytes. */
function takeCommand(text: string): { words: string[]; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (head === null) return undefined;
  let at = head[0].length;
  const words: string[] = [];
  for (let left = Number(head[1]); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at));
    if (size === null) return undefined;
    at += size[0].length;
    const end = at + Number(size[1]);
    if (text.length < end + 2) return undefined;
    words.push(text.slice(at, end));
    at = end + 2;
  }
  return { words, length: at };
}
