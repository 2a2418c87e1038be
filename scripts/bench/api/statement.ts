/** One statement as the product sent it for a request, with the values it bound. */
export interface Statement {
  /** what the connection keeps it prepared under; undefined where it does not */
  name: string | undefined;
  text: string;
  values: unknown[];
}

/** What the product did for one request; the preload of a capturing process sends it when the answer is out. */
export interface CapturedRequest {
  url: string;
  statements: Statement[];
}

/** Opens, ends or undoes a transaction: no query of its own. */
export function isTransactionControl(text: string): boolean {
  return /^\s*(BEGIN|START TRANSACTION|SET TRANSACTION|COMMIT|ROLLBACK)\b/i.test(text);
}
