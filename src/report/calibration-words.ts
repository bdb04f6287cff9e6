import type { Calibration, CalibrationAlarm, GateFamily } from '../verdict/calibration.ts';
import type { FalseAlarmRates } from '../verdict/false-alarms.ts';
import { confirmingPairs, fewestPairs } from '../verdict/gate-rule.ts';
import { defaultMargin, type Margin } from '../verdict/margin.ts';
import { isSuspected, type NoiseFloor } from '../verdict/noise-floor.ts';
import { familyRate, type RecommendedGate } from '../verdict/recommended-gates.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatDuration } from './format.ts';
import { countOf, formatIncrease } from './gate-numbers.ts';
import type { TextColumns } from './text-columns.ts';

/** The noise of one kind's times, as a table. */
export function floorColumns(floors: readonly NoiseFloor[]): TextColumns {
  const looks = floors[0]?.detectable.map(({ pairs }) => pairs) ?? [];
  return {
    head: [
      '',
      'median',
      'noise',
      ...looks.map((look, index) => (index === 0 ? `seen by ${look}` : `${look}`)),
      'verdict',
    ],
    rows: floors.map(({ name, medianMs, spread, detectable, change }) => [
      labelOf(name),
      formatDuration(medianMs),
      formatTenths(spread),
      ...detectable.map(({ share }) => formatTenths(share)),
      change.verdict,
    ]),
    align: ['left', 'right', 'right', ...looks.map(() => 'right' as const), 'left'],
  };
}

/** How to read the tables. */
export const legend =
  'Noise is the robust spread of the ratios of the pairs. "Seen by 10" is the smallest change that ten pairs tell from none, four times out of five. The verdict is what this run says of the two halves.';

/** A margin is no promise to find all that is beyond it. */
const reach =
  'A gate fails what is surely beyond its margin: to be found four times out of five, a slow-down has to be about as large as the margin and what ten pairs see, together.';

/** What the diagnostics suspect, and what cannot be said. */
export function calibrationNotes({ floors, tooFew, family }: Calibration): string[] {
  const suspicions = floors.flatMap(suspicionsOf);
  const chance =
    suspicions.length === 0
      ? []
      : [`Of ${floors.length * 2} such effects looked for, one in twenty shows by chance alone.`];
  return [
    ...(family === null ? [] : [reach]),
    ...suspicions,
    ...chance,
    ...tooFew.map(({ kind, pairs }) => `${kind}: ${countOf(pairs, 'pair')}, too few to say anything of its noise.`),
  ];
}

function suspicionsOf({ kind, name, change }: NoiseFloor): string[] {
  const what = `${kind} ${labelOf(name)}`;
  const { orderEffect, drift } = change;
  return [
    ...(isSuspected(orderEffect)
      ? [`${what}: the order matters: the half that goes first takes ${shiftOf(orderEffect)} (95 %).`]
      : []),
    ...(isSuspected(drift)
      ? [`${what}: it drifts: the ratio of the halves grows by ${shiftOf(drift)} from pair to pair (95 %).`]
      : []),
  ];
}

function shiftOf(effect: TimeChange['orderEffect']): string {
  if (effect === null || effect.interval === null) return '';
  const { ratio, interval } = effect;
  return `${formatIncrease(ratio - 1)} [${formatIncrease(interval.low - 1)}, ${formatIncrease(interval.high - 1)}]`;
}

/** What is wrong with the bench, if anything is. */
export function alarmSentences({ alarms, halves }: Calibration): string[] {
  if (alarms.length === 0) return [`✔ Nothing told ${halves.one} and ${halves.other} apart, which are the same.`];
  return alarms.map((alarm) => `✘ ${alarmText(alarm, alarm.over === halves.one ? halves.other : halves.one)}`);
}

function alarmText({ metric, over, says }: CalibrationAlarm, than: string): string {
  switch (says) {
    case 'slower':
    case 'faster':
      return `${metric}: ${over} is said to be ${says} than ${than}, and is the same.`;
    case 'regressed':
      return `${metric}: a gate that looks once calls ${over} regressed over ${than}, and it is the same.`;
    case 'confirmed':
      return `${metric}: a gate that screens and confirms calls ${over} regressed over ${than}, and it is the same.`;
  }
}

/** How often the default gates would be wrong, in sentences. */
export function familySentences(family: GateFamily): string[] {
  const { rates, recommended, metrics, without, pairs, looks } = family;
  const gates = `the ${countOf(metrics.length, 'default gate')} together`;
  return [
    `At ${marginText(defaultMargin)} ${gates} raise a false alarm in ${ratesText(rates, pairs, looks)}.`,
    `At the margins below in ${ratesText(recommended.rates, pairs, looks)}.`,
    `These are rates of ${exchangesText(rates.exchanges, pairs)} of the halves of this run's ${countOf(pairs, 'pair')}: the noise is this machine's own, and between the halves nothing differs, whichever is called which.`,
    ...(recommended.holds ? [] : [`No margin brings that below ${formatTenths(familyRate)}.`]),
    ...(without.length === 0 ? [] : [`Not looked at, for want of six pairs: ${without.join(', ')}.`]),
  ];
}

function exchangesText(exchanges: number, pairs: number): string {
  const count = exchanges.toLocaleString('en-US');
  return exchanges === 2 ** pairs ? `all ${count} exchanges` : `${count} random exchanges`;
}

/** False alarms by either rule; what the screening suspects is none yet. */
function ratesText({ once, suspected, confirmed }: FalseAlarmRates, pairs: number, looks: readonly number[]): string {
  const one = `${formatTenths(once)} of all cases with one look at ${countOf(pairs, 'pair')}`;
  if (looks.length === 0)
    return `${one}; to screen and confirm takes ${fewestPairs + confirmingPairs} pairs, so that was not tried`;
  return `${one}; in ${formatTenths(confirmed)} with a screening at ${looks.join(' and ')} pairs, which suspects ${formatTenths(suspected)}, and the ten pairs after it to confirm`;
}

/** Lines for scenario.yaml, each with the reason where it is not the default's margin. */
export function gateLines(gates: readonly RecommendedGate[]): string[] {
  const lines = gates.map(({ metric, share, floorMs }) => {
    const text = `{ max-slowdown: ${Math.round(share * 100)} %, floor: ${floorMs} ms }`;
    return `  ${metric}: ${text}`;
  });
  const longest = Math.max(0, ...lines.map((line) => line.length));
  return ['gates:', ...lines.map((line, index) => `${line.padEnd(longest)}${reasonFor(gates[index])}`.trimEnd())];
}

function reasonFor(gate: RecommendedGate | undefined): string {
  if (gate === undefined || gate.because === 'least') return '';
  const seen = `ten pairs see ${formatTenths(gate.detectable)}`;
  switch (gate.because) {
    case 'noise':
      return `  # ${seen}`;
    case 'floor':
      return `  # ${seen}, which is less than the floor`;
    case 'false-alarms':
      return `  # ${seen}; more, for fewer false alarms`;
  }
}

function marginText({ share, floorMs }: Margin): string {
  return `${formatTenths(share)} and ${floorMs} ms`;
}

function labelOf(name: NoiseFloor['name']): string {
  if (name === 'release') return 'release clock';
  return name === 'cold-start' ? 'cold start' : name;
}

/** `4.3 %`, `22.1 %`; without a decimal where it is a whole number, and from 100 % on. */
export function formatTenths(share: number): string {
  const percent = share * 100;
  const isWhole = Math.abs(percent - Math.round(percent)) < 1e-9 || Math.abs(percent) >= 99.95;
  return `${percent.toFixed(isWhole ? 0 : 1)} %`;
}
