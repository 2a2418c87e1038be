import { LoadsBeside } from './loads-beside';

const json = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });

describe('loads beside the traffic', () => {
  afterEach(() => jest.restoreAllMocks());

  it('tell when they are stopped how the one that was under way ended', async () => {
    let end: (status: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (end = resolve));
    jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async (url) =>
        (url as string).endsWith('/run') ? json(202, { run_id: 1 }) : json(200, { status: await ended }),
      );
    const loads = new LoadsBeside('http://product', 'key', ['a.xlsx', 'b.xlsx']);
    loads.start();
    expect(loads.take()).toEqual({ seconds: [], failures: [] });
    const stopped = loads.stop();
    end('FAILED');
    await expect(stopped).resolves.toEqual({ seconds: [], failures: ['a.xlsx: FAILED'] });
  });
});
