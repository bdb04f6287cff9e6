import type { PhaseName } from '../../results/sample.ts';

/**
 * Colours by name: the style sheet has a light and a dark value for each, of Okabe and Ito's palette, which people tell apart without colour
 * sight. Every colour stands beside a word or a shape that says the same.
 */
export type PhaseColour = PhaseName | 'unattributed';

export function phaseFill(phase: PhaseColour): string {
  return phase === 'unattributed' ? 'url(#hatch)' : `var(--${phase})`;
}

/** Ink that can be read on a phase's colour. */
export function phaseInk(phase: PhaseColour): string {
  return phase === 'unattributed' ? 'var(--ink)' : `var(--on-${phase})`;
}

/** Shapes and colours of variants, in their order; the baseline is grey. */
const shapes = ['circle', 'diamond', 'triangle', 'rect', 'arrow', 'roundRect', 'circle', 'diamond'] as const;

export function variantMark(index: number): { readonly shape: string; readonly fill: string } {
  return { shape: shapes[index % shapes.length] ?? 'circle', fill: `var(--variant-${index % 8})` };
}
