import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CallHandler, ExecutionContext, Inject, Injectable, NestInterceptor, OnModuleInit } from '@nestjs/common';
import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { DomainError, InvalidRequestError } from '../../common/domain-error';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';

/** The form field of the workbook. */
export const UPLOAD_FIELD = 'file';

const ONE_DAY_MS = 24 * 3600 * 1000;
/** Suffix of a folder whose file is still arriving. */
const ARRIVING = '.part';
/** What a multipart body has besides the file: boundaries, headers, the few form fields. */
const ENVELOPE_BYTES = 64 * 1024;
const LONGEST_NAME = 150;

/** The workbook is larger than UPLOAD_MAX_BYTES; told before or while it arrives. */
export class UploadTooLargeError extends DomainError {
  constructor(maxBytes: number) {
    super(
      `The workbook is larger than ${maxBytes} bytes. Raise UPLOAD_MAX_BYTES, or copy the file below the data folder and load it by its path.`,
      { code: 'UPLOAD_TOO_LARGE', httpStatus: 413 },
    );
  }
}

/** The client left before all of the file had arrived; nobody reads this answer. */
class UploadAbortedError extends DomainError {
  constructor() {
    super('The upload ended before the whole file had arrived.', { code: 'UPLOAD_ABORTED', httpStatus: 400 });
  }
}

/** A request whose workbook has arrived. */
export type UploadedRequest = Request & { workbookPath: string };

/**
 * Streams the file of a multipart request to `DATA_DIR/uploads/<id>/<its name>`, never holding more of it in memory
 * than a buffer. Whatever goes wrong (cap, abort, a broken body, a refused load) leaves no file behind; what a killed
 * process leaves is removed a day later.
 */
@Injectable()
export class WorkbookUploadInterceptor implements NestInterceptor, OnModuleInit {
  private readonly uploads: string;

  constructor(@Inject(ENV) private readonly env: Pick<Env, 'dataDir' | 'uploadMaxBytes'>) {
    this.uploads = join(env.dataDir, 'uploads');
  }

  async onModuleInit(): Promise<void> {
    const entries = await readdir(this.uploads).catch(() => []);
    for (const entry of entries.filter((name) => name.endsWith(ARRIVING))) {
      const folder = join(this.uploads, entry);
      const info = await stat(folder).catch(() => undefined);
      // A younger one may be arriving at another process at this moment.
      if (info && Date.now() - info.mtimeMs > ONE_DAY_MS) await rm(folder, { recursive: true, force: true });
    }
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!request.is('multipart/form-data')) {
      throw new InvalidRequestError(
        `The body must be multipart/form-data with the workbook in the field ${UPLOAD_FIELD}.`,
      );
    }
    // Said before the first byte is read: a client that waits for 100-continue need not send it at all.
    if (Number(request.headers['content-length'] ?? 0) > this.env.uploadMaxBytes + ENVELOPE_BYTES) {
      throw new UploadTooLargeError(this.env.uploadMaxBytes);
    }
    const folder = join(this.uploads, randomUUID());
    try {
      (request as UploadedRequest).workbookPath = await this.receive(request, http.getResponse<Response>(), folder);
    } catch (error) {
      await rm(folder + ARRIVING, { recursive: true, force: true });
      throw error;
    }
    // Pipes run inside: an upload whose options are wrong, or that comes while another load is going, is not kept.
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          from(rm(folder, { recursive: true, force: true })).pipe(switchMap(() => throwError(() => error))),
        ),
      );
  }

  private async receive(request: Request, response: Response, folder: string): Promise<string> {
    const arriving = folder + ARRIVING;
    const receiver = multer({
      storage: multer.diskStorage({
        destination: (_request, _file, done) => {
          mkdir(arriving, { recursive: true }).then(
            () => done(null, arriving),
            (error: Error) => done(error, arriving),
          );
        },
        filename: (_request, file, done) => done(null, safeFileName(file.originalname)),
      }),
      limits: { fileSize: this.env.uploadMaxBytes, files: 1, fields: 8, fieldSize: 4096, parts: 10 },
      defParamCharset: 'utf8',
    }).single(UPLOAD_FIELD);
    await new Promise<void>((resolve, reject) => {
      receiver(request, response, (error: unknown) => {
        if (error === undefined || error === null) resolve();
        else reject(this.explain(error, request));
      });
    });
    if (!request.file) {
      throw new InvalidRequestError(`The body has no file in the field ${UPLOAD_FIELD}: send the workbook there.`);
    }
    await rename(arriving, folder);
    return join(folder, basename(request.file.path));
  }

  private explain(error: unknown, request: Request): Error {
    if (error instanceof MulterError) {
      if (error.code === 'LIMIT_FILE_SIZE') return new UploadTooLargeError(this.env.uploadMaxBytes);
      const field = error.field === undefined ? '' : ` (field ${error.field.slice(0, LONGEST_NAME)})`;
      return new InvalidRequestError(`${error.message}${field}: send one file in the field ${UPLOAD_FIELD}.`);
    }
    if (request.destroyed || request.errored) return new UploadAbortedError();
    if (!(error instanceof Error)) return new Error(String(error));
    // A disk that is full or a folder that cannot be written is ours; what the parser says of the body is the client's.
    return 'errno' in error ? error : new InvalidRequestError(`The multipart body cannot be read: ${error.message}.`);
  }
}

/** Removes an uploaded workbook that no run will read. */
export async function discardUpload(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true });
}

/** The client's name for the file, fit for a folder of ours: no path, no control characters, no leading dot. */
export function safeFileName(original: string): string {
  const name = original
    .split(/[\\/]/)
    .at(-1)!
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069<>:"|?*]/gu, '_')
    .replace(/^[.\s]+/, '')
    .trim();
  const characters = [...name];
  // A file system counts bytes (255): 50 of the widest characters are 200.
  const cut = Buffer.byteLength(name) > LONGEST_NAME ? characters.slice(-50).join('') : name;
  return cut === '' ? 'workbook.xlsx' : cut;
}
