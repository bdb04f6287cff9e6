import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test, vi } from 'vitest';
import { machineOf, type NoiseModel, sharedNoise } from './noise-models.ts';
import { type IntervalMethod, intervalMethods } from './other-tests.ts';
import { holds } from './simulated-changes.ts';
import { anyRegressed, judgeAllOnce } from './simulated-gates.ts';
import {
  type DeployPair,
  measureInBlocks,
  measureInTurns,
  newSeed,
  pairsIn,
  plannedOrders,
  repeat,
  shareOf,
} from './simulated-pairs.ts';

vi.setConfig({ testTimeout: 60_000 });

interface BothWays {
  readonly turns: readonly DeployPair[];
  readonly blocks: readonly DeployPair[];
}

/** What the same machine, in the same hour, shows of two variants that do not differ: deployed in turns, and one after the other. */
function bothWays(model: NoiseModel, scale: number, runs: number): BothWays[] {
  const random = xoroshiro128plus(3);
  return repeat(runs, () => {
    const [orders = []] = plannedOrders(1, 10, newSeed(random));
    const again = random.clone();
    return {
      blocks: measureInBlocks(machineOf(model, scale, again), 10, 0),
      turns: measureInTurns(machineOf(model, scale, random), orders, 0),
    };
  });
}

test.each(sharedNoise)('under the noise $name, no test can make up for deploys that were not in turns', (model) => {
  const measured = bothWays(model, 1, 1000);
  const falseClaims = (way: keyof BothWays, { of }: IntervalMethod): number =>
    shareOf(measured, (both) => !holds(of(pairsIn(both[way], 'build')), 0));
  for (const method of intervalMethods) {
    expect([method.name, falseClaims('blocks', method) > 0.15]).toEqual([method.name, true]);
    expect([method.name, falseClaims('turns', method) < 0.07]).toEqual([method.name, true]);
  }
});

test('and no margin: where noise is three times as large, gates fail what did not change', () => {
  for (const model of sharedNoise) {
    const measured = bothWays(model, 3, 1000);
    expect(anyRegressed(measured.map(({ blocks }) => judgeAllOnce(blocks)))).toBeGreaterThan(0.1);
    expect(anyRegressed(measured.map(({ turns }) => judgeAllOnce(turns)))).toBeLessThan(0.05);
  }
});
