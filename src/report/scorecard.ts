import type { RunFolder } from '../results/run-folder.ts';
import type { FactName } from '../results/sample.ts';
import type { Comparison, KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import { drawTable } from './draw-table.ts';
import { type Marks, unicodeMarks } from './marks.ts';
import { bytesRow, type MetricRow, type MetricTable, missingCell, timeRow } from './metric-table.ts';
import { safeTexts } from './safe-text.ts';
import { answer, pairOf } from './scorecard-answer.ts';
import { paint, type TextStyle } from './style.ts';
import { wrap } from './text-width.ts';

/**
 * The scorecard for a terminal: the four numbers that matter together (image size, pull on a fresh server, rebuild after a small code
 * edit, cold start), the release clocks, and one sentence.
 * @param marks characters that the terminal has
 */
export function renderScorecard(
  run: RunFolder,
  comparison: Comparison,
  style: TextStyle,
  marks: Marks = unicodeMarks,
): string {
  const shown = safeTexts(comparison);
  const title = `${paint('scorecard', 'bold', style)}  ${paint(safeTexts(run.record.scenario.name), 'dim', style)}`;
  const lines = [
    title,
    ...drawTable(scorecardTable(shown), style).map(marks.draw),
    ...wrap(marks.write(scorecardAnswer(shown)), style.width),
  ];
  return `${lines.join('\n')}\n`;
}

export function scorecardTable(comparison: Comparison): MetricTable {
  const { variants, kinds } = comparison;
  const first = kindNamed(comparison, 'first');
  const codeEdit = kindNamed(comparison, 'code-edit');
  const row = (kind: KindComparison | null, draw: (of: readonly VariantMetrics[]) => MetricRow): MetricRow => {
    const drawn = draw(kind?.variants ?? []);
    return kind === null ? { ...drawn, cells: variants.map(() => missingCell) } : drawn;
  };
  return {
    variants,
    groups: [
      [
        row(latestWith('image.bytes', kinds), (of) => bytesRow('final image size', of, 'image.bytes')),
        row(first, (of) => timeRow('pull on a fresh server', of, ({ phases }) => phases.pull, 'pull')),
        row(codeEdit, (of) => timeRow('rebuild after a small code edit', of, ({ phases }) => phases.build, 'build')),
        row(first, (of) => timeRow('cold start', of, ({ coldStart }) => coldStart, 'cold-start')),
      ],
      kinds.map((kind) => ({
        ...timeRow(`release clock, ${kind.kind}`, kind.variants, ({ release }) => release, 'release'),
        strong: true,
      })),
    ],
  };
}

/** The article's question: is it wait time, or only size? */
export function scorecardAnswer({ baseline, variants, kinds }: Comparison): string {
  const imageKind = latestWith('image.bytes', kinds);
  return answer({
    baseline,
    last: variants.length === 1 ? null : (variants.at(-1) ?? null),
    imageBytes: pairOf(imageKind?.variants ?? [], ({ facts }) => facts['image.bytes']),
    releases: kinds.map(({ kind, variants: of }) => ({
      kind,
      pair: pairOf(of, ({ release }) => release),
      change: of.at(-1)?.changes?.times.release ?? null,
    })),
  });
}

function kindNamed({ kinds }: Comparison, name: string): KindComparison | null {
  return kinds.find(({ kind }) => kind === name) ?? null;
}

/** The last kind that built and in which every variant has this fact, or else the last in which one has. */
function latestWith(name: FactName, all: readonly KindComparison[]): KindComparison | null {
  const has = (variant: VariantMetrics): boolean => variant.facts[name] !== null;
  const built = all.filter(({ variants }) => variants.some(({ facts }) => facts['build.steps'] !== null));
  const kinds = built.length > 0 ? built : all;
  return (
    kinds.findLast(({ variants }) => variants.every(has)) ??
    kinds.findLast(({ variants }) => variants.some(has)) ??
    null
  );
}
