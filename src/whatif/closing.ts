import type { Response } from 'express';

/** Aborted when the client goes away before its answer is out: nobody would read what is still computed. */
export function closing(response: Response): AbortSignal {
  const abort = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) abort.abort(new Error('The client went away.'));
  });
  return abort.signal;
}
