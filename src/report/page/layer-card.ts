import { instructionsOf } from '../../verdict/build-order.ts';
import { type ImageLayer, imageLayers } from '../../verdict/image-layers.ts';
import { type LayerMakers, layerMakers, layerOrder } from '../../verdict/layer-makers.ts';
import { typicalDeploy } from '../../verdict/typical-deploy.ts';
import { formatBytes, formatDuration, missing } from '../format.ts';
import { countOf } from '../gate-numbers.ts';
import { clip, html, type Markup } from './html.ts';
import { instructionTable } from './instruction-table.ts';
import { shareBar } from './share-bar.ts';
import { compactTable, numberColumns } from './table.ts';
import type { PageView } from './view.ts';
import { shortDigest } from './waterfall-layers.ts';

/** A variant's layers in its typical deploy of a kind; null where the samples do not tell of any. */
export function layerCard({ run }: PageView, kind: string, variant: string): Markup | null {
  const sample = typicalDeploy(run.samples, kind, variant);
  if (sample === null) return null;
  const own = run.samples.filter((each) => each.variant === variant);
  const layers = imageLayers(sample, own);
  const steps = instructionsOf(sample.phases.build?.detail?.steps ?? []);
  if (layers.length === 0 && steps.length === 0) return null;
  const makers = layerMakers(layers, steps, layerOrder(layers, own));
  const moved = layers.filter((layer) => layer.moved);
  const releaseMs = sample.release?.ms ?? 0;
  const name = (layer: ImageLayer): string =>
    makers.known.get(layer.digest)?.instruction ?? `layer ${shortDigest(layer.digest)}`;
  const told = isTold(moved, makers) ? null : movedTable(moved, name, releaseMs);
  return html`<article class="card"><h4>${clip(variant, 60)}</h4>
<p>${summary(layers, moved)}${moved.length === 0 ? null : togetherText(makers, moved.length)}</p>
${strip(layers, name)}
${instructionTable(steps, layers, makers, releaseMs)}
${told}</article>`;
}

/** Where it is not known which instruction made which layer. */
function togetherText({ together }: LayerMakers, moved: number): Markup | null {
  if (together.length < 2) return null;
  const makers = together.map((each) => `“${clip(each, 60)}”`);
  const names = [...(moved > together.length ? ['the base image'] : []), ...makers].join(', ');
  return html` <span class="minor">Made by ${clip(names, 400)}.</span>`;
}

/** Whether the table of instructions has every layer that moved. */
function isTold(moved: readonly ImageLayer[], { known }: LayerMakers): boolean {
  return moved.every(({ digest }) => known.has(digest));
}

function summary(layers: readonly ImageLayer[], moved: readonly ImageLayer[]): string {
  if (layers.length === 0) return 'No link saw its layers.';
  const bytes = moved.reduce((sum, layer) => sum + (layer.bytes ?? 0), 0);
  const size = moved.length === 0 ? '' : `, ${formatBytes(bytes)}`;
  return `${moved.length} of ${countOf(layers.length, 'layer')} moved${size}.`;
}

/** Blocks in a row, those that stayed first. */
function strip(layers: readonly ImageLayer[], name: (layer: ImageLayer) => string): Markup | null {
  if (layers.length === 0) return null;
  const width = 100 / layers.length;
  const blocks = layers.map((layer, index) => {
    const size = layer.bytes === null ? 'size not seen' : formatBytes(layer.bytes);
    const word = layer.moved ? 'moved' : 'stayed';
    const [x, wide] = [index * width, width * 0.86].map((each) => `${Number(each.toFixed(3))}%`);
    const title = html`<title>${clip(name(layer), 160)}: ${word}, ${size}</title>`;
    return html`<rect class="${word}" x="${x ?? ''}" width="${wide ?? ''}" y="1" height="22" rx="2">${title}</rect>`;
  });
  const moved = layers.filter((layer) => layer.moved).length;
  const label = `${layers.length - moved} layers stayed, ${moved} moved`;
  return html`<svg class="strip" width="100%" height="24" role="img" aria-label="${label}">${blocks}</svg>`;
}

/** So many have a row; of more, those that take longest. */
const mostRows = 8;

function movedTable(
  moved: readonly ImageLayer[],
  name: (layer: ImageLayer) => string,
  releaseMs: number,
): Markup | null {
  if (moved.length === 0) return null;
  const time = (layer: ImageLayer): number => (layer.pushMs ?? 0) + (layer.pullMs ?? 0);
  const rows = moved.toSorted((one, other) => time(other) - time(one) || (other.bytes ?? 0) - (one.bytes ?? 0));
  const left = rows.length - mostRows;
  return compactTable({
    caption:
      'Layers that moved, the slowest first; they move side by side, so times overlap; shares are of the release clock',
    columns: numberColumns('layer', 'size', 'up', 'down', 'share'),
    rows: rows.slice(0, mostRows).map((layer) => ({
      name: clip(name(layer), 80),
      look: '',
      cells: [
        layer.bytes === null ? missing : formatBytes(layer.bytes),
        layer.pushMs === null ? missing : formatDuration(layer.pushMs),
        layer.pullMs === null ? missing : formatDuration(layer.pullMs),
        shareBar(time(layer), releaseMs),
      ],
    })),
    rest: left > 0 ? `and ${countOf(left, 'more layer')}` : '',
  });
}
