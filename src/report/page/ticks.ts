/** Round numbers along an axis that begins at 0, and where it ends. */
export interface Ticks {
  readonly step: number;
  readonly end: number;
  readonly at: readonly number[];
}

const steps = [1, 2, 5, 10];

/** @param most the largest number that the axis has to hold; `wanted` about so many steps */
export function ticksTo(most: number, wanted: number): Ticks {
  const rough = Math.max(most, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (steps.find((each) => each * power >= rough) ?? 10) * power;
  const count = Math.ceil(Math.max(most, 1) / step);
  return { step, end: step * count, at: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

/** `0`, `500 ms`, `20 s`, `5 min`: without the digits that a round number does not need. */
export function tickText(ms: number): string {
  if (ms === 0) return '0';
  if (ms < 1000) return `${Number(ms.toFixed(2))} ms`;
  if (ms < 600_000) return `${Number((ms / 1000).toFixed(2))} s`;
  return `${Number((ms / 60_000).toFixed(1))} min`;
}
