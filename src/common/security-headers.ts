import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

const DAY_SECONDS = 24 * 3600;

/**
 * Helmet's headers. They are the same for every answer, so helmet writes them once and each answer takes them over:
 * calling it anew costs more than most answers do. The documentation's styles stand in its page, its scripts do not; a page
 * over plain HTTP, as a factory's network has it, must not be sent to HTTPS.
 */
export function securityHeaders() {
  const written: [string, string][] = [];
  const recorder = {
    setHeader: (name: string, value: string) => written.push([name, value]),
    removeHeader: () => undefined,
  } as unknown as ServerResponse;
  helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    strictTransportSecurity: { maxAge: 365 * DAY_SECONDS },
    // The frontend is another origin, and allowed by CORS alone.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  })({} as IncomingMessage, recorder, () => undefined);
  return (_request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    for (const [name, value] of written) response.setHeader(name, value);
    next();
  };
}
