import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../../src/report/page/page.ts';
import { type RunFolder, readRun } from '../../../../src/results/run-folder.ts';
import type { Sample } from '../../../../src/results/sample.ts';
import { compareRun } from '../../../../src/verdict/comparison.ts';
import { detailedRun, withText } from './detailed-run.ts';

const render = (run: RunFolder): string => renderPage(run, compareRun(run));
const words = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const twelve = readRun(join(import.meta.dirname, '../../../fixtures/runs/twelve-rounds'));

describe('the page of a run', () => {
  const page = render(twelve);

  it('answers in one sentence first', () => {
    expect(words(page)).toContain(
      'Deploying a code edit takes 9.53 s instead of 29.5 s (3.1× faster, 95 % interval 3.0–3.2×, faster in 12 of 12 rounds).',
    );
  });

  it('says before anything else what the deploy waits for, and what cutting the image would be worth', () => {
    const first = words(page).split('Scorecard')[0] ?? '';
    expect(first).toContain('Building the image takes 5.20 s of 9.53 s (55 %).');
    expect(first).toContain(
      'a smaller image would save at most 783 ms of 9.53 s. Size is not what this deploy waits for.',
    );
  });

  it('has every section under a heading of its own, in order', () => {
    const headings = [...page.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(headings).toEqual(
      [
        'What such a deploy waits for',
        'Scorecard',
        'Where the time goes',
        'One deploy, step by step',
        'Layers',
        'How sure this is',
        'Machine, engine, links',
      ].map((text) => text.replace('engine,', 'engines,')),
    );
  });

  it('grades with sources, and tells the command that makes the run again', () => {
    expect(words(page)).toContain('EuroSys 2015');
    expect(words(page)).toContain('deployclock run node-api --kinds first,code-edit,no-change --rounds 12 --seed 13');
  });

  it('marks the outlier of round 7 and the effect of going first', () => {
    expect(words(page)).toContain('faster in 12 of 12 pairs');
    expect(words(page)).toContain('carry-over suspected in first of after');
  });

  it('asks for nothing and runs nothing', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<link|<iframe|<img|<object|\son\w+=|javascript:|@import|url\((?!#)/i);
    expect([...page.matchAll(/(?:src|href)="([^#"][^"]*)"/g)]).toEqual([]);
  });

  it('has no id twice', () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to fills and clips that it has', () => {
    const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
    const used = [...page.matchAll(/url\(#([^)]*)\)|href="#([^"]*)"/g)].map(([, fill, href]) => fill ?? href);
    expect(used.filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe('the same folder', () => {
  it('gives the same bytes, whatever was drawn before', () => {
    const run = detailedRun();
    const once = render(run);
    render(twelve);
    expect(render(run)).toBe(once);
  });
});

describe('runs of every shape', () => {
  it('one round: nothing is tested, and it says so', () => {
    const page = words(render(detailedRun({ rounds: 1 })));
    expect(page).toMatch(/Deploying a code edit took .* instead of .*1 round, too few to test/);
  });

  it('one variant: nothing is compared', () => {
    const page = words(render(detailedRun({ variants: ['only'] })));
    expect(page).toMatch(/Deploying a code edit takes [\d.]+ s \(median of 6 deploys; only alone was measured/);
    expect(page).toContain('What it waits for');
  });

  it('without a code-edit: the first kind is told, and its release clock has no grade', () => {
    const page = render(detailedRun({ kinds: ['first'] }));
    expect(words(page)).toContain('The first deploy takes');
    expect(page).toMatch(
      /data-label="Release clock, first"><span class="figure">[^<]+<\/span><span class="change|data-label="Release clock, first"><span class="figure">[^<]+<\/span><\/td>/,
    );
    expect(page).toContain('<span aria-label="not measured">–</span>');
  });

  it('failed samples: they are listed with the reason, and are in no number', () => {
    const fail = (sample: Sample): Sample =>
      sample.round === 2 && sample.kind === 'code-edit' && sample.variant === 'after'
        ? {
            ...sample,
            outcome: 'build-failed',
            release: null,
            failure: { code: 'BUILD_FAILED', message: 'RUN npm ci failed', excerpt: 'npm error\nENOENT' },
          }
        : sample;
    const page = words(render(detailedRun({ change: fail })));
    expect(page).toContain('✘ build-failed code-edit of after, round 2');
    expect(page).toContain('RUN npm ci failed');
    expect(page).toContain('after: 5 of 6 planned deploys count');
  });

  it('nothing that counts: it says so, and has no number', () => {
    const page = words(
      render(detailedRun({ change: (sample) => ({ ...sample, outcome: 'lab-failed', release: null }) })),
    );
    expect(page).toContain('No deploy of this run counts');
    expect(page).toContain('so there is none to draw');
  });

  it('no sample at all', () => {
    const run = detailedRun();
    expect(words(render({ ...run, samples: [] }))).toContain('No deploy of this run counts');
  });

  it('eight variants: all of them in every table, the fastest in the answer', () => {
    const variants = Array.from({ length: 8 }, (_, at) => `variant-${at}`);
    const page = render(detailedRun({ variants, factors: [1, 0.9, 0.8, 0.5, 0.7, 0.95, 1.1, 1.2], rounds: 8 }));
    expect(words(page)).toMatch(
      /With variant-3, deploying a code edit takes .*the fastest of 7 variants beside variant-0/,
    );
    for (const name of variants) expect(page).toContain(`<th scope="row">${name}</th>`);
  });

  it('sixty steps: those that take time are shown, the others counted', () => {
    const page = words(render(detailedRun({ steps: 60 })));
    expect(page).toContain('36 shorter steps not shown');
    expect(page).toMatch(/46 shorter instructions more, 46 of them from the cache/);
  });

  it('a start-up of thirty seconds is the first thing it says', () => {
    const first = words(render(detailedRun({ readyMs: 30_000 }))).split('Scorecard')[0] ?? '';
    expect(first).toMatch(
      /after: The app’s own start, until it passes its readiness check, takes 30.\d s of 3\d.\d s \(9\d %\)/,
    );
  });
});

describe('hostile texts', () => {
  const attacks = [
    '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
    '" onmouseover="alert(1)" x="',
    '</style></title></svg>]]><svg onload=alert(1)>',
    '\u001b[31mred\u001b[0m\u0007\u202egnp.exe\u2066',
    `$\{alert(1)}&lt;b&gt;&#60;b>`,
    'x'.repeat(5_000),
  ];

  it.each(attacks)('show themselves and nothing else: %s', (attack) => {
    const fail = (sample: Sample): Sample =>
      sample.round === 1
        ? { ...sample, outcome: 'crashed', release: null, failure: { code: 'X', message: 'm', excerpt: 'one\ntwo' } }
        : sample;
    const page = render(withText(detailedRun({ change: fail, rounds: 2 }), attack));
    const tags = new Set([...page.matchAll(/<([a-zA-Z][\w:-]*)/g)].map(([, tag]) => tag));
    expect(
      [...tags].filter((tag) => ['script', 'img', 'iframe', 'object', 'link', 'base'].includes(tag ?? '')),
    ).toEqual([]);
    expect(page.match(/<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+=/gi)).toBeNull();
    expect(page.match(/<style>/g)).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there.
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(page.length).toBeLessThan(1_000_000);
    expect(Math.max(...page.split('\n').map((line) => line.length))).toBeLessThan(100_000);
  });
});

describe('a run of twenty rounds', () => {
  const kinds = ['first', 'code-edit', 'dependency-edit', 'no-change', 'new-server', 'rollback'];
  const eight = {
    variants: Array.from({ length: 8 }, (_, at) => `variant-${at}`),
    factors: [1, 0.9, 0.8, 0.5, 0.7, 0.95, 1.1, 1.2],
  };

  it('is drawn in less than two seconds of a processor', () => {
    const run = detailedRun({ rounds: 20, kinds, steps: 20 });
    const comparison = compareRun(run);
    const before = process.cpuUsage();
    const page = renderPage(run, comparison);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2_000);
    expect(page.length).toBeLessThan(500_000);
  });

  it('is smaller than a megabyte even with six kinds and eight variants', () => {
    const page = render(detailedRun({ ...eight, rounds: 20, kinds, steps: 20 }));
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  }, 30_000);
});
