import type { FactStep } from '../verdict/steps.ts';
import { nameOfTrend, type ScenarioHistory, type Trend } from '../verdict/trends.ts';

/** How much of a history is shown: what somebody named, what one reads of one scenario, or the two lines that stand for it. */
export type HistoryView = 'all' | 'usual' | 'headline';

/** Steps that are listed of each metric, the latest. */
export const listedSteps: Readonly<Record<HistoryView, number>> = { all: 10, usual: 5, headline: 1 };

/** Besides the release clock of every kind: the times of the everyday deploy that a team acts on, and what it moves. */
const everyday = ['build', 'push', 'pull', 'stop', 'cold-start'];
const headlines = ['code-edit.release', 'image.bytes'];
const usualFacts = ['image.bytes', 'code-edit.pull.bytes'];

/** Bytes that change by less than this come from a nonce or a time stamp in an archive; they are counted, and not listed. */
const listedShare = 0.001;

/** The trends of a history that a view shows. Facts of the everyday deploy that took a step are shown beside the usual ones. */
export function shownTrends({ trends, runs }: ScenarioHistory, view: HistoryView): Trend[] {
  if (view === 'all') return [...trends];
  if (view === 'usual') return trends.filter((trend) => isUsual(trend) || stepped(trend));
  const [kind = ''] = runs.at(-1)?.kinds.map((each) => each.kind) ?? [];
  const found = trends.filter((trend) => headlines.includes(nameOfTrend(trend)));
  const release = found.some(({ sort }) => sort === 'time') ? [] : [`${kind}.release`];
  return trends.filter((trend) => [...headlines, ...release].includes(nameOfTrend(trend)));
}

/** The names of facts that took a step and are not shown. */
export function steppedElsewhere(history: ScenarioHistory, shown: readonly Trend[]): string[] {
  const hidden = history.trends.filter((trend) => !shown.includes(trend) && !isImageOfKind(trend));
  const found = hidden.filter((trend) => trend.sort === 'fact' && trend.steps.some(isListed));
  return [...new Set(found.map(nameOfTrend))];
}

/** Whether a step is worth a line. */
export function isListed({ from, to }: FactStep): boolean {
  const [less, more] = to.min > from.max ? [from.max, to.min] : [to.max, from.min];
  return more - less > listedShare * more;
}

function isUsual(trend: Trend): boolean {
  const { metric } = trend;
  if (metric.sort === 'fact') return usualFacts.includes(nameOfTrend(trend));
  return metric.name === 'release' || (metric.kind === 'code-edit' && everyday.includes(metric.name));
}

/** What a step of an image is, is told once, and not again for each kind that built one. */
function stepped(trend: Trend): boolean {
  if (trend.sort === 'time' || isImageOfKind(trend)) return false;
  return (trend.metric.kind ?? 'code-edit') === 'code-edit' && trend.steps.some(isListed);
}

function isImageOfKind({ metric }: Trend): boolean {
  return metric.kind !== null && metric.name.startsWith('image.');
}
