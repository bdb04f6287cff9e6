import Docker from 'dockerode';
import { DeployclockError } from '../../errors.ts';
import type { EngineAddress } from '../endpoint/address.ts';
import { engineError } from './engine-error.ts';

/** Newest API version that this code was written against; older engines are spoken to in theirs. */
const newestApiVersion = '1.45';
/** Engine 20.10: the oldest whose BuildKit answers over the API as the build phase expects. */
const oldestApiVersion = '1.41';

/** A connection to one Docker engine. Only files under `lab/` look inside. */
export interface Engine {
  readonly docker: Docker;
  readonly address: EngineAddress;
  readonly apiVersion: string;
}

export interface EngineFacts {
  readonly version: string;
  readonly apiVersion: string;
  readonly operatingSystem: string;
  readonly kernel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly storageDriver: string;
  readonly imageStore: 'graphdriver' | 'containerd';
  readonly cgroupVersion: string;
}

/**
 * Connects to the engine at `address` and settles on an API version: the older of the engine's and ours, because an
 * unversioned URL makes answers change shape with the engine.
 * @throws DeployclockError ENGINE_UNREACHABLE, ENGINE_UNSUITABLE
 */
export async function connectEngine(address: EngineAddress): Promise<Engine> {
  const apiVersion = await pingEngine(address);
  if (compareVersions(apiVersion, oldestApiVersion) < 0) {
    throw new DeployclockError(
      'ENGINE_UNSUITABLE',
      `The engine speaks API ${apiVersion}; deployclock needs ${oldestApiVersion} (Docker 20.10) or newer.`,
      { hint: 'Upgrade the Docker engine.' },
    );
  }
  const version = compareVersions(apiVersion, newestApiVersion) < 0 ? apiVersion : newestApiVersion;
  return { docker: client(address, { version: `v${version}` }), address, apiVersion: version };
}

/** Asks the engine at `address` for its API version, in at most two seconds. */
export async function pingEngine(address: EngineAddress): Promise<string> {
  try {
    const answer: unknown = await client(address, { timeout: 2000 }).version();
    const apiVersion = (answer as { ApiVersion?: unknown }).ApiVersion;
    if (typeof apiVersion === 'string') return apiVersion;
  } catch (thrown) {
    throw engineError('ENGINE_UNREACHABLE', `No Docker engine answers at ${describeAddress(address)}`, thrown);
  }
  throw new DeployclockError('ENGINE_UNREACHABLE', `What answers at ${describeAddress(address)} is no Docker engine.`);
}

export async function readEngineFacts(engine: Engine): Promise<EngineFacts> {
  const info: Record<string, unknown> = await engine.docker.info();
  const status = Array.isArray(info.DriverStatus) ? (info.DriverStatus as unknown[]) : [];
  const containerd = status.some((row) => Array.isArray(row) && row[1] === 'io.containerd.snapshotter.v1');
  return {
    version: text(info.ServerVersion),
    apiVersion: engine.apiVersion,
    operatingSystem: text(info.OperatingSystem),
    kernel: text(info.KernelVersion),
    cpus: Number(info.NCPU),
    memoryBytes: Number(info.MemTotal),
    storageDriver: text(info.Driver),
    imageStore: containerd ? 'containerd' : 'graphdriver',
    cgroupVersion: text(info.CgroupVersion ?? '1'),
  };
}

function describeAddress(address: EngineAddress): string {
  switch (address.sort) {
    case 'unix':
      return `unix://${address.path}`;
    case 'tcp':
      return `tcp://${address.host}:${address.port}`;
    case 'ssh':
      return `ssh://${address.user === null ? '' : `${address.user}@`}${address.host}:${address.port}`;
  }
}

function client(address: EngineAddress, settings: { version?: string; timeout?: number }): Docker {
  switch (address.sort) {
    case 'unix':
      // An empty host keeps docker-modem from taking DOCKER_HOST instead, which would be another engine.
      return new Docker({ host: '', protocol: 'http', socketPath: address.path, ...settings });
    case 'tcp':
      return address.tls === null
        ? new Docker({ protocol: 'http', host: address.host, port: address.port, ...settings })
        : new Docker({ protocol: 'https', host: address.host, port: address.port, ...address.tls, ...settings });
    case 'ssh':
      return new Docker({
        protocol: 'ssh',
        host: address.host,
        port: address.port,
        ...(address.user === null ? {} : { username: address.user }),
        ...(process.env.SSH_AUTH_SOCK === undefined ? {} : { sshOptions: { agent: process.env.SSH_AUTH_SOCK } }),
        ...settings,
      });
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}
