import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StreamMessage } from '../../../../src/lab/engine/stream-messages.ts';
import { layersInMessages, type ToldLayer } from '../../../../src/lab/engine/transfer-layers.ts';
import { milliseconds } from '../../../../src/units.ts';

/** Transfers of one image of three layers, of it after an edit of the last layer, and to another repository: Docker 26.1.5, both stores. */
function recorded(store: string, transfer: string): StreamMessage[] {
  const path = new URL(`../../../fixtures/transfers/${store}.json`, import.meta.url);
  const transfers = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>[]>;
  const messages = transfers[transfer];
  if (messages === undefined) throw new Error(`no ${transfer} was recorded`);
  return messages.map((body, index) => ({ at: milliseconds(index), body }));
}

const times = (count: number, how: ToldLayer['how']): ToldLayer['how'][] => Array<ToldLayer['how']>(count).fill(how);

test.each([
  ['graphdriver', 'first push', times(3, 'moved')],
  ['graphdriver', 'push after an edit', [...times(2, 'already-there'), 'moved']],
  ['graphdriver', 'push to another repository', times(3, 'mounted')],
  ['graphdriver', 'first pull', times(3, 'moved')],
  ['graphdriver', 'pull after an edit', [...times(2, 'already-there'), 'moved']],
  ['graphdriver', 'pull again', []],
  ['containerd', 'first push', times(3, 'moved')],
  ['containerd', 'push after an edit', [...times(2, 'already-there'), 'moved']],
  ['containerd', 'push to another repository', times(3, 'mounted')],
  ['containerd', 'first pull', times(3, 'moved')],
  // This store does not mention the layers that it has.
  ['containerd', 'pull after an edit', ['moved']],
  ['containerd', 'pull again', []],
])('%s store, %s', (store, transfer, expected) => {
  const layers = layersInMessages(recorded(store, transfer));
  expect(layers.map(({ how }) => how).toSorted()).toEqual(expected);
  for (const { id } of layers) expect(id).toMatch(/^[0-9a-f]{12}$/);
});

test('pulls and pushes name the same blobs on a containerd store, and never a tag', () => {
  const ids = (transfer: string): string[] => layersInMessages(recorded('containerd', transfer)).map(({ id }) => id);
  expect(ids('first pull').toSorted()).toEqual(ids('first push').toSorted());
  const tagged = [{ at: milliseconds(0), body: { id: 'latest', status: 'Pull complete' } }];
  expect(layersInMessages(tagged)).toEqual([]);
});

test('what was already there stays so when it is unpacked afterwards; a status that nobody knows says nothing', () => {
  const layer = (status: string, id = 'a'.repeat(12)): StreamMessage => ({ at: milliseconds(0), body: { id, status } });
  const messages = [layer('Pulling fs layer'), layer('Already exists'), layer('Extracting'), layer('Pull complete')];
  expect(layersInMessages(messages)).toEqual([{ id: 'a'.repeat(12), how: 'already-there' }]);
  expect(layersInMessages([layer('Fermenting', 'b'.repeat(12))])).toEqual([]);
});
