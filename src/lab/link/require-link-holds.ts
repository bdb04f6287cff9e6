import { DeployclockError } from '../../errors.ts';
import type { LinkProfile, Links } from '../../scenario/scenario.ts';
import type { BitsPerSecond } from '../../units.ts';
import { holdsRate, holdsRoundTrip, type LinkProbe, type RateProbe, type RoundTripProbe } from './link-probe.ts';

/**
 * Makes sure that a link does what its profile says, before anything is measured over it.
 * @throws DeployclockError LINK_TOO_SLOW naming the link, what was wanted and what was measured
 */
export function requireLinkHolds(name: keyof Links, profile: LinkProfile, probe: LinkProbe): void {
  const [missed] = probe.rates
    .filter((rate) => !holdsRate(rate))
    .toSorted((left, right) => left.measured - right.measured);
  if (missed !== undefined) throw missedRate(name, profile, missed);
  if (probe.roundTrip !== null && !holdsRoundTrip(probe.roundTrip)) {
    throw missedRoundTrip(name, profile, probe.roundTrip);
  }
}

function missedRate(name: keyof Links, profile: LinkProfile, rate: RateProbe): DeployclockError {
  const way = rate.direction === 'from-registry' ? 'from the registry' : 'to the registry';
  return new DeployclockError(
    'LINK_TOO_SLOW',
    `The ${name} (${profile.label}) does not keep its rate on this machine: ${rateText(rate.measured)} ${way} instead of ${rateText(rate.wanted)}.`,
    {
      hint: `A slower profile, as --link ${name}=${slower(profile, rate.measured)}, or less other work on this machine.`,
    },
  );
}

function missedRoundTrip(name: keyof Links, profile: LinkProfile, roundTrip: RoundTripProbe): DeployclockError {
  const { wanted, fastest, measured, direct } = roundTrip;
  const took = fastest < wanted ? fastest : measured - direct;
  return new DeployclockError(
    'LINK_TOO_SLOW',
    `The ${name} (${profile.label}) does not keep its round trip on this machine: a request takes ${took.toFixed(1)} ms on it instead of ${wanted} ms.`,
    { hint: 'The same command again, with less other work on this machine.' },
  );
}

function rateText(rate: number): string {
  const [value, unit] = rate >= 1e9 ? [rate / 1e9, 'Gbit/s'] : [rate / 1e6, 'Mbit/s'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** Four fifths of what got through, in round numbers, with the round trip that was asked for. */
function slower({ roundTrip }: LinkProfile, measured: BitsPerSecond): string {
  const kilobits = Math.max(1, (measured * 0.8) / 1000);
  const step = 10 ** Math.floor(Math.log10(kilobits));
  const round = Math.floor(kilobits / step) * step;
  const rate = round >= 1000 ? `${round / 1000}mbps` : `${round}kbps`;
  return roundTrip > 0 ? `${rate}/${roundTrip}ms` : rate;
}
