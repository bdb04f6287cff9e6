import type { RunFolder } from '../results/run-folder.ts';
import type { GateReport, GateResult } from '../verdict/gate.ts';
import { countOf } from './gate-numbers.ts';
import { gateSubject } from './gate-sentence.ts';
import { safeTexts } from './safe-text.ts';

export const inconclusiveWays = ['pass', 'warn', 'fail'] as const;
export type InconclusiveWay = (typeof inconclusiveWays)[number];

/** Gates as they are reported: the report, and what stands around it. */
export interface GateView {
  readonly run: RunFolder;
  readonly report: GateReport;
  /** Metrics whose gates are off. */
  readonly off: readonly string[];
  /** What gates that cannot tell mean for the whole. */
  readonly inconclusive: InconclusiveWay;
  /** What was odd about the input and did not keep it from being judged. */
  readonly warnings: readonly string[];
}

/** The view with every text in it made safe to show. None of the samples is shown, and they are many. */
export function safeGateView(view: GateView): GateView {
  return safeTexts({ ...view, run: { ...view.run, samples: [] } });
}

/** How a result stands in the whole: `told` is one that would fail it, were it not for its level or for being erratic. */
export type Standing = 'pass' | 'fails' | 'told' | 'inconclusive' | 'not-judged';

export function standingOf(result: GateResult, inconclusive: InconclusiveWay): Standing {
  const { outcome, fails } = result;
  if (outcome === 'pass') return 'pass';
  if (outcome === 'inconclusive') return inconclusive === 'fail' && counts(result) ? 'fails' : 'inconclusive';
  if (!fails) return 'told';
  return outcome === 'not-judged' ? 'not-judged' : 'fails';
}

function counts({ gate }: GateResult): boolean {
  return gate.level === 'error' && !gate.erratic;
}

/** The one word, and how many. */
export function gateAnswer({ report: { outcome, results }, inconclusive }: GateView): {
  readonly word: string;
  readonly count: string;
} {
  const all = countOf(results.length, 'gate');
  const number = (wanted: (result: GateResult) => boolean): number => results.filter(wanted).length;
  const unjudged = number((result) => result.outcome === 'not-judged' && result.fails);
  const also = unjudged === 0 ? '' : `, ${unjudged} not judged`;
  switch (outcome) {
    case 'failed': {
      const failed = number((result) => result.fails && result.outcome !== 'not-judged');
      return { word: 'FAILED', count: `${failed} of ${all} failed${also}` };
    }
    case 'not-judged':
      return { word: 'NOT JUDGED', count: `${unjudged} of ${all} could not be judged` };
    case 'inconclusive': {
      const open = number((result) => result.outcome === 'inconclusive' && counts(result));
      const meaning = inconclusive === 'fail' ? '' : ', none failed';
      return { word: 'INCONCLUSIVE', count: `${open} of ${all} cannot tell${meaning}` };
    }
    case 'pass':
      return { word: 'PASS', count: `0 of ${all} failed` };
  }
}

/** The gates that could have failed the whole and did not, each with the reason. */
export function gatesWithoutEffect({ report: { results }, off, inconclusive }: GateView): string[] {
  return [
    ...results.flatMap((result) => {
      const why = whyWithoutEffect(result, inconclusive);
      return why === null ? [] : [`${gateSubject(result)}, ${ruleWord(result)}: ${why}`];
    }),
    ...off.map((metric) => `${metric}: off`),
  ];
}

export function ruleWord({ rule }: Pick<GateResult, 'rule'>): string {
  return rule === 'budget' ? 'budget' : 'increase';
}

function whyWithoutEffect(result: GateResult, way: InconclusiveWay): string | null {
  const { gate, outcome } = result;
  switch (standingOf(result, way)) {
    case 'told':
      return `${outcomeWords[outcome]}, but ${gate.erratic ? 'marked as erratic' : 'its level is warn'}`;
    case 'inconclusive':
      return counts(result) ? 'cannot tell, which fails only with --inconclusive fail' : 'cannot tell';
    default:
      return null;
  }
}

const outcomeWords = {
  pass: 'passes',
  regressed: 'regressed',
  'over-budget': 'over its budget',
  inconclusive: 'cannot tell',
  'not-judged': 'not judged',
} as const;
