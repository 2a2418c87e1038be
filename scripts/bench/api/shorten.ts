const LONGEST = 200;

/** A text as it is, or its beginning where it is long: a page of ids says no more than the first of them. */
export function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} …`;
}
