import { expect, test } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { DeployclockError } from '../../../../src/errors.ts';
import type { LinkProbe } from '../../../../src/lab/link/link-probe.ts';
import { probeLink } from '../../../../src/lab/link/probe-link.ts';
import { requireLinkHolds } from '../../../../src/lab/link/require-link-holds.ts';
import type { Registry } from '../../../../src/lab/registry/registry.ts';
import type { LinkProfile } from '../../../../src/scenario/scenario.ts';
import { bitsPerSecond, milliseconds } from '../../../../src/units.ts';
import { type RegistryTarget, startRegistryTarget } from './registry-target.ts';

const layer = Buffer.alloc(20_000_000, 'x');
const never = new AbortController().signal;

function profile(mbps: number | null, roundTrip = 0): LinkProfile {
  const rate = mbps === null ? null : bitsPerSecond(mbps * 1e6);
  return { label: `${mbps ?? 'unshaped'}`, rate, roundTrip: milliseconds(roundTrip) };
}

async function probe(registry: Registry, wanted: LinkProfile): Promise<LinkProbe> {
  const probed = await probeLink(wanted, registry, '127.0.0.1', monotonicClock, never);
  if (probed === null) throw new Error('nothing was probed');
  return probed;
}

function arrived({ uploads }: RegistryTarget): number {
  const upload = uploads.at(-1);
  return upload === undefined ? Number.NaN : (upload.bytes * 8) / (upload.lastAt - upload.fromAt) / 1000;
}

test('a rate and a round trip that the machine can hold are measured, each without the other, and hold', {
  timeout: 60_000,
}, async () => {
  const target = await startRegistryTarget(layer);
  const wanted = profile(100, 40);
  const probed = await probe(target.registry, wanted);
  expect(probed.roundTrip?.fastest).toBeGreaterThanOrEqual(40);
  expect(probed.rates.map(({ direction }) => direction)).toEqual(['from-registry', 'to-registry']);
  for (const rate of probed.rates) {
    expect(rate.wanted).toBe(100e6);
    expect(rate.measured / 100e6 - 1).toBeCloseTo(rate.error, 12);
  }
  requireLinkHolds('downlink', wanted, probed);
  // The registry's own clock saw much the same.
  expect(arrived(target)).toBeGreaterThan(80);
  expect(arrived(target)).toBeLessThan(120);
  expect(target.uploads.every(({ ended }) => ended === 'cancelled')).toBe(true);
});

test('a rate that no machine can hold is too slow', { timeout: 60_000 }, async () => {
  const target = await startRegistryTarget(layer);
  const wanted = profile(100_000);
  const probed = await probe(target.registry, wanted);
  for (const { measured, error } of probed.rates) {
    expect(measured).toBeGreaterThan(10e6);
    expect(error).toBeLessThan(-0.5);
  }
  expect(() => requireLinkHolds('uplink', wanted, probed)).toThrow(DeployclockError);
  expect(target.uploads.every(({ ended }) => ended === 'cancelled')).toBe(true);
});

test('a link with a round trip alone is asked for that alone, and an unshaped one for nothing', async () => {
  const { registry, uploads } = await startRegistryTarget(null);
  const probed = await probe(registry, profile(null, 10));
  expect(probed.rates).toEqual([]);
  expect(probed.roundTrip?.fastest).toBeGreaterThanOrEqual(10);
  expect(await probeLink(profile(null), registry, '127.0.0.1', monotonicClock, never)).toBeNull();
  expect(uploads).toEqual([]);
});

test('without a layer there is nothing to probe with', async () => {
  const { registry } = await startRegistryTarget(null);
  await expect(probe(registry, profile(100))).rejects.toMatchObject({ code: 'LAB_FAILED' });
});

test('a registry that takes no upload is told', { timeout: 60_000 }, async () => {
  const { registry } = await startRegistryTarget(layer);
  const closed: Registry = { ...registry, port: 1 };
  await expect(probe(closed, profile(null, 10))).rejects.toMatchObject({ code: 'LAB_FAILED' });
});

test('an interrupted probe ends at once', async () => {
  const { registry } = await startRegistryTarget(layer);
  const controller = new AbortController();
  const probing = probeLink(profile(1), registry, '127.0.0.1', monotonicClock, controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 300);
  const began = performance.now();
  await expect(probing).rejects.toThrow('enough');
  expect(performance.now() - began).toBeLessThan(1400);
});
