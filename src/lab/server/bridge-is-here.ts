import { createSocket } from 'node:dgram';
import { BlockList } from 'node:net';
import type { Engine } from '../engine/engine.ts';
import { engineError, statusCodeOf } from '../engine/engine-error.ts';

/**
 * Whether the engine's default bridge is a network of this machine, so that containers can be reached by their own addresses. A rootless
 * engine and one in a virtual machine have theirs elsewhere.
 */
export async function bridgeIsHere(engine: Engine): Promise<boolean> {
  const subnet = await subnetOfBridge(engine);
  const [network, bits] = subnet?.split('/') ?? [];
  if (network === undefined || bits === undefined) return false;
  const inside = new BlockList();
  inside.addSubnet(network, Number(bits), 'ipv4');
  // The first address after the network's own, used or not.
  const source = await sourceFor(network.replace(/\d+$/, (last) => String(Number(last) + 1)));
  return source !== null && inside.check(source, 'ipv4');
}

async function subnetOfBridge(engine: Engine): Promise<string | null> {
  try {
    const facts = (await engine.docker.getNetwork('bridge').inspect()) as { IPAM?: { Config?: { Subnet?: string }[] } };
    return facts.IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.'))?.Subnet ?? null;
  } catch (thrown) {
    if (statusCodeOf(thrown) === 404) return null;
    throw engineError('ENGINE_REQUEST_FAILED', "looking at the engine's bridge", thrown);
  }
}

/** The address that packets to `address` would leave this machine from. Connecting a datagram socket sends nothing. */
function sourceFor(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const give = (source: string | null): void => {
      socket.close();
      resolve(source);
    };
    socket.once('error', () => give(null));
    socket.connect(9, address, () => give(socket.address().address));
  });
}
