import { requireServerVersion } from './server-version';

const server = (num: number, text: string) => ({ query: () => Promise.resolve({ rows: [{ num, text }] }) });

describe('requireServerVersion', () => {
  it.each([
    [150_000, '15.0'],
    [150_014, '15.14 (Debian 15.14-0+deb12u1)'],
    [180_004, '18.4'],
  ])('takes %i', async (num, text) => {
    await expect(requireServerVersion(server(num, text))).resolves.toEqual({ num, text });
  });

  it('refuses a server below 15, naming the version found', async () => {
    await expect(requireServerVersion(server(140_020, '14.20 (Ubuntu)'))).rejects.toThrow(
      'PostgreSQL 15+ only. The server of DATABASE_URL is PostgreSQL 14.20 (Ubuntu)',
    );
  });
});
