import type { PlantFinding, PlantReport, UntouchedTime } from '../verdict/plants.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatTenths } from './calibration-words.ts';
import { formatDuration } from './format.ts';
import type { TextColumns } from './text-columns.ts';
import { describeChange } from './verdict-words.ts';

/** One line for each time that was made slower. */
export function plantColumns({ findings }: PlantReport): TextColumns {
  return {
    head: ['', 'variant', 'time', 'planted', 'found', '(95 %)', 'change (95 %)', 'verdict'],
    rows: findings.map((finding) => [
      finding.found ? '✔' : '✘',
      finding.variant,
      finding.metric,
      plantedText(finding),
      ...changeTexts(finding.change),
    ]),
    align: ['left', 'left', 'left', 'right', 'right', 'left', 'left', 'left'],
  };
}

/** One line for each time that nothing was done to. */
export function untouchedColumns(untouched: readonly UntouchedTime[]): TextColumns {
  return {
    head: ['', 'variant', 'time', 'found', '(95 %)', 'change (95 %)', 'verdict'],
    rows: untouched.map(({ variant, metric, change, alarm, told }) => [
      alarm || !told ? '✘' : '✔',
      variant,
      metric,
      ...changeTexts(change),
    ]),
    align: ['left', 'left', 'left', 'right', 'left', 'left', 'left'],
  };
}

/** Difference, its interval, the ratio, the verdict. */
function changeTexts(change: TimeChange | null): string[] {
  if (change === null) return ['–', '', '', 'no pair'];
  const { differenceMs, differenceInterval, verdict } = change;
  const between =
    differenceInterval === null ? '' : `[${signed(differenceInterval.low)}, ${signed(differenceInterval.high)}]`;
  return [signed(differenceMs), between, describeChange(change).change, verdict];
}

function plantedText({ plantedMs, atLeast }: PlantFinding): string {
  if (plantedMs === null) return '–';
  return `${atLeast ? '≥ ' : ''}${signed(plantedMs)}`;
}

function signed(ms: number): string {
  return `${ms < 0 ? '−' : ms > 0 ? '+' : ''}${formatDuration(Math.abs(ms))}`;
}

/** What was not asked, and how the sizes come about. */
export function selftestNotes({ notAsked, transferShare, margin }: PlantReport, whats: readonly string[]): string[] {
  const asked = new Map<string, string[]>();
  for (const { variant, metric, why } of notAsked) {
    const text = `${metric}: ${why}`;
    asked.set(text, [...(asked.get(text) ?? []), variant]);
  }
  return [
    ...whats,
    ...(transferShare === null
      ? []
      : [
          `The link's rate alone is ${formatTenths(transferShare)} of the control's pull; the rest, unpacking and the engines' own work, does not grow with a slower link.`,
        ]),
    `A time counts as slower where its whole 95 % interval lies beyond ${formatTenths(margin.share)} and ${margin.floorMs} ms.`,
    ...[...asked].map(([text, variants]) => `Not asked of ${variants.join(', ')}: ${text}.`),
  ];
}

export function selftestOutcome({ findings, untouched, passed }: PlantReport): string {
  const found = findings.filter((finding) => finding.found).length;
  const alarms = untouched.filter(({ alarm }) => alarm).length;
  const untold = untouched.filter(({ told }) => !told).length;
  const missing = untold === 0 ? '' : `, ${untold} could not be compared`;
  return `${passed ? '✔' : '✘'} ${found} of ${findings.length} plants found; ${alarms} false alarms on ${untouched.length} times that nothing was done to${missing}.`;
}
