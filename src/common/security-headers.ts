import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';

const DAY_SECONDS = 24 * 3600;

const OF_ALL = {
  strictTransportSecurity: { maxAge: 365 * DAY_SECONDS },
  // The frontend is another origin, and allowed by CORS alone.
  crossOriginResourcePolicy: { policy: 'cross-origin' as const },
};

/** The documentation's styles stand in its page, its scripts do not; over plain HTTP, as a factory's network has it, nothing must be sent to HTTPS. */
const OF_PAGES = {
  ...OF_ALL,
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
};

/** An answer is no page: it loads nothing and is framed nowhere. What only tells browsers how to treat a page is left out. */
const OF_ANSWERS = {
  ...OF_ALL,
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  xFrameOptions: { action: 'deny' as const },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
};

/**
 * Helmet's headers, for pages and for all other answers. They are the same for every one, so helmet writes them once and
 * each answer takes them over: calling it anew costs more than most answers do.
 *
 * @param pages what the addresses of pages begin with
 */
export function securityHeaders(pages: readonly string[]) {
  const [ofPages, ofAnswers] = [OF_PAGES, OF_ANSWERS].map(write);
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const { url = '' } = request;
    for (const [name, value] of pages.some((page) => url.startsWith(page)) ? ofPages : ofAnswers)
      response.setHeader(name, value);
    next();
  };
}

function write(options: HelmetOptions): [string, string][] {
  const written: [string, string][] = [];
  const recorder = {
    setHeader: (name: string, value: string) => written.push([name, value]),
    removeHeader: () => undefined,
  } as unknown as ServerResponse;
  helmet(options)({} as IncomingMessage, recorder, () => undefined);
  return written;
}
