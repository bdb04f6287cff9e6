/** `[build 4/7] RUN npm ci` as `RUN npm ci`; of a base image its name without the digest, which says nothing to a reader. */
export function stepName(name: string): string {
  return withoutDigest(name.replace(/^\[(?:[^\]]* )?\d+\/\d+\] /, ''));
}

export function withoutDigest(name: string): string {
  return name.replace(/@sha256:[0-9a-f]{64}/g, '');
}
