import type { Bytes, Milliseconds } from '../units.ts';

const durations = [
  ['min', 60_000],
  ['s', 1000],
] as const;
const sizes = [
  ['GiB', 1024 ** 3],
  ['GB', 1e9],
  ['MiB', 1024 ** 2],
  ['MB', 1e6],
  ['KiB', 1024],
  ['kB', 1e3],
] as const;

/** A duration as a scenario.yaml has it, exactly: `500 ms`, `60 s`, `10 min`. A single minute is 60 s, as people write it. */
export function writeDuration(duration: Milliseconds): string {
  const [unit, factor] = durations.find(([, each]) => duration % each === 0 && duration > each) ?? ['ms', 1];
  return duration === 1000 ? '1 s' : `${duration / factor} ${unit}`;
}

/** A size as a scenario.yaml has it, exactly: `512 MB`, `1 GiB`. */
export function writeSize(size: Bytes): string {
  const [unit, factor] = sizes.find(([, each]) => size % each === 0 && size > 0) ?? ['B', 1];
  return `${size / factor} ${unit}`;
}
