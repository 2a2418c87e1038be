/** What one look at the code found. */
export interface Section {
  check: string;
  /** in figures, whatever they are */
  found: string;
  /** what is to be mended; none: nothing is */
  findings: string[];
}
