import express from 'express';
import type { AddressInfo } from 'node:net';
import { StreamableFile } from '@nestjs/common';
import { AnswerAdapter, weakETag } from './answer-adapter';

/** What comes of an answer: its status, its headers but for the date, its body. */
async function answered(reply: (response: express.Response) => unknown, headers: Record<string, string> = {}) {
  const app = express();
  app.set('etag', weakETag);
  app.get('/', (_request, response) => void reply(response));
  const server = app.listen(0);
  try {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const response = await fetch(url, { headers: { Connection: 'close', ...headers } });
    const { date, ...others } = Object.fromEntries(response.headers);
    expect(date).toBeDefined();
    return { status: response.status, headers: others, body: await response.text() };
  } finally {
    server.close();
  }
}

const DATA = { fase: 'Laminação', duration: 26 * 0.9, none: null, list: [1, 2], at: new Date(0) };

describe('an answer', () => {
  const adapter = new AnswerAdapter();

  it.each([
    ['an object', DATA],
    ['a list', [1, { a: 'ü' }]],
    ['an empty object', {}],
  ])('of %s has the bytes and headers that Express gives it', async (_name, body) => {
    const ours = await answered((response) => adapter.reply(response, body, 201));
    const theirs = await answered((response) => response.status(201).json(body));
    expect(ours).toEqual(theirs);
    expect(ours.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('that has not changed since it was asked for is a 304 without a body', async () => {
    const { headers } = await answered((response) => adapter.reply(response, DATA));
    // Without a word on caches fetch says that none may answer.
    const condition = { 'If-None-Match': headers.etag, 'Cache-Control': 'max-age=0' };
    const again = await answered((response) => adapter.reply(response, DATA), condition);
    expect({ status: again.status, body: again.body }).toEqual({ status: 304, body: '' });
  });

  it('of another type, a text, a file or nothing is left to Nest', async () => {
    const page = await answered((response) => adapter.reply(response.type('html'), '<p>'));
    expect(page).toMatchObject({ body: '<p>', headers: { 'content-type': 'text/html; charset=utf-8' } });
    const problem = await answered((response) => adapter.reply(response.type('application/problem+json'), { a: 1 }));
    expect(problem).toMatchObject({ headers: { 'content-type': 'application/problem+json; charset=utf-8' } });
    const file = await answered((response) => adapter.reply(response, new StreamableFile(Buffer.from('abc'))));
    expect(file).toMatchObject({ body: 'abc', headers: { 'content-type': 'application/octet-stream' } });
    expect((await answered((response) => adapter.reply(response, undefined, 204))).status).toBe(204);
    expect((await answered((response) => adapter.reply(response, null))).body).toBe('');
  });
});

describe('the tag of a body', () => {
  it.each(['', '{}', 'Laminação'])('%j is the one that Express gives it', (text) => {
    const theirs = express().set('etag', 'weak').get('etag fn') as (body: Buffer) => string;
    expect(weakETag(text)).toBe(theirs(Buffer.from(text)));
    expect(weakETag(Buffer.from(text))).toBe(weakETag(text));
  });
});
