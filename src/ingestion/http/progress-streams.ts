import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { IngestionQueries, type RunProgressRow } from '../queries/ingestion.queries';
import { hasEnded } from '../queries/run-report';
import { errorOf, progressOf } from './run-views';

/** The pipeline writes its progress about twice a second; asking more often shows nothing more. */
const POLL_MS = 500;
/** Proxies drop a connection that is silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** A restart of the database takes seconds; after these many failed polls the client is told to come back. */
const FAILED_POLLS = 20;
/** The id of the last event: a client that reconnects with it has seen the end. */
export const END_ID = 'end';

/**
 * Streams the progress of runs. It polls the run's row instead of listening to the worker: the row is there in every
 * process, and BullMQ's own events get lost (1,420 of 1,500 seen on PostgreSQL at concurrency 4).
 */
@Injectable()
export class ProgressStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();
  private ending = false;

  constructor(private readonly queries: IngestionQueries) {}

  /** Streams being served, for tests and health. */
  get count(): number {
    return this.open.size;
  }

  /** Server-sent events would keep the HTTP server from closing for as long as the run lasts. */
  onModuleDestroy(): void {
    this.ending = true;
    for (const stream of this.open) stream.abort();
  }

  /** Serves events until the run ends, the client leaves or the process stops. @param first the run as it was found */
  async serve(first: RunProgressRow, response: Response): Promise<void> {
    const stream = new AbortController();
    // The client comes back by itself, to another process.
    if (this.ending) stream.abort();
    this.open.add(stream);
    response.once('close', () => stream.abort());
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
    });
    try {
      await this.follow(first, response, stream.signal);
    } finally {
      this.open.delete(stream);
      response.end();
    }
  }

  private async follow(first: RunProgressRow, response: Response, signal: AbortSignal): Promise<void> {
    let row = first;
    let sent = '';
    let silentMs = 0;
    let failures = 0;
    while (!signal.aborted) {
      if (hasEnded(row.status)) {
        response.write(event('end', endData(row), END_ID));
        return;
      }
      const data = JSON.stringify({ ...progressOf(row), status: row.status });
      if (data !== sent) {
        response.write(event('progress', data));
        sent = data;
        silentMs = 0;
      } else if (silentMs >= HEARTBEAT_MS) {
        response.write(': still here\n\n');
        silentMs = 0;
      }
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
      silentMs += POLL_MS;
      if (signal.aborted) return;
      try {
        const found = await this.queries.findProgress(first.run_id);
        if (!found) return;
        row = found;
        failures = 0;
      } catch {
        failures += 1;
        if (failures >= FAILED_POLLS) return;
      }
    }
  }
}

function endData(row: RunProgressRow): string {
  const error = errorOf(row);
  const percent = row.status === 'COMPLETED' ? { percent: 100 } : {};
  return JSON.stringify({ ...progressOf(row), ...percent, status: row.status, ...(error ? { error } : {}) });
}

function event(name: string, data: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}
