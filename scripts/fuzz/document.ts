import Ajv, { type ValidateFunction } from 'ajv';

/** The parts of an OpenAPI 3.0 document that requests are made of and answers are held to. */
export interface Document {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema> };
}

interface OperationObject {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
  security?: unknown[];
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema?: Schema;
}

/** A JSON schema in OpenAPI 3.0's dialect. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  nullable?: boolean;
  enum?: unknown[];
  example?: unknown;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  [keyword: string]: unknown;
}

export interface Operation {
  /** such as GET /api/prodplan/orders */
  name: string;
  method: string;
  path: string;
  parameters: readonly Parameter[];
  /** the schema of a JSON body, where it takes one */
  body: Schema | undefined;
  /** the other kinds of body it takes */
  takesForm: boolean;
  isProtected: boolean;
  /** by status */
  answers: Record<string, PromisedAnswer>;
}

export interface PromisedAnswer {
  /** content types, one of which it has */
  types: readonly string[];
  /** what it satisfies where it is JSON; undefined where no JSON is promised */
  validate: ValidateFunction | undefined;
}

const JSON_TYPE = 'application/json';

/**
 * Every operation of a document, with its answers' schemas compiled. Streams without an end are left out.
 *
 * @param kept the document in the repository, which says what is protected: what is served says so by the same
 *   decorator that protects, and would lose both at once
 * @throws Error when it lacks an operation
 */
export function operationsOf(document: Document, kept: Document): Operation[] {
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  ajv.addSchema({ $id: 'document', components: converted(document.components) });
  const compile = (schema: Schema): ValidateFunction => ajv.compile(converted(schema));
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => !JSON.stringify(operation.responses).includes('text/event-stream'))
      .map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content[JSON_TYPE]?.schema,
        takesForm: operation.requestBody?.content['multipart/form-data'] !== undefined,
        isProtected: isProtected(kept, path, method),
        answers: Object.fromEntries(
          Object.entries(operation.responses).map(([status, { content = {} }]) => {
            const schema = content[JSON_TYPE]?.schema;
            return [status, { types: Object.keys(content), validate: schema && compile(schema) }];
          }),
        ),
      })),
  );
}

function isProtected({ paths }: Document, path: string, method: string): boolean {
  const operation = paths[path]?.[method];
  if (!operation)
    throw new Error(`docs/openapi.json lacks ${method.toUpperCase()} ${path}: npm run openapi writes it.`);
  return (operation.security ?? []).length > 0;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says a type among others; references point into one schema. */
function converted(schema: Schema): Schema {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const { nullable, $ref, ...rest } = node as Schema;
    const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, walk(value)])) as Schema;
    if (typeof $ref === 'string') plain.$ref = `document${$ref}`;
    return nullable === true ? { anyOf: [{ type: 'null' }, plain] } : plain;
  };
  return walk(schema) as Schema;
}

/** The schema that a reference names, or the schema itself. */
export function resolved(document: Document, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : document.components.schemas[name];
}
