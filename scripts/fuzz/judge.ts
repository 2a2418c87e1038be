import type { ValidateFunction } from 'ajv';
import type { FuzzRequest } from './request-arbitrary';
import type { Answer } from './send';

/** What any request may be answered, whatever the operation documents: its path, size, type or sender is refused. */
const ALWAYS_ALLOWED: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 406, 413, 414, 415, 429, 431]);

/** Who has the right key, and is not counted, is not told. */
const NEVER_WITH_KEY: ReadonlySet<number> = new Set([401, 403, 429]);

/** Says by a 503 that something is missing, such as a queue that a busy machine answers too late for. */
const READINESS = '/health/ready';

/**
 * What is wrong with an answer, in words; undefined when nothing is.
 *
 * @param problem what every error's body must satisfy
 */
export function judge(asked: FuzzRequest, answer: Answer, problem: ValidateFunction): string | undefined {
  const { operation, hasKey } = asked;
  const { status } = answer;
  if (status >= 500 && !(status === 503 && operation.path === READINESS)) return `answers ${status}`;
  if (operation.isProtected && !hasKey && status < 400) return `answers ${status} without the key`;
  if (hasKey && NEVER_WITH_KEY.has(status)) return `answers ${status} with the right key`;
  const isDocumented = String(status) in operation.answers;
  if (!isDocumented && !ALWAYS_ALLOWED.has(status)) return `answers ${status}, which it does not document`;
  if (status >= 400) return judgeError(answer, problem);
  const { types, validate } = operation.answers[String(status)];
  const type = answer.type.split(';')[0].trim();
  const isPromised = types.length === 0 ? type === '' : types.includes(type);
  if (!isPromised) return `answers ${status} as ${type || 'nothing'}, which it does not document`;
  if (validate === undefined || type !== 'application/json') return undefined;
  const body = parsed(answer.text);
  if (body === undefined) return `answers ${status} with a body that is no JSON`;
  if (validate(body)) return undefined;
  const [error] = validate.errors ?? [];
  return `answers ${status} against its own schema: ${error?.instancePath ?? ''} ${error?.message ?? ''}`;
}

function judgeError({ status, type, text }: Answer, problem: ValidateFunction): string | undefined {
  // Refused by the HTTP parser before there is a request.
  if (status === 431 && text === '') return undefined;
  const body = parsed(text);
  if (!type.startsWith('application/json') || body === undefined) return `answers ${status} without the error body`;
  if (!problem(body)) return `answers ${status} with another body than the contract's`;
  if (/\n\s+at |SELECT |node_modules/.test(text)) return `answers ${status} with its insides`;
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
