import { DomainError } from '../common/domain-error';
import type { Scope } from './scopes';

/** The request carries no key: 401. */
export class ApiKeyMissingError extends DomainError {
  constructor() {
    super('This endpoint needs an API key. Send it as the header X-API-Key or as ?api_key=.', {
      code: 'API_KEY_MISSING',
      httpStatus: 401,
      logLevel: 'warn',
    });
  }
}

/**
 * The key is malformed, unknown, expired or revoked: 401 in the same words for all four, since telling them apart would
 * tell a stranger which keys exist. What was sent is not repeated: a near miss is nearly a secret.
 */
export class ApiKeyInvalidError extends DomainError {
  constructor() {
    super('The API key is not valid. Send a valid one as the header X-API-Key or as ?api_key=.', {
      code: 'API_KEY_INVALID',
      httpStatus: 401,
      logLevel: 'warn',
    });
  }
}

/** The key is right and may do other things: 403. */
export class ScopeMissingError extends DomainError {
  constructor(needed: Scope) {
    super(`The API key does not have the scope ${needed}, which this endpoint needs. Use a key that has it.`, {
      code: 'SCOPE_MISSING',
      httpStatus: 403,
      logLevel: 'warn',
      extras: { scope: needed },
    });
  }
}

/** A key of this name counts already. */
export class KeyNameTakenError extends DomainError {
  constructor(name: string) {
    super(`There is a key ${name} already. Rotate it, revoke it, or choose another name.`, {
      code: 'KEY_NAME_TAKEN',
      httpStatus: 409,
    });
  }
}

/** No key of this name counts. */
export class KeyNotFoundError extends DomainError {
  constructor(name: string) {
    super(`There is no valid key ${name}. The keys are listed by: npm run cli -- keys list`, {
      code: 'KEY_NOT_FOUND',
      httpStatus: 404,
    });
  }
}
