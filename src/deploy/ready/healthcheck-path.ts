/** Addresses by which a command inside a container asks the app beside it. */
const local = String.raw`(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])`;

/**
 * The path that a HEALTHCHECK's command asks the app for, where one can be read in it: a URL on localhost with the app's port. Else `/`.
 * @param test as the image has it: `CMD` or `CMD-SHELL`, then the command
 */
export function healthcheckPath(test: readonly string[], port: number): string {
  const command = test.slice(1).join(' ');
  const urls = command.matchAll(new RegExp(String.raw`(?:(https?)://)?${local}(?::(\d+))?(/[^\s'"\`;|)#\\]*)?`, 'g'));
  for (const [, scheme, written, path = '/'] of urls) {
    // Without a scheme a port must be there: a bare `localhost` may be anything.
    const asked = written === undefined ? (scheme === 'http' ? 80 : null) : Number(written);
    if (scheme !== 'https' && asked === port) return path;
  }
  return '/';
}
