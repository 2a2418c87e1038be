const PARAMETER = /([?&])([^=&#]*)=([^&#]*)/g;
/** What an address with a key has: its name, or an escape that may stand for a part of it. */
const SUSPECT = /api_key|%/i;
const KEY_NAME = /^\s*api_key\s*(\[.*)?$/i;

/** The address as it may be logged: the frontend sends the API key in the query string. */
export function redactUrl(url: string): string {
  // Nearly every address: not worth a look at each parameter.
  if (!url.includes('?') || !SUSPECT.test(url)) return url;
  return url.replace(PARAMETER, (parameter, mark: string, name: string) =>
    KEY_NAME.test(decoded(name)) ? `${mark}${name}=***` : parameter,
  );
}

/** Express reads `api%5Fkey` as `api_key`, so a name is judged by what it stands for. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
