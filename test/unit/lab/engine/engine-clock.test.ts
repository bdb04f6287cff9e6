import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { monotonicClock as clock } from '../../../../src/clock.ts';
import type { Engine } from '../../../../src/lab/engine/engine.ts';
import { type EngineInstant, followEngineClock, parseEngineInstant } from '../../../../src/lab/engine/engine-clock.ts';
import { withEngine } from './engine-behind-a-socket.ts';

test.each([
  ['2026-01-02T03:04:05Z', 1_767_323_045_000],
  ['2026-01-02T03:04:05.5Z', 1_767_323_045_500],
  ['2026-01-02T03:04:05.123456789Z', 1_767_323_045_123.457],
  ['2026-01-02T04:04:05.25+01:00', 1_767_323_045_250],
])('reads %s', (text, instant) => {
  expect(parseEngineInstant(text)).toBeCloseTo(instant, 2);
});

test.each(['0001-01-01T00:00:00Z', '', 'yesterday', '2026-01-02 03:04:05'])('"%s" is no instant', (text) => {
  expect(parseEngineInstant(text)).toBeNull();
});

/** The engine's clock, a day ahead of this process's. */
const engineTime = (): number => Date.now() + 86_400_000;

async function withEngineClock(
  apiVersion: string,
  answer: () => unknown,
  use: (engine: Engine) => Promise<void>,
): Promise<string[]> {
  const asked: string[] = [];
  await withEngine(
    (incoming, outgoing) => {
      asked.push(incoming.url ?? '');
      outgoing.end(JSON.stringify(answer()));
    },
    (engine) => use({ ...engine, apiVersion }),
  );
  return asked;
}

test.each([
  ['1.43', () => ({ read: new Date(engineTime()).toISOString() }), /\/containers\/app\/stats\?.*one-shot=true/],
  ['1.41', () => ({ SystemTime: new Date(engineTime()).toISOString() }), /\/info$/],
])('API %s: an instant of the engine is never placed later than it was', async (apiVersion, answer, path) => {
  const asked = await withEngineClock(apiVersion, answer, async (engine) => {
    const over = new AbortController();
    const engineClock = followEngineClock(engine, 'app', clock, over.signal);
    expect(engineClock.earliest(engineTime() as EngineInstant)).toBeNull();
    const began = clock.now();
    while (engineClock.earliest(0 as EngineInstant) === null) await sleep(5);
    const truth = clock.now();
    const earliest = engineClock.earliest(engineTime() as EngineInstant) ?? 0;
    over.abort();
    // The wall clock counts whole milliseconds here.
    expect(earliest).toBeLessThanOrEqual(truth + 1);
    expect(earliest).toBeGreaterThanOrEqual(began - (truth - began) - 5);
  });
  expect(asked).toEqual([expect.stringMatching(path)]);
});

test('an engine that does not tell its time leaves it unknown', async () => {
  await withEngineClock(
    '1.45',
    () => ({ read: '0001-01-01T00:00:00Z' }),
    async (engine) => {
      const over = new AbortController();
      const engineClock = followEngineClock(engine, 'app', clock, over.signal);
      await sleep(50);
      over.abort();
      expect(engineClock.earliest(engineTime() as EngineInstant)).toBeNull();
    },
  );
});
