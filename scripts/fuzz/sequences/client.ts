/** An answer, its body parsed where it is JSON. */
export interface Answer {
  status: number;
  text: string;
  json: Record<string, unknown> | undefined;
}

export interface Asked {
  method?: 'GET' | 'POST';
  path: string;
  body?: string | FormData;
  type?: string;
  /** undefined: none is sent */
  key: string | undefined;
}

/** A request that takes longer hangs. */
const PATIENCE_MS = 30_000;

/** @throws Error when the connection breaks or hangs */
export async function ask(origin: string, { method = 'GET', path, body, type, key }: Asked): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (key !== undefined) headers['x-api-key'] = key;
  if (type !== undefined) headers['content-type'] = type;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(`${origin}${path}`, { method, headers, body, signal });
  const text = await response.text();
  return { status: response.status, text, json: parsed(text) };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer whatever was asked, in words. */
export function faultOf(asked: Asked, { status, json, text }: Answer, allowed: readonly number[]): string | undefined {
  const what = `${asked.method ?? 'GET'} ${asked.path.slice(0, 80)}`;
  if (!allowed.includes(status))
    return `${what} answers ${status} instead of ${allowed.join(', ')}: ${text.slice(0, 120)}`;
  const isProblem = typeof json?.detail === 'string' && typeof json.correlation_id === 'string';
  if (status >= 400 && !isProblem) return `${what} answers ${status} without the error body`;
  return undefined;
}
