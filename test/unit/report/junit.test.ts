import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../src/report/junit.ts';
import { xmlText } from '../../../src/report/xml-text.ts';
import { exampleRecord, exampleRun } from '../results/example-run.ts';
import { budgetResult, gateResult, gateView } from './gate-results.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a document, in order; fails where it is not well-formed XML 1.0. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}

const cannotTell = { sort: 'cannot-tell', stage: 'once', pairs: 6, detectable: 0.09 } as const;
const noBaseline = { sort: 'no-baseline' } as const;
const results = [
  budgetResult(),
  gateResult(),
  gateResult({ outcome: 'not-judged', reason: noBaseline, value: null, change: null }),
  gateResult({ gate: { level: 'warn' }, fails: false }),
  gateResult({ gate: { erratic: true }, fails: false }),
  gateResult({ outcome: 'inconclusive', reason: cannotTell, fails: false }),
  gateResult({
    outcome: 'not-judged',
    reason: noBaseline,
    value: null,
    change: null,
    gate: { level: 'warn' },
    fails: false,
  }),
];

describe('the document', () => {
  it('has a suite for the scenario, with counts that add up', () => {
    const [suites, suite] = elementsOf(renderJunit(gateView(results, { outcome: 'failed' })));
    const counts = { tests: '7', failures: '1', errors: '1', skipped: '4' };
    expect(suites).toMatchObject({ name: 'testsuites', attributes: counts });
    expect(suite).toMatchObject({
      name: 'testsuite',
      attributes: { ...counts, name: 'node-api', timestamp: '2026-11-23T20:41:07' },
    });
  });

  it('has a case for each gate, variant and rule, named without its numbers', () => {
    const cases = elementsOf(renderJunit(gateView(results))).filter(({ name }) => name === 'testcase');
    expect(cases.map(({ attributes }) => `${attributes.classname} ${attributes.name}`).slice(0, 2)).toEqual([
      'node-api.after code-edit.release budget',
      'node-api.after code-edit.pull increase',
    ]);
    expect(cases).toHaveLength(7);
  });

  it('says what fails as failure, what was not judged as error, what fails nothing as skipped, each with its sentence', () => {
    const sorts = ['system-out', 'failure', 'error', 'skipped'];
    const inside = elementsOf(renderJunit(gateView(results))).filter(({ name }) => sorts.includes(name));
    expect(inside.map(({ name }) => name)).toEqual([
      ...['system-out', 'failure', 'error', 'skipped', 'skipped', 'skipped', 'skipped'],
    ]);
    const messages = inside.map(({ attributes: { message = '' }, text }) => message || text);
    expect(messages[0]).toBe('code-edit.release of after: 28.1 s, budget 30 s: pass');
    expect(messages[1]).toContain('at most +5 % or 200 ms: regressed');
    expect(messages[2]).toContain('not judged: ');
    expect(messages[3]).toMatch(/^warning: code-edit.pull of after: /);
    expect(messages[4]).toMatch(/^erratic: /);
    expect(messages[5]).toContain('cannot tell below ±9 %');
    expect(inside[1]?.attributes.type).toBe('regressed');
  });

  it('agrees with the exit code on gates that cannot tell', () => {
    const failing = elementsOf(renderJunit(gateView(results, { inconclusive: 'fail' })));
    expect(failing[0]?.attributes).toMatchObject({ failures: '2', skipped: '3' });
  });

  it('is well-formed whatever the names are, and says them', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'&<>"\'\t\n\r]]>\u0000\u001b[31m\ud800\ufffe') }),
    );
    fc.assert(
      fc.property(anyText, anyText, anyText, (scenario, variant, metric) => {
        const record = exampleRecord(['before', variant]);
        const run = exampleRun([], { record: { ...record, scenario: { ...record.scenario, name: scenario } } });
        const hostile = [
          gateResult({ variant, gate: { metric } }),
          gateResult({ variant, gate: { level: 'warn' }, fails: false }),
        ];
        const elements = elementsOf(renderJunit(gateView(hostile, { run })));
        expect(elements.filter(({ name }) => name === 'testcase')).toHaveLength(2);
        expect(elements.filter(({ name }) => name === 'failure')).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  }, 20_000);
});

describe('text in XML', () => {
  it('comes out of a parser as it went in, but for what XML cannot say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const legal = [...text]
          .filter((character) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(character))
          .join('');
        const xml = `<a b="${xmlText(text)}">${xmlText(text)}</a>`;
        expect(elementsOf(xml)).toEqual([{ name: 'a', attributes: { b: legal }, text: legal }]);
      }),
    );
  });

  it.each([
    ['\ud800', ''],
    ['a\udc00b', 'ab'],
    ['\ud83d\ude00', '\ud83d\ude00'],
    ['\u0000\u0008\u000b\u001f\ufffe\uffff', ''],
    [']]>', ']]&gt;'],
  ])('%j becomes %j', (text, written) => {
    expect(xmlText(text)).toBe(written);
  });
});
