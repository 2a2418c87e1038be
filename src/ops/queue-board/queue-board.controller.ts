import { All, Controller, Next, NotFoundException, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { NEEDED_SCOPE } from '../../auth/api-key.guard';
import { BOARD_PATH } from '../../common/pages';
import { QueueBoard } from './queue-board';
import { QueueBoardGuard } from './queue-board.guard';

/** Scripts from here alone; its styles stand in its elements. Nobody may put the page into another. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The page asks a font of the internet, which a factory's network may not have and need not tell. */
const OUTSIDE_FONT = /<link href="https:[^>]*>/g;

/** What every request of the page is counted under. */
const ROUTE = { path: BOARD_PATH };

/** Bull Board: what waits in the queues, runs, failed and why; retry, promote, remove. */
@ApiExcludeController()
@NEEDED_SCOPE('admin')
@UseGuards(QueueBoardGuard)
@Controller(BOARD_PATH)
export class QueueBoardController {
  constructor(private readonly board: QueueBoard) {}

  @All(['', '*path'])
  serve(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): void {
    response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    // The board is an application of its own, which would put its own templates in the place of ours.
    Object.defineProperty(request, 'route', { get: () => ROUTE, set: () => undefined });
    const send = response.send.bind(response);
    response.send = (body: unknown) => send(typeof body === 'string' ? body.replace(OUTSIDE_FONT, '') : body);
    const { method, path } = request;
    request.url = request.url.slice(BOARD_PATH.length).replace(/^(?!\/)/, '/');
    this.board.app(request, response, (error?: unknown) =>
      next(error ?? new NotFoundException(`Cannot ${method} ${path}`)),
    );
  }
}
