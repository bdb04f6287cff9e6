import type { Evidence } from '../../results/sample.ts';

/** A claim and what was found. `holds` null: nothing here can prove it. */
export function claimBefore(claim: string, proof: string, holds: boolean | null): Evidence {
  return { claim, when: 'before', proof, holds };
}

export function claimAfter(claim: string, proof: string, holds: boolean | null): Evidence {
  return { claim, when: 'after', proof, holds };
}

export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
