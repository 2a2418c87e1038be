const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Something that must not outlive this process. */
export interface Guarded {
  close(): Promise<void>;
  /** The last thing that can be done in an 'exit' handler: nothing may be awaited there. */
  closeAtExit(): void;
}

const guarded = new Set<Guarded>();

/** Ends `item` with this process, however it ends (kill -9 apart), until `release` is called. */
export function guardExit(item: Guarded): { release(): void } {
  if (guarded.size === 0) {
    process.on('exit', onExit);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  guarded.add(item);
  return {
    release() {
      if (!guarded.delete(item) || guarded.size > 0) return;
      process.removeListener('exit', onExit);
      for (const signal of SIGNALS) process.removeListener(signal, onSignal);
    },
  };
}

function onExit(): void {
  for (const item of guarded) item.closeAtExit();
}

/**
 * A signal before Nest listens, or in a program without Nest, would end the process at once and leave the server.
 * Where someone else listens too, ending in order is theirs and they close what is guarded here; Nest then sends itself
 * the signal once more, which comes here when anything is left.
 */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  // Sessions that lose the server now fail as they must; the first of them would end the process before the server has.
  process.on('uncaughtException', () => undefined);
  void Promise.allSettled([...guarded].map((item) => item.close())).then(() => process.kill(process.pid, signal));
}
