import type { GateResult } from '../verdict/gate.ts';
import { ciHeadline } from './ci-headline.ts';
import type { CiView } from './ci-view.ts';
import { gateFinding, gateSubject } from './gate-sentence.ts';
import { standingOf } from './gate-view.ts';
import { safeTexts } from './safe-text.ts';
import { type Annotation, type AnnotationLevel, workflowCommand } from './workflow-command.ts';

/** The Dockerfile from the repository's root, and the lines of it that head changed: from 1, both ends included, in order. */
export interface ChangedDockerfile {
  readonly file: string;
  readonly lines: readonly { readonly first: number; readonly last: number }[];
}

/** GitHub shows ten annotations of a level in a step, and leaves out the others without a word. */
const most = 10;

/**
 * What a run of `deployclock ci` came to, as lines for GitHub's runner: what regressed, and what was won, beside the changed lines of the
 * Dockerfile. Empty where there is nothing to say.
 */
export function renderAnnotations(view: CiView, changed: ChangedDockerfile): string {
  const shown = safeTexts(view);
  const { gates } = shown;
  const results = gates === null ? [] : gates.report.results;
  const all = [
    ...results.flatMap((result) => {
      const level = gates === null ? null : levels[standingOf(result, gates.inconclusive)];
      return level === null ? [] : [annotationOf(result, level, changed)];
    }),
    ...wholeRun(shown, changed),
  ];
  return (['error', 'warning', 'notice'] as const)
    .flatMap((level) => limited(all.filter((each) => each.level === level)))
    .map(workflowCommand)
    .join('');
}

const levels: Readonly<Record<ReturnType<typeof standingOf>, AnnotationLevel | null>> = {
  pass: null,
  fails: 'error',
  told: 'warning',
  inconclusive: 'warning',
  'not-judged': 'error',
};

const titles: Readonly<Record<GateResult['outcome'], string>> = {
  pass: 'passes',
  regressed: 'regressed',
  'over-budget': 'is over its budget',
  inconclusive: 'cannot be told',
  'not-judged': 'was not judged',
};

function annotationOf(result: GateResult, level: AnnotationLevel, changed: ChangedDockerfile): Annotation {
  const { outcome } = result;
  const title = `${gateSubject(result)} ${titles[outcome]}`;
  const found = `${gateFinding(result)}.`;
  // What was not shown to be slower is no line's fault.
  if (outcome !== 'regressed' && outcome !== 'over-budget') return { level, title, message: found, place: null };
  return { level, title, ...placed(found, changed) };
}

function wholeRun(view: CiView, changed: ChangedDockerfile): Annotation[] {
  const { sort, text } = ciHeadline(view);
  const level: AnnotationLevel = 'notice';
  if (sort === 'won') return [{ level, title: 'deployclock: faster', ...placed(`${text}.`, changed) }];
  if (sort === 'not-compared') return [{ level, title: 'deployclock: not compared', message: text, place: null }];
  if (sort === 'not-judged' && view.gates === null)
    return [{ level: 'error', title: 'deployclock: not judged', message: text, place: null }];
  return [];
}

/** Beside the first of the changed lines; the others are named. */
function placed(message: string, { file, lines }: ChangedDockerfile): Pick<Annotation, 'message' | 'place'> {
  const [first, ...others] = lines;
  if (first === undefined)
    return { message: `${message} ${file} itself did not change: what it copies did.`, place: null };
  const ranges = lines.map((range) => (range.first === range.last ? `${range.first}` : `${range.first}–${range.last}`));
  const all = others.length === 0 ? '' : ` Changed in ${file}: lines ${ranges.join(', ')}.`;
  return { message: message + all, place: { file, line: first.first, endLine: first.last } };
}

function limited(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= most) return [...annotations];
  const shown = annotations.slice(0, most - 1);
  const rest = annotations.slice(most - 1);
  const [{ level } = { level: 'warning' as const }] = rest;
  const message = rest.map(({ title }) => title).join('; ');
  return [...shown, { level, title: `deployclock: ${rest.length} more`, message, place: null }];
}
