import { readFile } from 'node:fs/promises';

/**
 * The machine's name servers that a container can reach. A node sits on a network whose resolver is a loopback address, which BuildKit
 * would silently replace by public servers: so nodes are told.
 */
export async function findNameServers(): Promise<string[]> {
  // The second file is where systemd-resolved keeps the real ones when the first names only its stub.
  for (const path of ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf']) {
    const servers = reachableNameServers(await readFile(path, 'utf8').catch(() => ''));
    if (servers.length > 0) return servers;
  }
  return [];
}

/** IPv4 name servers in the text of a resolv.conf that are not loopback addresses. */
export function reachableNameServers(resolvConf: string): string[] {
  return [...resolvConf.matchAll(/^nameserver\s+(\d+\.\d+\.\d+\.\d+)\s*$/gm)]
    .map((match) => match[1] ?? '')
    .filter((address) => !address.startsWith('127.'));
}
