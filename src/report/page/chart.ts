import { createRequire } from 'node:module';
import type * as Echarts from 'echarts';
import { xmlText } from '../xml-text.ts';
import { type Markup, trusted } from './html.ts';

export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly option: Echarts.EChartsCoreOption;
  /** What a screen reader says in its place. */
  readonly label: string;
  /** Told on hover, by series and data index. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Whether a chart is for a screen so wide that there is a pointer to hover with: a narrow one needs no titles. */
export function hasPointer(width: number): boolean {
  return width > 500;
}

const require = createRequire(import.meta.url);

/**
 * Draws a chart as SVG, without a browser and without a script. The library is loaded when the first chart is drawn, since most commands draw
 * none; as one file, since its six hundred modules take five times as long.
 */
export function drawChart({ width, height, option, label, titles }: Chart): Markup {
  const echarts = require('echarts/dist/echarts.common.min.js') as typeof Echarts;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option });
    return trusted(settled(chart.renderToSVGString(), width, label, titles));
  } finally {
    chart.dispose();
  }
}

/**
 * The library numbers its classes and ids across all charts of a process, and styles hovering for a script that is not here: both go, so that
 * the same chart has the same bytes, and titles come in.
 */
function settled(svg: string, width: number, label: string, titles: ReadonlyMap<string, string>): string {
  const clip = clipName(`${width} ${label}`);
  return svg
    .replace(/<style >[\s\S]*?<\/style>\n?/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/(id="|#)zr\d+-c/g, `$1${clip}`)
    .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="none"><\/rect>\n/, '')
    .replace(/ (xmlns:xlink|version|baseProfile|xml:space|pointer-events)="[^"]*"/g, '')
    .replace(/ style="font-size:(\d+)px;font-family:inherit;"/g, ' font-size="$1"')
    .replace(
      / ecmeta_series_index="(\d+)" ecmeta_data_index="(\d+)" ecmeta_ssr_type="chart"><\//g,
      (_, series, index) => {
        const title = titles.get(`${series}:${index}`);
        return title === undefined ? '></' : `><title>${xmlText(title)}</title></`;
      },
    )
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/^<svg width="\d+" height="\d+"/, `<svg class="chart" role="img" aria-label="${xmlText(label)}"`);
}

/** Ids are of the whole page: one for each chart, made of what it shows. */
function clipName(label: string): string {
  let hash = 0;
  for (const character of label) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return `clip-${hash.toString(36)}-`;
}
