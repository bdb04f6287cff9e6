import { type PhaseName, phaseNames } from '../results/sample.ts';
import type { KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import { factValue } from '../verdict/metric.ts';
import { changeOf, noticeable } from './change.ts';
import { formatDuration, formatShare } from './format.ts';
import { bytesText, partText } from './metric-table.ts';

/**
 * One or two sentences on a deploy kind: where the time goes, and what is different between the baseline and the last variant. Differences
 * in time are those that have a verdict; where nothing was tested they say so.
 */
export function kindSentences(kind: KindComparison): string[] {
  const [baseline, ...others] = kind.variants;
  if (baseline === undefined) return [];
  const last = others.at(-1) ?? null;
  const shown = last === null ? [baseline] : [baseline, last];
  if (shown.every(({ deploys }) => deploys.ok === 0 && deploys.notOk.length === 0))
    return [`No ${kind.kind} deploy was made.`];
  const measured = shown.filter((variant) => variant.deploys.ok > 0);
  const absent = shown
    .filter((variant) => variant.deploys.ok === 0)
    .map((variant) => nothingMeasured(kind.kind, variant));
  const where = whereTimeGoes(kind.kind, measured);
  const what = kind.kind === 'first' ? whatChanged(measured) : (whatWasReused(measured) ?? whatChanged(measured));
  const told = kind.kind === 'first' ? [where, what] : [what, where];
  return [...absent, ...told.filter((sentence) => sentence !== null), ...measured.flatMap(findings)];
}

function nothingMeasured(kind: string, { variant, deploys }: VariantMetrics): string {
  const reasons = deploys.notOk.map(({ outcome, count }) => `${count} ${outcome}`);
  const why = reasons.length === 0 ? 'none was made' : reasons.join(', ');
  return `No ${kind} deploy of ${variant} counts: ${why}.`;
}

/** The phase that takes most of the release clock. */
function dominating({ phases, release }: VariantMetrics): { phase: PhaseName; share: number } | null {
  if (release === null || release.median <= 0) return null;
  const shares = phaseNames.flatMap((phase) => {
    const time = phases[phase];
    return time === null ? [] : [{ phase, share: time.median / release.median }];
  });
  return shares.reduce<(typeof shares)[number] | null>(
    (top, next) => (top === null || next.share > top.share ? next : top),
    null,
  );
}

function whereTimeGoes(kind: string, variants: readonly VariantMetrics[]): string | null {
  const [first, second] = variants.flatMap((variant) => {
    const top = dominating(variant);
    return top === null ? [] : [{ ...top, variant: variant.variant }];
  });
  if (first === undefined) return null;
  const start = `${capital(first.phase)} is ${formatShare(first.share)} of the ${kind} deploy of ${first.variant}`;
  if (second === undefined) return `${start}.`;
  if (second.phase === first.phase) return `${start} and ${formatShare(second.share)} of that of ${second.variant}.`;
  return `${start}; of that of ${second.variant} it is ${second.phase}, with ${formatShare(second.share)}.`;
}

function whatChanged(variants: readonly VariantMetrics[]): string | null {
  const [before, after] = variants;
  if (before === undefined) return null;
  if (after === undefined) return total(before);
  const moved = changeInBytes(before, after);
  const tested = isTested(after);
  const time = tested ? testedChange(before, after) : seenChange(before, after);
  if (moved !== null) return time === null ? `${moved}.` : `${moved}; ${time}.`;
  if (time !== null) return `${capital(time)}.`;
  return tested ? null : closeTogether(before, after);
}

/** Whether the release clocks were compared in pairs enough: then the verdicts say what can be said. */
function isTested({ changes }: VariantMetrics): boolean {
  const release = changes?.times.release ?? null;
  return release !== null && release.ratioInterval !== null;
}

function closeTogether(before: VariantMetrics, after: VariantMetrics): string | null {
  if (before.release === null || after.release === null) return null;
  const clocks = `${formatDuration(after.release.median)} against ${formatDuration(before.release.median)} on the release clock`;
  const [less, more] = [after.movedBytes, before.movedBytes];
  const sizes = less === null || more === null ? '' : `, ${bytesText(less)} against ${bytesText(more)} moved`;
  return `${after.variant} and ${before.variant} were seen within ${formatShare(noticeable)} of each other: ${clocks}${sizes}.`;
}

function total({ release, movedBytes }: VariantMetrics): string | null {
  if (release === null) return null;
  const moved = movedBytes === null ? '' : ` and moves ${bytesText(movedBytes)}`;
  return `It takes ${formatDuration(release.median)} in all${moved}.`;
}

function changeInBytes(before: VariantMetrics, after: VariantMetrics): string | null {
  const [from, to] = [before.movedBytes, after.movedBytes];
  if (from === null || to === null) return null;
  const same = to.ratio === null ? factValue(from) === factValue(to) : changeOf(to.ratio) === 'same';
  return same ? null : `${after.variant} moves ${bytesText(to)} instead of ${bytesText(from)}`;
}

/** The phase with the largest difference in seconds, among those that are faster or slower by their verdict. */
function testedChange(before: VariantMetrics, after: VariantMetrics): string | null {
  const sure = phaseNames.flatMap((phase) => {
    const change = after.changes?.times[phase] ?? null;
    if (change === null || change.verdict === 'same' || change.verdict === 'unsure') return [];
    return [{ phase, by: Math.abs(change.differenceMs) }];
  });
  const [largest] = sure.toSorted((left, right) => right.by - left.by);
  const told = largest === undefined ? null : phaseText(largest.phase, before, after);
  return told === null ? null : `the largest change in time is ${told}`;
}

/** The phase with the largest difference in seconds, where that is noticeable in the whole. */
function seenChange(before: VariantMetrics, after: VariantMetrics): string | null {
  const differences = phaseNames.flatMap((phase) => {
    const [from, to] = [before.phases[phase], after.phases[phase]];
    return from === null || to === null ? [] : [{ phase, by: Math.abs(to.median - from.median) }];
  });
  const [largest] = differences.toSorted((left, right) => right.by - left.by);
  if (largest === undefined || before.release === null || largest.by < noticeable * before.release.median) return null;
  const told = phaseText(largest.phase, before, after);
  return told === null ? null : `the largest difference seen in time is ${told}, not tested`;
}

function phaseText(phase: PhaseName, before: VariantMetrics, after: VariantMetrics): string | null {
  const [from, to] = [before.phases[phase], after.phases[phase]];
  if (from === null || to === null) return null;
  return `${phase}, ${formatDuration(to.median)} instead of ${formatDuration(from.median)}`;
}

/** Where the builder is warm: how much of the build came from the cache, and what had to be moved. Null where no one has the steps. */
function whatWasReused(variants: readonly VariantMetrics[]): string | null {
  const parts = variants.flatMap(({ variant, facts, movedBytes }) => {
    const cached = facts['build.cachedSteps'];
    if (cached === null) return [];
    const moved = movedBytes === null ? '' : ` and moves ${bytesText(movedBytes)}`;
    return [`${variant} takes ${partText(cached, facts['build.steps'])} steps from the cache${moved}`];
  });
  return parts.length === 0 ? null : `${parts.join('; ')}.`;
}

/** A container that goes sooner needs no word. */
const longStopMs = 1000;

/** What a reader would want to mend and would not find in the table. */
function findings({ variant, healthcheckAdded, instants, stop, release }: VariantMetrics): string[] {
  const found: string[] = [];
  const total = release?.median ?? 0;
  if (healthcheckAdded !== null && instants.firstSuccess !== null && healthcheckAdded.median >= noticeable * total) {
    found.push(
      `${variant} answers ${formatDuration(instants.firstSuccess.median)} after its start, and its HEALTHCHECK says so ` +
        `${formatDuration(healthcheckAdded.median)} later: a shorter interval would save most of that.`,
    );
  }
  if (stop === null) return found;
  const grace = formatDuration(stop.gracePeriodMs);
  if (stop.killed > 0) {
    found.push(
      `The old container of ${variant} did not heed the stop signal: it was killed after the whole grace period of ${grace}.`,
    );
  } else if (stop.graceUsed.median >= Math.max(longStopMs, noticeable * total)) {
    const codes = stop.exitCodes.map((code) => (code === null ? 'unknown' : String(code))).join(', ');
    found.push(
      `The old container of ${variant} used ${formatDuration(stop.graceUsed.median)} of its ${grace} to stop, exit code ${codes}.`,
    );
  }
  return found;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
