import { processId } from '../lab/engine/container.ts';
import type { Server } from '../lab/server/server.ts';

/** A TCP port on which something listens. */
export interface ListeningPort {
  readonly port: number;
  /** Only on the loopback interface of its own network namespace, where nothing outside reaches it. */
  readonly loopbackOnly: boolean;
}

/**
 * TCP ports on which a container's processes listen, as the kernel's own table of its network namespace says. Null where that cannot be
 * looked at.
 */
export async function listeningPorts(server: Server, containerId: string): Promise<ListeningPort[] | null> {
  if (server.inspect === null) return null;
  try {
    const pid = await processId(server.engine, containerId);
    return parseListening(await server.inspect(['cat', `/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`]));
  } catch {
    return null;
  }
}

/** Docker's own name server in containers of networks that a person made: no port of the app's. */
const dockerNameServer = '0B00007F';

/** Every row in state 0A (LISTEN) of /proc/net/tcp and tcp6, each port once. */
export function parseListening(table: string): ListeningPort[] {
  const rows = table.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm);
  const ports = new Map<number, boolean>();
  for (const [, address = '', hex = ''] of rows) {
    if (address === dockerNameServer) continue;
    const port = Number.parseInt(hex, 16);
    ports.set(port, (ports.get(port) ?? true) && isLoopback(address));
  }
  return [...ports].map(([port, loopbackOnly]) => ({ port, loopbackOnly }));
}

/** Addresses stand in host byte order, four bytes at a time: 127.0.0.1 is 0100007F. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === '00000000000000000000000001000000' || /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);
}
