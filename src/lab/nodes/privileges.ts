import { readFileSync } from 'node:fs';
import type { HostConfig } from 'dockerode';
import { createContainer, removeContainer, startContainer } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import type { Labels } from '../labels.ts';

/** How a node gets the rights that an engine in a container needs. */
export type Privileges = 'privileged' | 'capabilities';

/**
 * Privileged is tried first. It fails as a whole where the machine itself lacks one capability (`unable to apply caps`); on that
 * error alone the rights are listed one by one.
 */
export async function findPrivileges(
  host: Engine,
  image: string,
  labels: Labels,
  signal: AbortSignal,
): Promise<Privileges> {
  const id = await createContainer(
    host,
    {
      Image: image,
      Entrypoint: ['/bin/true'],
      Cmd: [],
      Labels: { ...labels },
      HostConfig: { Privileged: true, NetworkMode: 'none' },
    },
    'NODE_NOT_STARTED',
  );
  try {
    await startContainer(host, id, 'NODE_NOT_STARTED', signal);
    return 'privileged';
  } catch (thrown) {
    if (thrown instanceof Error && /unable to apply caps/.test(thrown.message)) return 'capabilities';
    throw thrown;
  } finally {
    await removeContainer(host, id);
  }
}

/** The part of a container's settings that gives it these rights. */
export function hostConfigFor(privileges: Privileges): HostConfig & { CgroupnsMode?: 'host' } {
  if (privileges === 'privileged') return { Privileged: true };
  return {
    CapAdd: ['ALL'],
    CapDrop: missingCapabilities(readFileSync('/proc/self/status', 'utf8')),
    SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    // What the command line spells `systempaths=unconfined`.
    MaskedPaths: [],
    ReadonlyPaths: [],
    CgroupnsMode: 'host',
    DeviceCgroupRules: ['a *:* rwm'],
    Binds: ['/sys/fs/cgroup:/sys/fs/cgroup:rw'],
  };
}

/** Capabilities by number, as linux/capability.h counts them. */
const capabilityNames = (
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST ' +
  'NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE ' +
  'SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM ' +
  'BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
).split(' ');

/** Names of the capabilities that the bounding set in a /proc/<pid>/status text lacks. */
export function missingCapabilities(status: string): string[] {
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  if (bounding === undefined) return [];
  const set = BigInt(`0x${bounding}`);
  return capabilityNames.filter((_, index) => ((set >> BigInt(index)) & 1n) === 0n);
}
