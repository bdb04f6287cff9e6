import { processId } from '../lab/engine/container.ts';
import type { Node } from '../lab/nodes/node.ts';

/** TCP ports on which a container's processes listen, as the kernel's own table of its network namespace says. */
export async function listeningPorts(server: Node, containerId: string): Promise<string[]> {
  const pid = await processId(server.engine, containerId);
  return parseListening(await server.inspect(['cat', `/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`]));
}

/** `address:port` for every row in state 0A (LISTEN) of /proc/net/tcp and tcp6; loopback is named, since nothing outside reaches it. */
export function parseListening(table: string): string[] {
  const rows = table.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm);
  const ports = [...rows].map(([, address = '', port = '']) => {
    const number = Number.parseInt(port, 16);
    // IPv4 addresses stand in host byte order: 127.0.0.1 is 0100007F.
    const loopback = address.endsWith('7F') || address === '00000000000000000000000001000000';
    return loopback ? `${number} (loopback only)` : String(number);
  });
  return [...new Set(ports)];
}
