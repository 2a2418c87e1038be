type Step = () => Promise<void>;

// Jest loads setup and teardown as separate modules; the process is what they share.
const shared = globalThis as { prodplanTeardown?: Step[] };

/** Adds a step; steps run last first. */
export function atTeardown(step: Step): void {
  (shared.prodplanTeardown ??= []).push(step);
}

/** Runs every step, also after one has failed. @throws AggregateError of what failed. */
export async function runTeardown(): Promise<void> {
  const failures: unknown[] = [];
  for (const step of (shared.prodplanTeardown ?? []).reverse()) {
    await step().catch((error: unknown) => failures.push(error));
  }
  shared.prodplanTeardown = [];
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
}
