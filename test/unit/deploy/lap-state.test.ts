import { expect, test } from 'vitest';
import { emptyState, type Release, stateAfter } from '../../../src/deploy/lap-state.ts';

const app = { containerId: 'c', slot: 0, endpoint: null, exit: new Promise<number>(() => undefined) } as const;

function release(tag: string, digest: string, layers: readonly string[]): Release {
  return { tag, imageId: 'sha256:1', digest: `sha256:${digest}`, layers, app };
}

test('a release takes the place of the one before, which can be gone back to', () => {
  const first = stateAfter(emptyState, release('a', '1', ['x']));
  expect([first.current?.tag, first.previous]).toEqual(['a', null]);
  const edited = stateAfter(first, release('b', '2', ['x', 'y']));
  expect([edited.current?.tag, edited.previous?.tag]).toEqual(['b', 'a']);
  expect([...(edited.layers ?? [])]).toEqual(['x', 'y']);
});

test('the same image again is no other release to go back to', () => {
  const edited = stateAfter(stateAfter(emptyState, release('a', '1', [])), release('b', '2', []));
  const again = stateAfter(edited, release('c', '2', []));
  expect([again.current?.tag, again.previous?.tag]).toEqual(['c', 'a']);
});

test('going back and forth changes places', () => {
  const edited = stateAfter(stateAfter(emptyState, release('a', '1', [])), release('b', '2', []));
  const back = stateAfter(edited, release('a', '1', []));
  expect([back.current?.tag, back.previous?.tag]).toEqual(['a', 'b']);
});

test('layers that could not be read make all of them unknown', () => {
  const unknown = { ...release('a', '1', []), layers: null };
  expect(stateAfter(emptyState, unknown).layers).toBeNull();
  expect(stateAfter(stateAfter(emptyState, unknown), release('b', '2', ['x'])).layers).toBeNull();
});
