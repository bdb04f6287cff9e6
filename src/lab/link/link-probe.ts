import type { BitsPerSecond, Milliseconds } from '../../units.ts';

/** The rate that a shaped link really gave in one direction, from the first byte to the last. */
export interface RateProbe {
  readonly direction: 'from-registry' | 'to-registry';
  readonly wanted: BitsPerSecond;
  readonly measured: BitsPerSecond;
  /** `measured / wanted - 1`: -0.02 is two hundredths too slow. */
  readonly error: number;
}

/** What an exchange on an open connection took: the fastest and the middle one of several through the link, and the middle one beside it. */
export interface RoundTripProbe {
  readonly wanted: Milliseconds;
  readonly fastest: Milliseconds;
  readonly measured: Milliseconds;
  readonly direct: Milliseconds;
}

export interface LinkProbe {
  /** One a direction; none where the rate is not shaped. */
  readonly rates: readonly RateProbe[];
  /** Null where the link has none of its own. */
  readonly roundTrip: RoundTripProbe | null;
}

/** How far a rate may be off, and how much longer than wanted a round trip may be, as a share. */
const tolerance = 0.03;
/** What the turns of the processes on the way may add to a round trip. */
const turnsMs = 5;

export function holdsRate({ error }: RateProbe): boolean {
  return Math.abs(error) <= tolerance;
}

/** No exchange may be shorter than the round trip, and at least every second one must not be much longer. The registry's own time does not count. */
export function holdsRoundTrip({ wanted, fastest, measured, direct }: RoundTripProbe): boolean {
  return fastest >= wanted && measured - direct <= wanted * (1 + tolerance) + turnsMs;
}
