import { describe, expect, it } from 'vitest';
import { ciHeadline } from '../../../src/report/ci-headline.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { defaultGates } from '../../../src/verdict/default-gates.ts';
import { ciViewOf, gateOn, quick, slow, type Wanted } from './ci-view.ts';

const headline = (wanted: Wanted): string[] => {
  const { sort, text } = ciHeadline(ciViewOf(wanted));
  return [sort, text];
};

describe('what a run of ci says in one sentence', () => {
  it('is what regressed, and by how much', () => {
    const [sort, text] = headline({ base: quick, head: slow });
    expect(sort).toBe('failed');
    expect(text).toMatch(
      /^Regressed: a code edit deploys in 47\.\d s instead of 8\.\d\d s \(\+48\d %\); code-edit\.build takes 30\.\d s instead of [\d.]+ s \(\+6\d\d %\); code-edit\.push takes [\d.]+ s instead of \d+ ms \(×20\.\d\); code-edit\.pull takes [\d.]+ s instead of \d+ ms \(×20\.\d\)$/,
    );
  });

  it('is what was won', () => {
    const [sort, text] = headline({ base: slow, head: quick });
    expect(sort).toBe('won');
    expect(text).toMatch(/^A code edit deploys in 8\.\d\d s instead of 47\.\d s$/);
  });

  it('is that nothing changed, where that is known', () => {
    const [sort, text] = headline({ base: quick, head: quick });
    expect(sort).toBe('passed');
    expect(text).toMatch(/^No difference: a code edit deploys in 8\.\d\d s, before in 8\.\d\d s$/);
  });

  it('is what could have been seen, where nothing is known and no gate is open', () => {
    const gates = [gateOn('code-edit.release', { budget: 60_000 })];
    const [sort, text] = headline({ base: quick, head: quick, noise: 0.6, gates });
    expect(sort).toBe('passed');
    expect(text).toMatch(/^No regression was found: a code edit deploys in .* before in .*; 10 pairs see ±\d+ %$/);
  });

  it('does not hide that it is slower, where no gate minds', () => {
    const gates = [gateOn('code-edit.release', { budget: 60_000 })];
    expect(headline({ base: quick, head: slow, gates })[1]).toMatch(
      /^Slower, and within its gates: a code edit deploys/,
    );
  });

  it('is the budget that is broken, and the facts that grew', () => {
    const gates = [
      gateOn('code-edit.release', { budget: 30_000 }),
      gateOn('code-edit.pull.bytes', { maxIncrease: 0 }),
      gateOn('code-edit.push', { maxIncrease: 0.05, level: 'warn' }),
    ];
    const [sort, text] = headline({ base: quick, head: slow, gates });
    expect(sort).toBe('failed');
    expect(text).toMatch(
      /^Regressed: a code edit deploys in 47\.\d s, budget 30 s; code-edit\.pull\.bytes is 22\.8 MB instead of 5\.21 kB \(×>999\)$/,
    );
    const [only] = gates;
    expect(headline({ base: quick, head: slow, gates: only === undefined ? [] : [only] })[1]).toMatch(/^Over budget: /);
  });

  it('is what cannot be told', () => {
    const [sort, text] = headline({ base: quick, head: quick, noise: 0.6 });
    expect(sort).toBe('inconclusive');
    expect(text).toMatch(/^Cannot tell: code-edit\.release [+−][\d.]+ % \[.*\] in 10 pairs; .*; code-edit\./);
    const way = ciViewOf({ base: quick, head: quick, noise: 0.6 });
    const gates = way.gates === null ? null : { ...way.gates, inconclusive: 'fail' as const };
    expect(ciHeadline({ ...way, gates }).sort).toBe('failed');
  });

  it('is what could not be judged', () => {
    const [sort, text] = headline({ base: quick, head: quick, rounds: 3 });
    expect(sort).toBe('not-judged');
    expect(text).toContain('Not judged: code-edit.release of head');
    expect(text).toContain('3 pairs, and it takes 6');
    expect(text).toMatch(/, and 5 more$/);
  });

  it('is why there is no comparison, and what head needs', () => {
    expect(headline({ base: null, head: quick, gates: null })).toEqual([
      'not-compared',
      expect.stringMatching(
        /^Not compared: origin\/main has no Dockerfile: it is new in HEAD\. A code edit deploys in 8\.\d\d s\.$/,
      ),
    ]);
    const gates = [gateOn('code-edit.release', { budget: 5000 })];
    expect(headline({ base: null, head: quick, gates })[1]).toMatch(
      /^Over budget: a code edit deploys in 8\.\d\d s, budget 5 s$/,
    );
  });

  it('is what failed, where no deploy could be judged', () => {
    const failed = (sample: Sample): Sample => ({
      ...sample,
      outcome: 'build-failed',
      failure: { code: 'BUILD_FAILED', message: 'RUN npm ci failed.', excerpt: null },
      release: null,
    });
    const samples = (all: readonly Sample[]): Sample[] => all.map(failed);
    expect(headline({ base: quick, head: quick, rounds: 1, gates: null, samples })).toEqual([
      'not-judged',
      'Not judged: code-edit of head ended as build-failed: RUN npm ci failed.',
    ]);
    expect(headline({ base: quick, head: quick, gates: null, samples: () => [] })[1]).toBe('Nothing was judged');
    expect(headline({ base: quick, head: quick, samples, gates: defaultGates })[0]).toBe('not-judged');
  });
});
