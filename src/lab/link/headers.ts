/** Fields that mean one connection and not the exchange (RFC 9110, 7.6.1): each side of a link has its own. */
const ofOneConnection = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;

/**
 * The fields to pass on, in their order and spelling: `[name, value, name, value, …]` as Node.js gives and takes them. All others stay as they came,
 * the Host too: registries build absolute addresses of uploads from it.
 */
export function passedOn(rawHeaders: readonly string[]): string[] {
  const dropped = new Set<string>(ofOneConnection);
  const pairs = pairsOf(rawHeaders);
  for (const [name, value] of pairs) {
    if (name.toLowerCase() !== 'connection') continue;
    for (const named of value.split(',')) dropped.add(named.trim().toLowerCase());
  }
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}

function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs;
}
