/** What a key may do. `admin` includes all others; no other scope includes one. */
export const SCOPES = ['read', 'ingest', 'simulate', 'train', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whether keys with these scopes may do what `needed` names. */
export function mayDo(granted: readonly Scope[], needed: Scope): boolean {
  return granted.includes(needed) || granted.includes('admin');
}
