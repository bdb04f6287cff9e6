import { type Bytes, bitsPerSecond, bytes, type Milliseconds, milliseconds } from '../units.ts';
import type { LinkProfile } from './scenario.ts';

/** A value read from text, or a message that says what to write instead. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const durationUnits = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;
const rateUnits = { kbps: 1e3, mbps: 1e6, gbps: 1e9 } as const;

const sizeUnits = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 } as const;

const durationPattern = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/;
const linkPattern = /^(?:(unshaped)|(\d+(?:\.\d+)?)\s*(kbps|mbps|gbps))(?:\s*\/\s*(\d.*))?$/i;

/** A local network: 1 Gbit/s and 0.2 ms there and back. */
const lan: LinkProfile = { label: 'lan', rate: bitsPerSecond(1e9), roundTrip: milliseconds(0.2) };

const linkHelp = 'write a rate as 100mbps, a rate and a round trip as 20mbps/30ms, lan, or unshaped';

/** Reads `60 s`, `500 ms`, `10 min` or `1 h`. A number without a unit is refused. */
export function parseDuration(text: string): Parsed<Milliseconds> {
  const written = text.trim();
  const [, amount, unit] = durationPattern.exec(written) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const factor = durationUnits[unit as keyof typeof durationUnits];
    return { ok: true, value: milliseconds(Number(amount) * factor) };
  }
  return { ok: false, message: durationHelp(written) };
}

/** Reads `512 MB`, `1 GB` or `256 MiB`. A number without a unit is refused. */
export function parseSize(text: string): Parsed<Bytes> {
  const written = text.trim();
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([kmg]?i?b)$/i.exec(written) ?? [];
  const factor = unit === undefined ? undefined : sizeUnits[unit.toLowerCase() as keyof typeof sizeUnits];
  if (amount !== undefined && factor !== undefined)
    return { ok: true, value: bytes(Math.round(Number(amount) * factor)) };
  const what = /^\d+(\.\d+)?$/.test(written) ? `${written} has no unit` : `"${written}" is not a size`;
  return { ok: false, message: `${what}: write "512 MB", "1 GB" or "256 MiB"` };
}

/** Reads a link as a person writes it: `lan`, `100mbps`, `20mbps/30ms`, `unshaped`. Rates are bits per second. */
export function parseLinkProfile(text: string): Parsed<LinkProfile> {
  const label = text.trim();
  if (label.toLowerCase() === 'lan') return { ok: true, value: lan };
  const match = linkPattern.exec(label);
  if (match === null) {
    const missingUnit = /^\d+(\.\d+)?$/.test(label);
    return {
      ok: false,
      message: missingUnit ? `"${label}" has no unit: ${linkHelp}` : `"${label}" is not a link: ${linkHelp}`,
    };
  }
  const [, , amount, unit, latency] = match;
  const roundTrip = latency === undefined ? { ok: true as const, value: milliseconds(0) } : parseDuration(latency);
  if (!roundTrip.ok) return { ok: false, message: `the round trip of "${label}": ${roundTrip.message}` };
  if (amount === undefined || unit === undefined)
    return { ok: true, value: { label, rate: null, roundTrip: roundTrip.value } };
  const rate = Number(amount) * rateUnits[unit.toLowerCase() as keyof typeof rateUnits];
  if (rate === 0) return { ok: false, message: `"${label}" lets nothing through: ${linkHelp}` };
  return { ok: true, value: { label, rate: bitsPerSecond(rate), roundTrip: roundTrip.value } };
}

function durationHelp(written: string): string {
  if (/^\d+(\.\d+)?$/.test(written)) {
    return `${written} has no unit: write "${written} s" for seconds, "${written} ms" or "${written} min"`;
  }
  return `"${written}" is not a duration: write "500 ms", "60 s", "10 min" or "1 h"`;
}
