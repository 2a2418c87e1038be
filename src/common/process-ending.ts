/** Why work is told to end when nobody gave it up: the process was asked to stop. */
export class ProcessEndingError extends Error {
  constructor() {
    super('The process is ending.');
    this.name = 'ProcessEndingError';
  }
}
