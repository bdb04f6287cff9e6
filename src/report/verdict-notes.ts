import { timeNames } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison, KindComparison } from '../verdict/comparison.ts';
import { fewestPairs } from '../verdict/gate-rule.ts';
import { splitStages } from '../verdict/stages.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatDuration } from './format.ts';
import { countOf, formatAllowed } from './gate-numbers.ts';
import { costOfPairs } from './verdict-cost.ts';

/** What a reader must know to judge the verdicts: how to read them, how sure they are, what was not tested. One note a paragraph. */
export function verdictNotes(run: RunFolder, comparison: Comparison): string[] {
  const tested = comparison.kinds.flatMap(timesOf).filter(({ ratioInterval }) => ratioInterval !== null);
  return [
    ...howToRead(comparison, tested.length > 0),
    ...(tested.length > 0 ? [rule(comparison)] : []),
    ...manyNote(tested.length),
    ...tooFewNote(run, comparison),
    ...confirmedNote(run),
  ];
}

/** Of every variant but the baseline. */
export function timesOf({ variants }: KindComparison): TimeChange[] {
  return variants.flatMap(({ changes }) => timeNames.flatMap((name) => changes?.times[name] ?? []));
}

function howToRead({ variants, baseline }: Comparison, tested: boolean): string[] {
  if (variants.length === 1) return [];
  const ratios = `×0.31 is 0.31 times the number of ${baseline}`;
  const facts = 'Bytes are exact: ✔ fewer, ✘ more, = as many.';
  if (!tested) return [`${ratios}, the baseline: below ×1 is less time, or fewer bytes. ${facts}`];
  const signs = `Changes are from ${baseline}, the baseline: − is less time or fewer bytes, + is more`;
  return [
    `${signs}; ${ratios}. In brackets: a 95 % interval. ~: no change can be told from none. A ratio without a mark was not tested. ${facts}`,
  ];
}

function rule({ margin: { share, floorMs } }: Comparison): string {
  const [percent, ms] = [formatAllowed(share), formatDuration(floorMs)];
  return (
    `✔ faster, ✘ slower: the interval lies wholly beyond ${percent} and beyond ${ms}. = same: it lies wholly within ${percent}, or within ${ms}. ? unsure: neither. ` +
    'What pairs are said to see, they show about four times out of five.'
  );
}

/** As many as a gate has where nobody chooses: with more, chance has its say. */
const fewMetrics = 6;

function manyNote(tested: number): string[] {
  if (tested <= fewMetrics) return [];
  const misses = Math.round(tested / 20);
  const some = misses <= 1 ? 'one of them may' : `about ${misses} of them do`;
  return [
    `${tested} intervals are shown. Each by itself holds the true change 19 times out of 20, so ${some} not. A verdict that much hangs on deserves a run of its own.`,
  ];
}

/** Once for all tables: what has no interval, and what it would take. */
function tooFewNote({ record }: RunFolder, comparison: Comparison): string[] {
  const thin = comparison.kinds.flatMap((kind) => {
    const counts = kind.variants.flatMap(({ changes }) => changes?.times.release?.pairs ?? []);
    const fewest = Math.min(...counts);
    return counts.length === 0 || fewest >= fewestPairs ? [] : [{ kind, fewest }];
  });
  if (thin.length === 0) return [];
  const which = thin.map(({ kind, fewest }) => `${kind.kind} (${countOf(fewest, 'pair')})`).join(', ');
  const rounds = thin.map(({ kind, fewest }) => ({ kind, more: fewestPairs - fewest }));
  const dearest = rounds.reduce((one, other) =>
    other.more / other.kind.repeats > one.more / one.kind.repeats ? other : one,
  );
  const cost =
    record.plan.stopping.rule === 'fixed'
      ? ` It takes ${costOfPairs(dearest.more, dearest.kind, comparison)} to have them.`
      : '';
  return [`Not tested: ${which}. Fewer than six pairs have no 95 % interval, whatever their numbers.${cost}`];
}

/** Of a run that screens and confirms, what its confirming rounds measured again. */
function confirmedNote({ record, samples }: RunFolder): string[] {
  const { stopping } = record.plan;
  const { confirming } = splitStages(samples, record);
  if (stopping.rule !== 'screen-and-confirm' || confirming.length === 0) return [];
  const kinds = [...new Set(confirming.map(({ kind }) => kind))].join(', ');
  return [
    `What the gates suspected was measured again from round ${stopping.confirmFrom} on: verdicts on ${kinds} are of those pairs alone.`,
  ];
}
