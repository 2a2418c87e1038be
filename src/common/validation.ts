import { type ArgumentMetadata, type Type, ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequestError } from './domain-error';
import { nestsDeeperThan } from './nesting';

const SHOWN_CHARACTERS = 60;

/**
 * Validates query, path and body DTOs. What a DTO does not name is dropped without an error: old clients send
 * parameters (offset, status) that mean nothing here, and refusing them would break their pages.
 */
export function buildValidationPipe(): ValidationPipe {
  return new RequestPipe({
    transform: true,
    whitelist: true,
    exceptionFactory: (errors) => new InvalidRequestError(describeValidationErrors(errors)),
  });
}

/** Queries and parameters of paths that are remembered by class, and how long each may be: pages send few, and the rest is not worth memory. */
const REMEMBERED = 200;
const LONGEST_QUERY = 300;
/** No body of the API is 8 deep. */
const DEEPEST_BODY = 32;

/**
 * Validates each query once: pages send the same ones again and again, and making and checking an instance costs more
 * than many an answer. What was accepted is given out again, frozen.
 */
class RequestPipe extends ValidationPipe {
  private readonly accepted = new Map<Type, Map<string, unknown>>();

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (type === 'body' && nestsDeeperThan(value, DEEPEST_BODY)) {
      throw new InvalidRequestError(`The body nests more than ${DEEPEST_BODY} levels deep.`);
    }
    // A path's one text is nothing to validate; its parameters together are an object, as a query is.
    const isObject = (type === 'query' || type === 'param') && typeof value === 'object';
    if (!isObject || metatype === undefined) return super.transform(value, metadata);
    const query = JSON.stringify(value);
    let known = this.accepted.get(metatype);
    if (known === undefined) this.accepted.set(metatype, (known = new Map<string, unknown>()));
    const before = known.get(query);
    if (before !== undefined) return before;
    const accepted: unknown = Object.freeze(await super.transform(value, metadata));
    if (query.length <= LONGEST_QUERY) {
      if (known.size === REMEMBERED) known.clear();
      known.set(query, accepted);
    }
    return accepted;
  }
}

/** One sentence per broken field: `limit is 0: it must be a whole number from 1 to 1000.` */
export function describeValidationErrors(errors: readonly ValidationError[]): string {
  return errors.flatMap((error) => sentences(error, '')).join(' ');
}

function sentences(error: ValidationError, parent: string): string[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const rules = Object.values(error.constraints ?? {}).map((message) => rule(message, error.property));
  const own = rules.length === 0 ? [] : [`${path} is ${shown(error.value)}: it ${rules.join(' and ')}.`];
  return [...own, ...(error.children ?? []).flatMap((child) => sentences(child, path))];
}

/** class-validator begins its messages with the field's name, which the sentence already has. */
function rule(message: string, property: string): string {
  const bare = message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
  return bare.replace(/\.$/, '');
}

/** A value as the caller can recognise it, cut so that an error body cannot be made as large as its request. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  // JSON knows no word for a function or a symbol, should anything make one of what was sent.
  const text =
    typeof value === 'string' ? `'${value}'` : ((JSON.stringify(value) as string | undefined) ?? typeof value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
