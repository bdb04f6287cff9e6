import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { drawTable } from '../../../src/report/draw-table.ts';
import type { MetricCell, MetricTable } from '../../../src/report/metric-table.ts';
import { textWidth } from '../../../src/report/text-width.ts';

const plain = (width: number) => ({ color: false, width });

function tableOf(variants: readonly string[]): MetricTable {
  const cells = variants.map((_, index): MetricCell => {
    const beside = index === 0 ? { ratio: null, tone: null } : { ratio: index + 1, tone: 'worse' as const };
    return { text: `${index + 1}.00 s`, ...beside };
  });
  return {
    variants,
    groups: [[{ label: 'build', strong: false, cells }], [{ label: 'release clock', strong: true, cells }]],
  };
}

describe('drawTable', () => {
  it('draws names over numbers, ratios beside them and a rule between groups', () => {
    expect(drawTable(tableOf(['before', 'after']), plain(80))).toEqual([
      '╭───────────────┬────────┬─────────────────╮',
      '│               │ before │  after          │',
      '├───────────────┼────────┼─────────────────┤',
      '│ build         │ 1.00 s │ 2.00 s  ×2.00 ✘ │',
      '├───────────────┼────────┼─────────────────┤',
      '│ release clock │ 1.00 s │ 2.00 s  ×2.00 ✘ │',
      '╰───────────────┴────────┴─────────────────╯',
    ]);
  });

  it('splits what does not fit, each part beginning with the baseline', () => {
    const variants = ['base', 'one', 'two', 'three', 'four'];
    const heads = (width: number): string[][] =>
      drawTable(tableOf(variants), plain(width))
        .filter((line) => line.includes('base'))
        .map((line) => line.split(/[│ ]+/).filter((word) => word !== ''));
    expect(heads(120)).toEqual([variants]);
    expect(heads(64)).toEqual([
      ['base', 'one', 'two'],
      ['base', 'three', 'four'],
    ]);
    expect(heads(10)).toEqual([
      ['base', 'one'],
      ['base', 'two'],
      ['base', 'three'],
      ['base', 'four'],
    ]);
  });

  it('has lines of one width, with long and with wide names', () => {
    const lines = drawTable(tableOf(['構築', 'Dockerfile.production-with-a-very-long-name']), plain(80));
    expect(new Set(lines.map(textWidth)).size).toBe(1);
    expect(lines.join('\n')).toContain('…');
  });

  it('gives a table the column widths of those shown with it', () => {
    const narrow = tableOf(['a', 'b']);
    const broad = tableOf(['a', 'b']);
    const row = {
      label: 'pushed',
      strong: false,
      cells: [
        { text: '980 kB–1.20 MB', ratio: null, tone: null },
        { text: '–', ratio: null, tone: null },
      ],
    };
    const peers = [narrow, { ...broad, groups: [...broad.groups, [row]] }];
    const [widths] = [peers.map((table) => textWidth(drawTable(table, plain(80), peers)[0] ?? ''))];
    expect(widths[0]).toBe(widths[1]);
  });

  it('says the same with colour as without', () => {
    const table = tableOf(['before', 'after']);
    const coloured = drawTable(table, { color: true, width: 80 });
    expect(coloured.map(stripVTControlCharacters)).toEqual(drawTable(table, plain(80)));
    expect(coloured.join('')).toContain('\u001b[31m  ×2.00 ✘\u001b[39m');
    expect(coloured.join('')).toContain('\u001b[1mrelease clock\u001b[22m');
  });

  it.each([
    ['better', '\u001b[32m  ×0.50 ✔\u001b[39m'],
    ['worse', '\u001b[31m  ×0.50 ✘\u001b[39m'],
    ['same', '\u001b[2m  ×0.50 =\u001b[22m'],
    ['unsure', '2.00 s  ×0.50 ?'],
    [null, '2.00 s  ×0.50'],
  ] as const)('colours a ratio by its verdict, and not at all where nothing was tested: %s', (tone, shown) => {
    const cells = [
      { text: '4.00 s', ratio: null, tone: null },
      { text: '2.00 s', ratio: 0.5, tone },
    ];
    const table = { variants: ['before', 'after'], groups: [[{ label: 'build', strong: false, cells }]] };
    expect(drawTable(table, { color: true, width: 80 }).join('\n')).toContain(shown);
  });
});
