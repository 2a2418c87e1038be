import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AccessControl } from '../../auth/access-control';
import { ApiKeyInvalidError, ApiKeyMissingError } from '../../auth/auth.errors';
import { DomainError } from '../../common/domain-error';
import { BOARD_PATH } from '../../common/pages';

/** A page of another origin made the browser ask: 403. */
class ForeignOriginError extends DomainError {
  constructor() {
    super('Only the page itself may change queues.', { code: 'FOREIGN_ORIGIN', httpStatus: 403, logLevel: 'warn' });
  }
}

/**
 * The admin scope for a page: a browser asks its user for the key (Basic authentication, the key as password) and then
 * sends it with every request of the page, also with those that another page makes it send: hence the look at the
 * origin. Opening the page and every change are recorded; what the open page reads every few seconds is not.
 */
@Injectable()
export class QueueBoardGuard implements CanActivate {
  constructor(private readonly access: AccessControl) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading && isForeign(request)) throw new ForeignOriginError();
    const password = passwordOf(request);
    if (password !== undefined) request.headers['x-api-key'] ??= password;
    const isPage = !/^\/(api|static)\//.test(request.path.slice(BOARD_PATH.length));
    try {
      const isPoll = isReading && !isPage;
      if (isPoll && (await this.access.mayUnrecorded(request, 'admin'))) return true;
      // Who is refused is recorded, whatever was asked for.
      await this.access.authorize(request, response, 'admin');
    } catch (error) {
      if (error instanceof ApiKeyMissingError || error instanceof ApiKeyInvalidError) {
        response.setHeader(
          'WWW-Authenticate',
          'Basic realm="PRODPLAN queues: an admin key as password", charset="UTF-8"',
        );
      }
      throw error;
    }
    return true;
  }
}

function passwordOf({ headers }: Request): string | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : text.slice(colon + 1) || undefined;
}

/** Browsers name the origin with every request that is not a mere look; programs name none. */
function isForeign({ headers }: Request): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
