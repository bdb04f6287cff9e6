import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../../src/report/page/chart.ts';
import { drawWaterfall } from '../../../../src/report/page/draw-waterfall.ts';
import { clip, html } from '../../../../src/report/page/html.ts';
import { ticksTo, tickText } from '../../../../src/report/page/ticks.ts';
import { waterfallOf } from '../../../../src/report/page/waterfall.ts';
import { detailedRun } from './detailed-run.ts';

describe('a template of markup', () => {
  it('escapes texts, between tags and in attributes, and keeps markup', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(html`<a title="${'" x="'}">${['a&b', inner, 7, null]}</a>`.markup).toBe(
      '<a title="&quot; x=&quot;">a&amp;b<b>&lt;i&gt;</b>7</a>',
    );
  });

  it('clips without cutting a character in half', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('ab😀cd', 4)).toBe('ab…');
  });
});

describe('an axis', () => {
  it.each([
    [0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [37_000, 4, [0, 10_000, 20_000, 30_000, 40_000]],
    [1_000_000, 5, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]],
  ])('to %d in about %d steps has round numbers', (most, wanted, at) => {
    expect(ticksTo(most, wanted).at.map((each) => Number(each.toPrecision(12)))).toEqual(at);
  });

  it('has labels without needless digits', () => {
    expect([0, 250, 1500, 30_000, 600_000, 900_000].map(tickText)).toEqual([
      '0',
      '250 ms',
      '1.5 s',
      '30 s',
      '10 min',
      '15 min',
    ]);
  });
});

describe('a chart', () => {
  const draw = (label: string): string =>
    drawChart({
      width: 300,
      height: 100,
      label,
      titles: new Map([['0:1', 'second <b>']]),
      option: {
        xAxis: { type: 'value' },
        yAxis: { type: 'category', data: ['<i>', 'two'] },
        series: [
          { type: 'bar', data: [1, 2], emphasis: { disabled: true } },
          { type: 'line', data: [1, 2] },
        ],
      },
    }).markup;

  it('has the same bytes whenever it is drawn', () => {
    const once = draw('one');
    draw('another');
    expect(draw('one')).toBe(once);
  });

  it('has titles, a role and a label, and no style of the library', () => {
    const svg = draw('a "label"');
    expect(svg).toContain('<title>second &lt;b&gt;</title></path>');
    expect(svg).toMatch(/^<svg class="chart" role="img" aria-label="a &quot;label&quot;" /);
    expect(svg).toContain('&lt;i&gt;');
    expect(svg).not.toMatch(/<style|zr\d|ecmeta|<i>/);
  });
});

describe('a waterfall', () => {
  const { samples } = detailedRun({ variants: ['only'], rounds: 1, steps: 6 });
  const edit = samples.find(({ kind }) => kind === 'code-edit');
  if (edit === undefined) throw new Error('no code-edit');
  const { phases, releaseMs } = waterfallOf(edit, 'stop-first');

  it('has the phases one after the other, in the order of the deploy', () => {
    expect(phases.map(({ phase }) => phase)).toEqual(['build', 'push', 'pull', 'stop', 'start', 'ready']);
    expect(phases.every(({ startMs }, at) => startMs === (phases[at - 1]?.endMs ?? 0))).toBe(true);
    expect(phases.at(-1)?.endMs).toBeCloseTo(releaseMs - 3, 6);
    expect(
      waterfallOf(edit, 'start-first')
        .phases.map(({ phase }) => phase)
        .slice(-3),
    ).toEqual(['start', 'ready', 'stop']);
  });

  it('places steps, layers and instants on the deploy’s own axis', () => {
    const [build, push, pull, , , ready] = phases;
    expect(build?.rows.map(({ label, look, critical }) => [label, look, critical]).slice(2)).toEqual([
      ['3/6 RUN npm run part-2', 'pale', false],
      ['4/6 COPY part-3 .', 'pale', false],
      ['5/6 RUN npm run part-4', 'solid', true],
      ['6/6 COPY part-5 .', 'solid', true],
    ]);
    expect(push?.rows).toHaveLength(2);
    expect(push?.rows.every(({ startMs, endMs }) => startMs >= push.startMs && endMs <= push.endMs)).toBe(true);
    expect(pull?.rows.at(-1)).toMatchObject({ look: 'tail', endMs: pull?.endMs });
    expect(ready?.rows.map(({ label }) => label)).toEqual(['listening', 'first response', 'first success']);
  });

  it('says its figures in words beside every bar', () => {
    const text = drawWaterfall(waterfallOf(edit, 'stop-first'), 'grid').markup.replace(/<[^>]*>/g, ' ');
    expect(text).toContain('2 blobs');
    expect(text).toContain('first success 900 ms'.slice(0, 13));
    expect(text).toContain('(critical path)');
  });

  it('of a sample without detail has its phases alone', () => {
    const bare = {
      ...edit,
      phases: { ...edit.phases, build: edit.phases.build === null ? null : { ...edit.phases.build, detail: null } },
    };
    expect(waterfallOf(bare, 'stop-first').phases[0]?.rows).toEqual([]);
  });
});
