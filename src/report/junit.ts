import type { GateResult } from '../verdict/gate.ts';
import { gateSentence } from './gate-sentence.ts';
import { type GateView, ruleWord, type Standing, safeGateView, standingOf } from './gate-view.ts';
import { xmlElement, xmlText } from './xml-text.ts';

/**
 * Gates as JUnit XML, as CI systems show it: a suite for the scenario, a case for each gate, variant and rule. A case is named without
 * its numbers, so that its history goes on when a limit is changed. What fails is a failure; what was not judged, an error; what cannot
 * tell or only warns is skipped, with its sentence.
 */
export function renderJunit(view: GateView): string {
  const { run, report, inconclusive } = safeGateView(view);
  const { scenario, startedAt, id, tool } = run.record;
  const count = (...wanted: Standing[]): number =>
    report.results.filter((result) => wanted.includes(standingOf(result, inconclusive))).length;
  const counts = {
    tests: report.results.length,
    failures: count('fails'),
    errors: count('not-judged'),
    skipped: count('told', 'inconclusive'),
  };
  const properties = Object.entries({ run: id, deployclock: tool.version }).map(([name, value]) =>
    xmlElement('property', { name, value }),
  );
  const suite = xmlElement(
    'testsuite',
    { name: scenario.name, ...counts, time: 0, timestamp: withoutZone(startedAt) },
    [
      xmlElement('properties', {}, properties),
      ...report.results.map((result) => `\n    ${testCase(result, scenario.name, standingOf(result, inconclusive))}`),
      '\n  ',
    ],
  );
  const suites = xmlElement('testsuites', { name: 'deployclock gate', ...counts, time: 0 }, [`\n  ${suite}\n`]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites}\n`;
}

function testCase(result: GateResult, scenario: string, standing: Standing): string {
  const { gate, variant, outcome } = result;
  const name = `${gate.metric} ${ruleWord(result)}`;
  const sentence = gateSentence(result);
  const attributes = { classname: `${scenario}.${variant}`, name, time: 0 };
  switch (standing) {
    case 'pass':
      return xmlElement('testcase', attributes, [xmlElement('system-out', {}, [xmlText(sentence)])]);
    case 'fails':
      return xmlElement('testcase', attributes, [
        xmlElement('failure', { message: sentence, type: outcome }, [xmlText(sentence)]),
      ]);
    case 'not-judged':
      return xmlElement('testcase', attributes, [
        xmlElement('error', { message: sentence, type: outcome }, [xmlText(sentence)]),
      ]);
    default:
      return xmlElement('testcase', attributes, [
        xmlElement('skipped', { message: `${whySkipped(result)}${sentence}` }),
      ]);
  }
}

function whySkipped({ gate }: GateResult): string {
  if (gate.erratic) return 'erratic: ';
  return gate.level === 'warn' ? 'warning: ' : '';
}

/** The format has local times without a zone: `2026-11-23T20:41:07`. */
function withoutZone(instant: string): string {
  return instant.replace(/(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/, '');
}
