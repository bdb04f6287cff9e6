import { expect, test } from 'vitest';
import { probeLink } from '../../src/lab/link/probe-link.ts';
import { requireLinkHolds } from '../../src/lab/link/require-link-holds.ts';
import { listRepositories } from '../../src/lab/registry/manifest.ts';
import { clock, never, openTestLab, rated } from './bed.ts';

test('a link is measured against a real registry, which is left as it was', async () => {
  const lab = await openTestLab('probe');
  try {
    const repositories = await listRepositories(lab.mirror);
    const wanted = rated(100);
    const held = await probeLink(wanted, lab.mirror, lab.network.gateway, clock, never);
    expect(held?.rates.map(({ direction }) => direction)).toEqual(['from-registry', 'to-registry']);
    for (const { error } of held?.rates ?? []) expect(Math.abs(error)).toBeLessThan(0.03);
    expect(held === null ? null : requireLinkHolds('downlink', wanted, held)).toBeUndefined();

    const absurd = rated(100_000);
    const missed = await probeLink(absurd, lab.mirror, lab.network.gateway, clock, never);
    if (missed === null) throw new Error('nothing was probed');
    for (const { measured } of missed.rates) expect(measured).toBeGreaterThan(100e6);
    expect(() => requireLinkHolds('uplink', absurd, missed)).toThrow(/uplink \(100000mbps\).*instead of 100 Gbit\/s/);

    expect(await listRepositories(lab.mirror)).toEqual(repositories);
  } finally {
    await lab.close();
  }
});
