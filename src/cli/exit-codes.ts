/** What the command line answers its caller; docs/ingestion.md lists them. */
export const EXIT = {
  /** Done, or nothing to do. */
  OK: 0,
  /** The input was refused, or something failed. */
  FAILED: 1,
  /** The command was not understood. */
  USAGE: 2,
  /** Another load is waiting or running. */
  BUSY: 3,
  /** Ended by Ctrl-C or SIGTERM. */
  INTERRUPTED: 130,
} as const;
