/** The address as it may be logged: the frontend sends the API key in the query string. */
export function redactUrl(url: string): string {
  return url.replace(/([?&]api_key=)[^&#]*/gi, '$1***');
}
