import { formatShare } from '../format.ts';
import { html, type Markup } from './html.ts';

/** A part of a deploy as a bar and in percent; nothing for nothing. */
export function shareBar(ms: number, releaseMs: number): Markup | null {
  const share = releaseMs > 0 ? Math.min(1, ms / releaseMs) : 0;
  if (share === 0) return null;
  const text = share < 0.005 ? '<1 %' : formatShare(share);
  const part = html`<rect class="part" width="${Number((36 * share).toFixed(1))}" height="8" rx="2"/>`;
  const bar = html`<svg class="share" width="36" height="8" aria-hidden="true"><rect width="36" height="8" rx="2"/>${part}</svg>`;
  return html`${bar}<span class="percent">${text}</span>`;
}
