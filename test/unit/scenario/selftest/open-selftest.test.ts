import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { OpenScenario } from '../../../../src/scenario/from-dockerfiles.ts';
import { isFolder } from '../../../../src/scenario/on-disk.ts';
import type { LinkProfile } from '../../../../src/scenario/scenario.ts';
import { ballast } from '../../../../src/scenario/selftest/files.ts';
import {
  layerBytes,
  openSelftest,
  type RatedLinks,
  ratedLinks,
} from '../../../../src/scenario/selftest/open-selftest.ts';
import { plantNames } from '../../../../src/scenario/selftest/plants.ts';
import { parseLinkProfile } from '../../../../src/scenario/units-text.ts';

function profile(text: string): LinkProfile {
  const parsed = parseLinkProfile(text);
  return parsed.ok ? parsed.value : expect.fail(parsed.message);
}

function links(uplink: string, downlink: string): RatedLinks {
  const rated = ratedLinks({ uplink: profile(uplink), downlink: profile(downlink), mirror: profile('unshaped') });
  return rated ?? expect.fail('no rate');
}

let open: OpenScenario | null = null;
afterEach(async () => {
  await open?.close();
});

test('each variant differs from the control in its plant and in nothing else', async () => {
  open = await openSelftest(plantNames, links('10mbps', '10mbps/5ms'), 1);
  const { variants, folder } = open.scenario;
  const [control, identical, slowLink, heavyLayer, delayedStart] = variants;
  expect(variants.map(({ name }) => name)).toEqual(['control', 'identical', ...plantNames]);
  expect(identical).toEqual({ ...control, name: 'identical' });
  expect(slowLink).toEqual({
    ...control,
    name: 'slow-link',
    links: { ...open.scenario.links, downlink: { label: '8.475mbps', rate: 8_475_000, roundTrip: 5 } },
  });
  expect(heavyLayer).toEqual({ ...control, name: 'heavy-layer', context: join(folder, 'heavy-app') });
  expect(delayedStart).toEqual({ ...control, name: 'delayed-start', buildArgs: { DELAY: '4.4' } });
  expect(control.buildArgs).toEqual({ DELAY: '4' });
  const [light, heavy] = [control, heavyLayer].map((variant) => statSync(join(variant?.context ?? '', 'ballast')).size);
  expect([light, heavy]).toEqual([4_000_000, 4_720_000]);
  expect(readFileSync(join(control.context, 'app.sh'), 'utf8')).toContain('release initial');
});

test('only the plants that are wanted get a variant, and closing removes all files', async () => {
  open = await openSelftest(['delayed-start'], links('1mbps', '1mbps'), 1);
  const { variants, folder } = open.scenario;
  expect(variants.map(({ name }) => name)).toEqual(['control', 'identical', 'delayed-start']);
  expect(isFolder(folder)).toBe(true);
  // Nothing of a transfer is asked, so none has to take long.
  expect(statSync(join(folder, 'app/ballast')).size).toBe(1_000_000);
  await open.close();
  expect(isFolder(folder)).toBe(false);
});

test('the layer takes the faster link 3.2 seconds', () => {
  expect(layerBytes(links('100mbps', '20mbps'))).toBe(40_000_000);
  expect(layerBytes(links('20mbps', '20mbps'))).toBe(8_000_000);
});

test('without a rate both ways there is no time to know', () => {
  const [rated, unshaped] = [profile('100mbps'), profile('unshaped')];
  expect(ratedLinks({ uplink: rated, downlink: unshaped, mirror: unshaped })).toBeNull();
  expect(ratedLinks({ uplink: unshaped, downlink: rated, mirror: unshaped })).toBeNull();
});

test('ballast is the same for the same seed, and nothing makes it smaller', () => {
  const bytes = ballast(100_000, 1);
  expect(bytes).toHaveLength(100_000);
  expect(ballast(100_000, 1).equals(bytes)).toBe(true);
  expect(ballast(100_000, 2).equals(bytes)).toBe(false);
  expect(gzipSync(bytes).length).toBeGreaterThanOrEqual(100_000);
});
