import type { FactChange } from '../verdict/fact-change.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { type Ink, paint, type TextStyle } from './style.ts';

/** What a change is to somebody who waits. Its mark says it without a colour. */
export type Tone = 'better' | 'worse' | 'same' | 'unsure';

export const toneMarks: Readonly<Record<Tone, string>> = { better: '✔', worse: '✘', same: '=', unsure: '?' };

const inks: Readonly<Partial<Record<Tone, Ink>>> = { better: 'green', worse: 'red', same: 'dim' };

/** What was not tested, or is unsure, has no colour. */
export function paintTone(text: string, tone: Tone | null, style: Pick<TextStyle, 'color'>): string {
  const ink = tone === null ? undefined : inks[tone];
  return ink === undefined ? text : paint(text, ink, style);
}

const timeTones = { faster: 'better', slower: 'worse', same: 'same', unsure: 'unsure' } as const;

export function toneOfTime({ verdict }: Pick<TimeChange, 'verdict'>): Tone {
  return timeTones[verdict];
}

const bytesTones = { less: 'better', more: 'worse', same: 'same', 'not-reproducible': 'unsure' } as const;

/** Of a fact that counts bytes: fewer are better. */
export function toneOfBytes({ verdict }: Pick<FactChange, 'verdict'>): Tone {
  return bytesTones[verdict];
}
