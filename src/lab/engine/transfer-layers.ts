import type { StreamMessage } from './stream-messages.ts';

/** What a transfer's own messages say of one layer. */
export interface ToldLayer {
  /**
   * Twelve hexadecimal digits: of the blob's digest, but of the DiffID in a push from a graphdriver store (moby
   * distribution/push_v2.go), which no registry knows.
   */
  readonly id: string;
  readonly how: 'moved' | 'already-there' | 'mounted';
}

/**
 * The layers of a push or pull that is over, as the engine's messages tell them: for registries whose traffic no link sees. Both stores'
 * spellings are read; a status that is in neither says nothing. A pull does not mention all that was already there: nothing of an image that
 * is whole, and a containerd store none of the layers that it has.
 */
export function layersInMessages(messages: readonly StreamMessage[]): ToldLayer[] {
  const told = new Map<string, ToldLayer['how']>();
  for (const { body } of messages) {
    const { id, status } = body;
    if (typeof id !== 'string' || typeof status !== 'string' || !/^[0-9a-f]{12}$/.test(id)) continue;
    const how = howOf(status);
    // A containerd store goes on to unpack what it did not fetch.
    if (how !== null && told.get(id) !== 'already-there') told.set(id, how);
  }
  return [...told].map(([id, how]) => ({ id, how }));
}

function howOf(status: string): ToldLayer['how'] | null {
  if (/^(Layer already|Already) exists$/.test(status)) return 'already-there';
  if (status.startsWith('Mounted from ')) return 'mounted';
  return /^(Pushed|Download complete|Pull complete)$/.test(status) ? 'moved' : null;
}
