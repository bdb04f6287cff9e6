import type { KindComparison } from '../../verdict/comparison.ts';
import { countOf } from '../gate-numbers.ts';
import { clip, html, type Markup } from './html.ts';
import { layerCard } from './layer-card.ts';
import { kindsOf, type PageView } from './view.ts';

/** For each kind and variant, which layers moved and which stayed, and the instructions behind them. */
export function layersSection(view: PageView): Markup {
  const first = view.kind?.kind;
  return html`<section aria-labelledby="layers">
<h2 id="layers">Layers</h2>
<p class="lede">${howToRead} <b>▶</b> marks where the cache ends.</p>
${kindsOf(view).map((kind) => kindBlock(view, kind, kind.kind === first))}
</section>`;
}

const howToRead =
  'A filled block is a layer that moved in the deploy, an outlined one stayed where it was. An early instruction that has to be carried ' +
  'out again makes every later one run and move again:';

/** Of so many variants every kind shows all; of more, only the kind that is told first does. */
const fewVariants = 3;

function kindBlock(view: PageView, kind: KindComparison, isFirst: boolean): Markup {
  const all = kind.variants.map(({ variant }) => variant);
  const told = [view.baseline?.variant, view.subject?.variant];
  const shown = isFirst || all.length <= fewVariants ? all : all.filter((variant) => told.includes(variant));
  const cards = shown.flatMap((variant) => layerCard(view, kind.kind, variant) ?? []);
  if (cards.length === 0) return html``;
  const left = all.length - shown.length;
  const rest = left === 0 ? null : html`<p class="minor">Not shown here: ${countOf(left, 'other variant')}.</p>`;
  return html`<details class="deploy"${isFirst ? html` open` : null}><summary><h3>${clip(kind.kind, 60)}</h3></summary>
<div class="cards">${cards}</div>${rest}</details>
`;
}
