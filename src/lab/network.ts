import type { Engine } from './engine/engine.ts';
import { engineError } from './engine/engine-error.ts';
import type { Labels } from './labels.ts';

export interface LabNetwork {
  readonly name: string;
  /** The bridge's own address: nodes reach this process there, and nobody beyond the bridge does. */
  readonly gateway: string;
}

export async function createNetwork(host: Engine, name: string, labels: Labels): Promise<LabNetwork> {
  try {
    const network = await host.docker.createNetwork({ Name: name, Driver: 'bridge', Labels: { ...labels } });
    const facts = (await network.inspect()) as { IPAM?: { Config?: { Gateway?: string; Subnet?: string }[] } };
    const gateway = facts.IPAM?.Config?.find((config) => config.Gateway?.includes('.'))?.Gateway;
    if (gateway === undefined) throw new Error('the engine gave the network no gateway');
    // Some engines write the gateway with its prefix length.
    return { name, gateway: gateway.split('/')[0] ?? gateway };
  } catch (thrown) {
    throw engineError('LAB_FAILED', "creating the lab's network", thrown);
  }
}
