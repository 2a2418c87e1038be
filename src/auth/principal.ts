import type { Scope } from './scopes';

/** Who makes a request. */
export interface Principal {
  /** The key's name; `API_KEY` for the key of the environment; `open` where no key is asked for. */
  name: string;
  keyId?: number;
  scopes: readonly Scope[];
}

/** Whoever calls a service that asks for no key. */
export const ANYBODY: Principal = { name: 'open', scopes: ['admin'] };

/** Whoever has the key of the environment, which may do everything. */
export const ENVIRONMENT: Principal = { name: 'API_KEY', scopes: ['admin'] };
