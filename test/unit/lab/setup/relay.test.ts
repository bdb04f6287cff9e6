import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { relay } from '../../../../src/lab/setup/relay.ts';

test('items are handed on in order, one at a time, while the next ones are made', async () => {
  const told: string[] = [];
  await relay(
    ['a', 'b', 'c'],
    async (item) => {
      told.push(`make ${item}`);
    },
    async (item) => {
      told.push(`hand ${item}`);
      await sleep(20);
      told.push(`handed ${item}`);
    },
  );
  expect(told.filter((line) => line.startsWith('hand'))).toEqual([
    'hand a',
    'handed a',
    'hand b',
    'handed b',
    'hand c',
    'handed c',
  ]);
  expect(told.indexOf('make c')).toBeLessThan(told.indexOf('handed a'));
});

test('an item is handed on only after it was made', async () => {
  let made = false;
  await relay(
    ['a'],
    async () => {
      await sleep(10);
      made = true;
    },
    async () => expect(made).toBe(true),
  );
});

test('a failed handing-on is thrown, and nothing more is made after it', async () => {
  const made: number[] = [];
  const relayed = relay(
    [1, 2, 3, 4],
    async (item) => {
      made.push(item);
      await sleep(20);
    },
    async () => {
      throw new Error('the mirror is gone');
    },
  );
  await expect(relayed).rejects.toThrow('the mirror is gone');
  expect(made.length).toBeLessThan(4);
});

test('a failed making is thrown after what was being handed on has arrived', async () => {
  let arrived = false;
  const relayed = relay(
    ['good', 'bad'],
    async (item) => {
      if (item === 'bad') throw new Error('cannot be made');
    },
    async () => {
      await sleep(20);
      arrived = true;
    },
  );
  await expect(relayed).rejects.toThrow('cannot be made');
  expect(arrived).toBe(true);
});
