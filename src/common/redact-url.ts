/** The address as it may be logged: the frontend sends the API key in the query string. */
export function redactUrl(url: string): string {
  // Nearly every address: not worth a search by pattern.
  if (!url.includes('?')) return url;
  return url.replace(/([?&]api_key=)[^&#]*/gi, '$1***');
}
