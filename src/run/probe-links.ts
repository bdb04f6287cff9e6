import type { Clock } from '../clock.ts';
import type { Lab } from '../lab/lab.ts';
import type { LinkProbe } from '../lab/link/link-probe.ts';
import { probeLink } from '../lab/link/probe-link.ts';
import { requireLinkHolds } from '../lab/link/require-link-holds.ts';
import type { RunRecord } from '../results/run-record.ts';
import type { LinkProfile, Links } from '../scenario/scenario.ts';

/**
 * Measures what the links of a run really give, each profile once, and answers it for the record. Over an existing registry releases cross no
 * link, so only the mirror's is looked at.
 * @throws DeployclockError LINK_TOO_SLOW, naming the link and its measured rate, where one misses what its label says
 */
export async function probeLinks(
  lab: Lab,
  all: readonly Links[],
  releases: RunRecord['registry']['sort'],
  clock: Clock,
  signal: AbortSignal,
): Promise<RunRecord['linkProbes']> {
  const names = releases === 'lab' ? (['uplink', 'downlink', 'mirror'] as const) : (['mirror'] as const);
  const probed = new Map<string, LinkProbe | null>();
  for (const { name, profile } of all.flatMap((links) => names.map((each) => ({ name: each, profile: links[each] })))) {
    const key = keyOf(profile);
    const known = probed.get(key);
    const probe =
      known === undefined ? await probeLink(profile, lab.mirror, lab.network.gateway, clock, signal) : known;
    if (probe !== null) requireLinkHolds(name, profile, probe);
    probed.set(key, probe);
  }
  return [...probed].flatMap(([label, probe]) =>
    (probe?.rates ?? []).map(({ direction, wanted, measured }) => ({ label, direction, wanted, measured })),
  );
}

/** Two ways to write the same profile are one to measure. */
function keyOf({ label, rate, roundTrip }: LinkProfile): string {
  return rate === null && roundTrip === 0 ? 'unshaped' : label.toLowerCase();
}
