export type SimulationErrorCode = 'SIMULATION_INPUT' | 'JOBSHOP_FORMAT';

/** An instance, an option or a file that cannot be simulated: what is wrong, where, and what to do about it. */
export class SimulationError extends Error {
  constructor(
    readonly code: SimulationErrorCode,
    message: string,
    /** such as `jobs[3].operations[0].duration`, or `line 4` */
    readonly place: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'SimulationError';
  }
}
