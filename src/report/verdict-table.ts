import { type TimeName, timeNames } from '../results/metric-name.ts';
import { type FactName, phaseNames } from '../results/sample.ts';
import type { Changes } from '../verdict/changes.ts';
import type { FactChange } from '../verdict/fact-change.ts';
import { fewestPairs } from '../verdict/gate-rule.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatRatio } from './format.ts';
import { type Tone, toneOfBytes, toneOfTime } from './verdict-tone.ts';
import { describeBytes, describeChange } from './verdict-words.ts';

/** The verdicts on one variant in one deploy kind, before they are drawn. */
export interface VerdictTable {
  readonly variant: string;
  readonly head: VerdictCells;
  readonly groups: readonly (readonly VerdictRow[])[];
}

interface VerdictCells {
  readonly change: string;
  readonly difference: string;
  readonly faster: string;
  readonly verdict: string;
}

export interface VerdictRow extends VerdictCells {
  readonly label: string;
  /** The row that the table is about. */
  readonly strong: boolean;
  /** Null where nothing was tested. */
  readonly tone: Tone | null;
}

export const timeLabels: Readonly<Record<TimeName, string>> = {
  release: 'release clock',
  ...{ build: 'build', push: 'push', pull: 'pull', stop: 'stop', start: 'start', ready: 'ready' },
  'cold-start': 'cold start',
  downtime: 'downtime',
};

/** The facts that a verdict's reader looks for; all of them are in the table of metrics. */
const factLabels = {
  'image.bytes': 'image size',
  'push.bytes': 'pushed',
  'pull.bytes': 'pulled',
} as const satisfies Partial<Record<FactName, string>>;

/**
 * Times with fewer pairs than an interval takes have the ratio of each pair instead.
 * @param ratios those of the pairs of a time, in order
 * @returns null where no time has two pairs: all that a single one says is in the table of metrics
 */
export function verdictTable(
  variant: string,
  { times, facts }: Changes,
  ratios: (name: TimeName) => readonly number[],
): VerdictTable | null {
  const present = timeNames.flatMap((name) => times[name] ?? []);
  if (!present.some(({ pairs }) => pairs > 1)) return null;
  const timeRows = (names: readonly TimeName[]): VerdictRow[] =>
    names.flatMap((name) => {
      const change = times[name];
      return change === null ? [] : [timeRow(name, change, ratios(name))];
    });
  const factRows = Object.entries(factLabels).flatMap(([name, label]) => {
    const change = facts[name as keyof typeof factLabels];
    return change === null ? [] : [factRow(label, change)];
  });
  const tested = present.some(({ pairs }) => pairs >= fewestPairs);
  return {
    variant,
    head: {
      change: tested ? 'change [95 %]' : 'pair by pair',
      difference: 'difference',
      faster: 'faster',
      verdict: 'verdict',
    },
    groups: [timeRows(phaseNames), timeRows(['release']), timeRows(['cold-start', 'downtime']), factRows].filter(
      (group) => group.length > 0,
    ),
  };
}

function timeRow(name: TimeName, change: TimeChange, ratios: readonly number[]): VerdictRow {
  const { difference, verdict, change: estimate } = describeChange(change);
  const marked = change.outliers.length > 0 ? '*' : ' ';
  const tested = change.ratioInterval !== null;
  return {
    label: timeLabels[name],
    strong: name === 'release',
    change: tested ? estimate : pointsText(ratios),
    difference,
    faster: `${change.faster}/${change.pairs}${marked}`,
    verdict,
    tone: tested ? toneOfTime(change) : null,
  };
}

/** `×0.51 0.53 0.49`. */
function pointsText(ratios: readonly number[]): string {
  return ratios.map((ratio, index) => (index === 0 ? formatRatio(ratio) : formatRatio(ratio).slice(1))).join(' ');
}

function factRow(label: string, change: FactChange): VerdictRow {
  const words = describeBytes(change);
  return { label, strong: false, ...words, faster: '', tone: toneOfBytes(change) };
}
