import { describe, expect, it } from 'vitest';
import { commentMark, renderCiComment } from '../../../src/report/ci-comment.ts';
import { renderCiSummary } from '../../../src/report/ci-summary.ts';
import type { CiView } from '../../../src/report/ci-view.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { ciViewOf, gateOn, quick, slow } from './ci-view.ts';

const rowsOf = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('|'));

describe('the comment', () => {
  const text = renderCiComment(ciViewOf({ base: quick, head: slow, over: { warnings: ['HEAD lacks 2 commits.'] } }));

  it('begins with the mark and the headline', () => {
    const [mark, empty, title] = text.split('\n');
    expect([mark, empty]).toEqual(['<!-- deployclock:shop -->', '']);
    expect(title).toMatch(/^### ❌ shop: Regressed: a code edit deploys in/);
  });

  it('has a row for each gate: base, head, the change with its interval, the verdict', () => {
    const [head, aligned, release, ...others] = rowsOf(text);
    expect([head, aligned]).toEqual([
      '|  | base | head | change (95 % interval) |  |',
      '| :-- | --: | --: | --: | :-- |',
    ]);
    expect(release).toMatch(
      /^\| code-edit\.release \| 8\.\d\d s \| 47\.\d s \| \+48\d % \\\[\+48\d %, \+49?\d+ %\\\] \| ❌ regressed \|$/,
    );
    expect(others[1]).toMatch(
      /^\| code-edit\.push \| \d+ ms \| [\d.]+ s \| ×\d+\.\d \\\[×[\d.]+, ×[\d.]+\\\] \| ❌ regressed \|$/,
    );
    expect(others[3]).toMatch(/^\| code-edit\.stop \|.*\| ✅ pass \|$/);
  });

  it('has the facts that explain it, what to beware of, and the rest folded', () => {
    expect(text).toContain(
      '- code-edit: head pushes and pulls 22.8 MB in 3 of 7 layers instead of 5.21 kB in 1 of 7 layers; takes 1 of 9 steps from the cache instead of 5 of 9.',
    );
    expect(text).toContain('Warnings:\n\n- HEAD lacks 2 commits.');
    expect(text.match(/<details>/g)).toHaveLength(2);
    expect(text.match(/<\/details>/g)).toHaveLength(2);
    expect(text).toContain('base origin/main (0123456789) → head HEAD (fedcba9876), measured in turns');
  });

  it('says so where bytes and layers are the same, and nothing where they are not known', () => {
    expect(renderCiComment(ciViewOf({ base: quick, head: quick }))).toContain(
      '- code-edit: bytes moved and cached steps do not differ.',
    );
    const unknown = { ...quick, facts: {} };
    expect(renderCiComment(ciViewOf({ base: unknown, head: unknown }))).not.toContain('do not differ');
  });

  it('has no column of base for head alone', () => {
    const alone = renderCiComment(
      ciViewOf({ base: null, head: quick, gates: [gateOn('code-edit.release', { budget: 60_000 })] }),
    );
    expect(alone).toContain('### ⚠️ shop: Not compared: origin/main has no Dockerfile: it is new in HEAD.');
    expect(rowsOf(alone)[2]).toMatch(/^\| code-edit\.release \| – \| 8\.\d\d s \| – \| ✅ pass \(budget 60 s\) \|$/);
  });

  it('tells what was not judged, and which gates have no effect', () => {
    const gates = [
      gateOn('code-edit.build', { maxIncrease: 0.05 }),
      gateOn('code-edit.push', { maxIncrease: 0.05, erratic: true }),
    ];
    const told = renderCiComment(ciViewOf({ base: quick, head: slow, gates }));
    expect(told).toContain(
      'Could have failed, and did not:\n\n- code-edit.push of head, increase: regressed, but marked as erratic',
    );
    const few = renderCiComment(ciViewOf({ base: quick, head: slow, rounds: 3 }));
    expect(few).toMatch(/Not judged, or not compared:\n\n- code-edit\.release of head: .* 3 pairs, and it takes 6/);
  });
});

describe('texts of others', () => {
  const evil = '@you #1 | <img src=x> ```\u001b[31m --> <!-- deployclock:other -->';
  const failed = (sample: Sample): Sample => ({
    ...sample,
    outcome: 'crashed',
    failure: { code: 'APP_CRASHED', message: evil, excerpt: evil },
  });
  const view = ciViewOf({
    base: quick,
    head: slow,
    samples: (samples) => samples.map((sample) => (sample.round === 1 ? failed(sample) : sample)),
    over: { warnings: [evil], base: { ref: evil, commit: 'abc' } },
  });

  it.each([
    ['comment', renderCiComment],
    ['summary', renderCiSummary],
  ])('let no markup, mention or escape sequence through: %s', (_, render) => {
    const text = render(view);
    expect(text).not.toMatch(/@you|<img|[^\P{Cc}\n]/u);
    expect(text.match(/<!--/g) ?? []).toHaveLength(render === renderCiComment ? 1 : 0);
    for (const row of rowsOf(text)) expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
  });

  it('cannot break the mark', () => {
    expect(commentMark('shop')).toBe('<!-- deployclock:shop -->');
    expect(commentMark('x --> <b>\n')).toBe('<!-- deployclock:x-b- -->');
  });
});

describe('limits', () => {
  const many = (count: number): CiView => {
    const view = ciViewOf({ base: quick, head: slow, over: { warnings: Array(50).fill('&'.repeat(5000)) } });
    const [kind] = view.comparison.kinds;
    const kinds =
      kind === undefined ? [] : Array.from({ length: count }, (_, index) => ({ ...kind, kind: `kind-${index}` }));
    return { ...view, comparison: { ...view.comparison, kinds } };
  };

  it('of a comment are kept by leaving out whole pieces, the least important first, and saying so', () => {
    const text = renderCiComment(many(60));
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('### ❌ shop: Regressed:');
    expect(text).toMatch(/Left out, to keep within GitHub's limit: .*the numbers of kind-59, how it was measured\.\n$/);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('of a summary are wider, and kept too', () => {
    const text = renderCiSummary(many(1200));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 ** 2);
    expect(Buffer.byteLength(text)).toBeGreaterThan(500_000);
    expect(text).toMatch(/^## ❌ shop: Regressed:/);
  });

  it('hold for gates without number and refs without end', () => {
    const gates = Array.from({ length: 500 }, (_, index) => gateOn('code-edit.build.contextBytes', { budget: index }));
    const facts = { ...quick.facts, 'build.contextBytes': 1000 };
    const text = renderCiComment(
      ciViewOf({
        base: { ...quick, facts },
        head: { ...quick, facts },
        gates,
        over: { base: { ref: '<'.repeat(99_999), commit: 'a' } },
      }),
    );
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('| and 440 rows more |');
  });
});
