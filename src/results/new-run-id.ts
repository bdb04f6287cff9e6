/**
 * A run's id, `2026-11-23T20-41-07Z-7f3a`: ids sort by the time of their start, and are names of folders on every file system.
 * @param seed the run's seed; its last four hexadecimal digits tell runs of one second apart
 */
export function newRunId(startedAt: Date, seed: number): string {
  const time = `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  const suffix = ((seed >>> 0) & 0xffff).toString(16).padStart(4, '0');
  return `${time}-${suffix}`;
}
