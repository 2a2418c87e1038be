export { generateSample, writeSampleWorkbook } from './generate-sample';
export { isSample, SAMPLE_MARKER } from './is-sample';
export { continuationName, type SheetTarget, type WorkbookTarget } from './row-sink';
export { type IssueCode, type RejectReason, type SampleAccount, type SheetAccount } from './sample-account';
export {
  DEFAULT_ASSIGNMENT_MATCH_RATE,
  DEFAULT_END,
  DEFAULT_FAULTS,
  MAX_SCALE,
  REAL_ROWS,
  resolveOptions,
  SampleError,
  sampleSizes,
  type FaultName,
  type FaultRates,
  type SampleErrorCode,
  type SampleOptions,
  type SampleSizes,
  type SheetName,
} from './sample-options';
