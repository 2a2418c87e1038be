import { operationsOf, type Document } from './document';

const documentWith = (security?: unknown[]): Document => ({
  paths: { '/x': { post: { responses: { 200: { content: { 'text/csv': { schema: {} } } } }, security } } },
  components: { schemas: {} },
});

describe('the operations of a document', () => {
  it('are protected where the kept document says so, whatever is served', () => {
    const key = [{ 'api-key': ['ingest'] }];
    expect(operationsOf(documentWith(), documentWith(key))).toMatchObject([{ name: 'POST /x', isProtected: true }]);
    expect(operationsOf(documentWith(key), documentWith())).toMatchObject([{ isProtected: false }]);
  });

  it('must all stand in it', () => {
    const none: Document = { paths: {}, components: { schemas: {} } };
    expect(() => operationsOf(documentWith(), none)).toThrow('docs/openapi.json lacks POST /x');
  });

  it('promise the content types they name, and a schema of JSON alone', () => {
    const [{ answers }] = operationsOf(documentWith(), documentWith());
    expect(answers).toEqual({ 200: { types: ['text/csv'], validate: undefined } });
  });
});
