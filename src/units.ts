/** Branded units: a number that says what it counts, so that bytes and milliseconds cannot be swapped by accident. */

export type Milliseconds = number & { readonly __unit: 'milliseconds' };
export type Bytes = number & { readonly __unit: 'bytes' };
/** Link rate in bits per second, as networks are sold: 100 Mbit/s is 100,000,000. */
export type BitsPerSecond = number & { readonly __unit: 'bits-per-second' };
/** Content digest as registries write it, `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`;

export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const bytes = (value: number): Bytes => value as Bytes;
export const bitsPerSecond = (value: number): BitsPerSecond => value as BitsPerSecond;

/** The digest in `text`, or null where it is not one. */
export function asDigest(text: string | undefined): Digest | null {
  return text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text) ? (text as Digest) : null;
}
