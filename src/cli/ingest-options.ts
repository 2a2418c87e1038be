/** What `ingest` may be told beside the file. */
export interface IngestOptions {
  force?: boolean;
  allowMassAbsence?: string[];
  json?: boolean;
}
