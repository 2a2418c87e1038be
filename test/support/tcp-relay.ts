import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A relay before a server, to take the server away without touching it. */
export class TcpRelay {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private silent = false;

  private constructor(
    private target: { host: string; port: number },
    private port = 0,
  ) {}

  static async before(url: string): Promise<TcpRelay> {
    const relay = new TcpRelay(addressOf(url));
    await relay.open();
    return relay;
  }

  /** New connections go to another server: one that came back on another port. */
  retarget(url: string): void {
    this.target = addressOf(url);
  }

  /** The same URL, through the relay. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = '127.0.0.1';
    changed.port = String(this.port);
    return changed.toString();
  }

  /** Accepts connections again, on the same port. */
  async open(): Promise<void> {
    this.silent = false;
    const server = createServer((near) => this.relay(near));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** Ends every connection and refuses new ones. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Accepts connections and answers nothing, as a host behind a dropped route does. */
  swallow(): void {
    this.silent = true;
    this.forget();
  }

  /** Leaves what is connected without an answer and serves new connections, as when a route has changed. */
  forget(): void {
    for (const socket of this.sockets) socket.pause();
  }

  private relay(near: Socket): void {
    const far = this.silent ? undefined : connect(this.target);
    for (const socket of [near, far]) {
      if (!socket) continue;
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        near.destroy();
        far?.destroy();
      });
    }
    if (far) near.pipe(far).pipe(near);
    if (this.silent) near.pause();
  }
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
