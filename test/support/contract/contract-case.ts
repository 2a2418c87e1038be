import {
  either,
  fraction,
  moment,
  oneOf,
  optional,
  record,
  text,
  type Fields,
  type RecordRules,
  type Shape,
} from '../shape';

/** One endpoint as the frontend reads it. `{of_id}` and `{produto_id}` stand for ones that are loaded. */
export interface ContractCase {
  method?: 'GET' | 'POST';
  path: string;
  /** Other ways to ask for the same body. */
  aliases?: readonly string[];
  body?: unknown;
  /** 200 unless told otherwise. */
  status?: number;
  shape: Shape;
  /** Lists that are empty while nothing is loaded, and hold something after the sample. */
  lists?: readonly string[];
  /** Lists of these that may be empty in a factory where all goes well. */
  mayBeEmpty?: readonly string[];
  /** Queries that are understood and keep the shape. */
  queries?: readonly string[];
  /** Filters that match nothing: the lists are empty, and it is no error. */
  unmatched?: readonly string[];
  /** Queries that are a 400. */
  refused?: readonly string[];
  /** Names an order or a product: a 404 while nothing is loaded. */
  needsData?: boolean;
  /** What it answers while nothing is loaded, where that is something else. */
  whileEmpty?: { status: number; shape: Shape };
  /** Tells of the process or of the clock: two calls may differ. */
  isLive?: boolean;
  /** Answers 200 while the database is away. */
  standsAlone?: boolean;
}

/** An answer that says of which load it is. */
export const fresh = (fields: Fields, rules?: RecordRules): Shape =>
  record({ ...fields, as_of: optional(moment()), generated_at: optional(moment()) }, rules);

/** What the frontend's error classification reads. */
export const PROBLEM = record({
  detail: text(),
  correlation_id: optional(text()),
  status: optional(oneOf('NOT_SUPPORTED_BY_DATA')),
  reason: optional(text()),
  suggestion: optional(text()),
  match_rate: optional(fraction()),
  error_code: optional(text()),
});

const NOT_SUPPORTED_FIELDS: Fields = {
  status: oneOf('NOT_SUPPORTED_BY_DATA'),
  detail: text(),
  reason: text(),
  suggestion: optional(text()),
  match_rate: optional(fraction()),
  threshold: optional(fraction()),
};
/** The 422 body; a chip on what-if pages must not show the age of data. */
export const NOT_SUPPORTED = record({ ...NOT_SUPPORTED_FIELDS, correlation_id: optional(text()) });
export const notSupportedOr = (supported: Shape): Shape =>
  either('status', { NOT_SUPPORTED_BY_DATA: fresh(NOT_SUPPORTED_FIELDS) }, supported);

export const NO_SUCH_ID = 987654321;
export const BAD_WINDOW = ['from=yesterday', 'from=2025-02-30', 'from=2025-03-02&to=2025-03-01'];
export const WINDOW = ['from=2025-01-01&to=2026-01-01', 'from=2019-01-01', 'to=2019-01-01T00:00:00Z'];
export const noSuch = (...filters: readonly string[]) => filters.map((filter) => `${filter}=${NO_SUCH_ID}`);
