import { timeNames } from '../results/metric-name.ts';
import type { RunRecord } from '../results/run-record.ts';
import type { Changes } from '../verdict/changes.ts';
import type { Comparison, KindComparison } from '../verdict/comparison.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatDuration } from './format.ts';
import { countOf, formatAllowed, formatPercent } from './gate-numbers.ts';
import { costOfPairs } from './verdict-cost.ts';
import { timeLabels } from './verdict-table.ts';
import { holdsNoChange } from './verdict-words.ts';

/** Where a verdict was made: in which run, of which kind. */
export interface VerdictPlace {
  readonly stopping: RunRecord['plan']['stopping'];
  readonly comparison: Comparison;
  readonly kind: KindComparison;
}

interface NamedChange {
  readonly label: string;
  readonly change: TimeChange;
}

/** What stands under a table of verdicts: what is too thin to test, what it would take to be sure, which pairs lie far from the others. */
export function verdictFootnotes({ times }: Changes, place: VerdictPlace): string[] {
  const all = timeNames.flatMap((name): NamedChange[] => {
    const change = times[name];
    return change === null ? [] : [{ label: timeLabels[name], change }];
  });
  const unsure = all.filter(({ change }) => change.verdict === 'unsure' && change.ratioInterval !== null);
  const open = unsure.filter(({ change }) => change.ratioInterval !== null && holdsNoChange(change.ratioInterval));
  const small = unsure.filter((each) => !open.includes(each));
  return [
    ...thinNote(all),
    ...byPairs(open).map((each) => openNote(each, place)),
    ...byPairs(small).map((each) => smallNote(each, place)),
    ...outlierNote(all),
  ];
}

function thinNote(all: readonly NamedChange[]): string[] {
  const thin = all.filter(({ change }) => change.ratioInterval === null);
  if (thin.length === 0) return [];
  const which = thin.length === all.length ? '' : ` of ${namesOf(thin)}`;
  return [`Fewer than six pairs have no 95 % interval: here is the ratio of each pair${which}, and nothing is tested.`];
}

function byPairs(changes: readonly NamedChange[]): NamedChange[][] {
  const counts = [...new Set(changes.map(({ change }) => change.pairs))];
  return counts.map((pairs) => changes.filter(({ change }) => change.pairs === pairs));
}

/** Changes that cannot be told from none, all with as many pairs. */
function openNote(changes: readonly NamedChange[], place: VerdictPlace): string {
  const [first, ...others] = changes;
  if (first === undefined) return '';
  const { pairs } = first.change;
  const look = nextLook(changes, place.comparison.margin.share);
  const more = look === null ? '' : `${look} pairs${costText(look - pairs, place)}`;
  if (others.length === 0) {
    const then = look === null ? '' : `; ${more} would see ${atLeast(shareAt(first.change, look))}`;
    return `? ${pairs} pairs see changes of ${first.label} from ${atLeast(first.change.detectable)} on${then}.`;
  }
  const seen = changes.map(({ label, change }) => {
    const would = look === null ? '' : ` (${atLeast(shareAt(change, look))})`;
    return `${label} ${atLeast(change.detectable)}${would}`;
  });
  const brackets = look === null ? '' : ` (in brackets: ${more.replace(/,$/, '')})`;
  return `? ${pairs} pairs see changes from so much on${brackets}: ${seen.join(', ')}.`;
}

/** Changes that may be too small to count. */
function smallNote(changes: readonly NamedChange[], place: VerdictPlace): string {
  const { share, floorMs } = place.comparison.margin;
  const pairs = changes[0]?.change.pairs ?? 0;
  const count = `${formatAllowed(share)} and ${formatDuration(floorMs)}`;
  const known = `? ${namesOf(changes)}: a change, but ${countOf(pairs, 'pair')} do not tell if of more than ${count}`;
  const look = nextLook(changes, 0);
  return look === null ? `${known}.` : `${known}; ${look} pairs${costText(look - pairs, place)} may.`;
}

/** The first look to come at which all of these see that share, or else the last there is. */
function nextLook(changes: readonly NamedChange[], share: number): number | null {
  const looks = changes[0]?.change.wouldSee.map(({ pairs }) => pairs) ?? [];
  return (
    looks.find((look) => changes.every(({ change }) => (shareAt(change, look) ?? 0) <= share)) ?? looks.at(-1) ?? null
  );
}

function shareAt({ wouldSee }: TimeChange, look: number): number | null {
  return wouldSee.find(({ pairs }) => pairs === look)?.detectable ?? null;
}

/** A run that screens and confirms makes its pairs by a rule of its own: what others would cost cannot be told from its rounds. */
function costText(more: number, { stopping, comparison, kind }: VerdictPlace): string {
  return stopping.rule === 'screen-and-confirm' ? '' : `, ${costOfPairs(more, kind, comparison)},`;
}

function atLeast(share: number | null): string {
  return share === null ? 'unknown' : `±${formatPercent(share)}`;
}

function outlierNote(all: readonly NamedChange[]): string[] {
  const found = all.flatMap(({ label, change }) => change.outliers.map((pair) => ({ label, place: placeText(pair) })));
  const places = [...new Set(found.map(({ place }) => place))];
  if (places.length === 0) return [];
  const texts = places.map((place) => `${place} (${namesOf(found.filter((each) => each.place === place))})`);
  return [`* Pairs far from the others, counted all the same: ${texts.join(', ')}.`];
}

function placeText({ round, repeat }: TimeChange['outliers'][number]): string {
  return repeat === 1 ? `round ${round}` : `round ${round}, repeat ${repeat}`;
}

function namesOf(changes: readonly { readonly label: string }[]): string {
  return changes.map(({ label }) => label).join(', ');
}
