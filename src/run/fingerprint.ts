import { cpus, release, totalmem, type } from 'node:os';
import { type Engine, readEngineFacts } from '../lab/engine/engine.ts';
import type { Fingerprint } from '../results/run-record.ts';

/** What the machine and its engines are: times are only comparable between runs in which this is the same. */
export async function takeFingerprint(host: Engine, builder: Engine, server: Engine): Promise<Fingerprint> {
  const [hostFacts, nodeFacts, serverFacts] = await Promise.all([
    readEngineFacts(host),
    readEngineFacts(builder),
    readEngineFacts(server),
  ]);
  const processors = cpus();
  return {
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cpus: processors.length,
    memoryBytes: totalmem(),
    kernel: release(),
    platform: `${type()} ${process.arch}`,
    nodeJs: process.version,
    hostEngine: {
      version: hostFacts.version,
      storageDriver: hostFacts.storageDriver,
      cgroupVersion: hostFacts.cgroupVersion,
    },
    nodeEngine: {
      version: nodeFacts.version,
      apiVersion: nodeFacts.apiVersion,
      storageDriver: nodeFacts.storageDriver,
      imageStore: nodeFacts.imageStore,
      // Nodes are started without the option, so this is the engine's default: moby daemon/config/config.go.
      maxConcurrentDownloads: 3,
    },
    serverEngine: {
      version: serverFacts.version,
      storageDriver: serverFacts.storageDriver,
      imageStore: serverFacts.imageStore,
      cpus: serverFacts.cpus,
      memoryBytes: serverFacts.memoryBytes,
    },
  };
}
