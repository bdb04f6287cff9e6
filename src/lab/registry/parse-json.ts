/** What a text that others wrote says as JSON; null where it is none. Their texts are quoted in no error: they may hold a login. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
