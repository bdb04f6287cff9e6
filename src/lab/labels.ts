import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Everything that deployclock makes in the user's engine bears these; nothing without them is ever removed. */
export const runLabel = 'deployclock.run';
const roleLabel = 'deployclock.role';
/** Process that made the object: what a dead process left behind can be told from what a living one uses. */
export const pidLabel = 'deployclock.pid';
/** Where that process id means something: a machine and a process namespace. */
export const hostLabel = 'deployclock.host';
/** On the lab's own images: hash of the recipe that made them. */
export const recipeLabel = 'deployclock.recipe';
/** On the lab's own images: `yes` where they were made here for want of the public ones. */
export const standInLabel = 'deployclock.stand-in';

export type Labels = Readonly<Record<string, string>>;

export function labelsFor(runId: string, role: string): Labels {
  return { [runLabel]: runId, [roleLabel]: role, [pidLabel]: String(process.pid), [hostLabel]: thisHost() };
}

/** A container has process ids of its own, whatever engine it talks to. */
export function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
