/** How a registry wants to be logged in to: the header WWW-Authenticate of its 401. */
export type Challenge =
  | { readonly sort: 'basic' }
  | {
      readonly sort: 'bearer';
      /** Where tokens are given. */
      readonly realm: URL;
      readonly service: string | null;
      readonly scope: string | null;
    };

/**
 * Reads the header by RFC 9110, 11.6.1, and the distribution specification's token flow. Several headers may have been joined by commas;
 * a token is preferred to a password.
 * @returns null where it names neither scheme
 */
export function parseChallenge(header: string): Challenge | null {
  const parameters = /(?:^|,\s*)bearer\s+((?:\w+=(?:"(?:[^"\\]|\\.)*"|[^",\s]+)[\s,]*)+)/i.exec(header)?.[1];
  if (parameters !== undefined) {
    const values = new Map<string, string>();
    for (const [, name = '', quoted, bare] of parameters.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^",\s]+))/g)) {
      values.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
    }
    const realm = values.get('realm') ?? '';
    if (URL.canParse(realm)) {
      return {
        sort: 'bearer',
        realm: new URL(realm),
        service: values.get('service') ?? null,
        scope: values.get('scope') ?? null,
      };
    }
  }
  return /(?:^|,\s*)basic\b/i.test(header) ? { sort: 'basic' } : null;
}
