import { EXIT } from './exit-codes';

/** A failure the command line foresees itself; what the product throws is described by describeFailure. */
export class CliError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly suggestion?: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

export interface Failure {
  /** One message: code and place, what is wrong, then what to do. Ends with a line feed. */
  text: string;
  exitCode: number;
}

/**
 * What the errors of the product have in common, by shape: importing their classes would make every command load the
 * libraries of all of them.
 */
interface Described {
  code?: unknown;
  place?: unknown;
  remedy?: unknown;
  suggestion?: unknown;
  extras?: { place?: unknown; suggestion?: unknown };
}

const EXIT_CODES: Readonly<Record<string, number>> = {
  INGESTION_BUSY: EXIT.BUSY,
  RUN_CANCELLED: EXIT.INTERRUPTED,
  UNKNOWN_SHEET: EXIT.USAGE,
};

/** Turns whatever a command threw into one short message and an exit code. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { text: `${String(error)}\n`, exitCode: EXIT.FAILED };
  const { code, place, remedy, suggestion, extras } = error as Described;
  const domainCode = typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined;
  const where = text(place ?? extras?.place);
  const advice = text(remedy ?? suggestion ?? extras?.suggestion);
  const line = headline(domainCode, where, message(error));
  const lines = advice === undefined ? [line] : [line, advice];
  return { text: `${lines.join('\n')}\n`, exitCode: EXIT_CODES[domainCode ?? ''] ?? EXIT.FAILED };
}

/** `CODE (place): what is wrong`, without saying twice what the message already says. */
function headline(code: string | undefined, place: string | undefined, said: string): string {
  const what = code !== undefined && said.startsWith(`${code}: `) ? said.slice(code.length + 2) : said;
  const where = place === undefined || what.includes(place) ? undefined : `(${place})`;
  const head = [code, where].filter((part) => part !== undefined).join(' ');
  return head === '' ? what : `${head}: ${what}`;
}

/** Node and node-postgres leave the message empty where a host has several addresses and none answers. */
function message(error: Error): string {
  if (error.message !== '') return error.message;
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first.message : error.name;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
