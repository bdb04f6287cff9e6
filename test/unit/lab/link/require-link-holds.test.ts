import { expect, test } from 'vitest';
import { DeployclockError } from '../../../../src/errors.ts';
import type { LinkProbe } from '../../../../src/lab/link/link-probe.ts';
import { requireLinkHolds } from '../../../../src/lab/link/require-link-holds.ts';
import type { LinkProfile } from '../../../../src/scenario/scenario.ts';
import { bitsPerSecond, milliseconds } from '../../../../src/units.ts';

const profile: LinkProfile = { label: '100mbps/30ms', rate: bitsPerSecond(100e6), roundTrip: milliseconds(30) };

function probed(down: number, up: number, fastest = 30.2, measured = 31): LinkProbe {
  const rate = (direction: 'from-registry' | 'to-registry', mbps: number) => ({
    ...{ direction, wanted: bitsPerSecond(100e6), measured: bitsPerSecond(mbps * 1e6) },
    error: mbps / 100 - 1,
  });
  return {
    rates: [rate('from-registry', down), rate('to-registry', up)],
    roundTrip: {
      ...{ wanted: milliseconds(30), direct: milliseconds(2) },
      ...{ fastest: milliseconds(fastest), measured: milliseconds(measured) },
    },
  };
}

function failure(probe: LinkProbe, over: Partial<LinkProfile> = {}): DeployclockError | null {
  try {
    requireLinkHolds('downlink', { ...profile, ...over }, probe);
    return null;
  } catch (thrown) {
    if (thrown instanceof DeployclockError) return thrown;
    throw thrown;
  }
}

test.each([
  [97.1, 100, 30, 30],
  [100, 102.9, 30, 37.8],
])('holds: %d and %d Mbit/s, %d to %d ms', (down, up, fastest, measured) => {
  expect(failure(probed(down, up, fastest, measured))).toBeNull();
});

test('a missed rate names the link, both rates, the way, and a profile that would hold', () => {
  const error = failure(probed(100, 74.23));
  expect(error).toMatchObject({ code: 'LINK_TOO_SLOW', exitCode: 3 });
  expect(error?.message).toBe(
    'The downlink (100mbps/30ms) does not keep its rate on this machine: 74.2 Mbit/s to the registry instead of 100 Mbit/s.',
  );
  expect(error?.hint).toContain('--link downlink=50mbps/30ms');
});

test('the worse direction is told', () => {
  expect(failure(probed(60, 90))?.message).toContain('60 Mbit/s from the registry');
  expect(failure(probed(103.1, 100))?.message).toContain('103 Mbit/s from the registry');
});

test.each([
  [80, '60mbps'],
  [0.9, '700kbps'],
  [0, '1kbps'],
])('where %d Mbit/s got through, the hint is %s', (mbps, expected) => {
  const { rates } = probed(mbps, 100);
  const error = failure({ rates, roundTrip: null }, { roundTrip: milliseconds(0) });
  expect(error?.hint).toContain(`--link downlink=${expected},`);
});

test.each([
  [29.9, 31, '29.9 ms on it instead of 30 ms'],
  [30.1, 38, '36.0 ms on it instead of 30 ms'],
])('a round trip of %d to %d ms is a miss', (fastest, measured, expected) => {
  const error = failure(probed(100, 100, fastest, measured));
  expect(error).toMatchObject({ code: 'LINK_TOO_SLOW' });
  expect(error?.message).toContain(expected);
});
